"""Motion as numbers: eases, how layers come and go, values that change from frame to frame.

An ease is a pure function from a share of time (0–1) to a share of the way, 0 at 0 and 1 at 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi

Ease = Callable[[float], float]

_OVERSHOOT = 1.70158
_GRAVITY = 7.5625


def linear(t: float) -> float:
    """Return `t` itself: even speed."""
    return t


def ease_in(t: float) -> float:
    """Return t³: slow at first (Penner, `easeInCubic`)."""
    return t**3


def ease_out(t: float) -> float:
    """Return 1 − (1 − t)³: slow at last (Penner, `easeOutCubic`)."""
    return 1 - (1 - t) ** 3


def ease_in_out(t: float) -> float:
    """Return (1 − cos πt) / 2: slow at both ends (Penner, `easeInOutSine`)."""
    return (1 - cos(pi * t)) / 2


def ease_in_back(t: float) -> float:
    """Return t²((s + 1)t − s), s = 1.70158: draws back by a tenth first (Penner, `easeInBack`)."""
    return t * t * ((_OVERSHOOT + 1) * t - _OVERSHOOT)


def ease_out_back(t: float) -> float:
    """Return the mirror of `ease_in_back`: overshoots by a tenth (Penner, `easeOutBack`)."""
    return 1 - ease_in_back(1 - t)


def ease_out_bounce(t: float) -> float:
    """Return four parabolas of falling height, 7.5625 t² first (Penner, `easeOutBounce`)."""
    for end, centre, height in ((1, 0, 0), (2, 1.5, 0.75), (2.5, 2.25, 0.9375)):
        if t < end / 2.75:
            return _GRAVITY * (t - centre / 2.75) ** 2 + height
    return _GRAVITY * (t - 2.625 / 2.75) ** 2 + 0.984375


EASES: dict[str, Ease] = {
    "linear": linear,
    "in": ease_in,
    "out": ease_out,
    "in-out": ease_in_out,
    "in-back": ease_in_back,
    "out-back": ease_out_back,
    "out-bounce": ease_out_bounce,
}


def eased(name: str, t: float) -> float:
    """Return the ease's value at `t`, which is held within 0–1; exactly 0 and 1 at the ends."""
    if t <= 0:
        return 0.0
    return 1.0 if t >= 1 else EASES[name](t)


@dataclass(frozen=True, slots=True)
class Motion:
    """How a layer comes or goes, from frame `first` up to but not including `last`.

    `origin` is where the motion comes from: −1 is the left and the top of a layer, 1 its right and
    its bottom, 0 its middle.
    """

    kind: str
    first: int
    last: int
    ease: str
    origin: tuple[float, float] = (0.0, 0.0)

    def share(self, frame: int) -> float:
        """Return how much of the way is done in a frame; it is never all or nothing within."""
        return eased(self.ease, (frame - self.first + 1) / (self.last - self.first + 1))


@dataclass(frozen=True, slots=True)
class Key:
    """A value that is reached in a frame, by an ease from that of the key before."""

    frame: int
    value: tuple[float, ...]
    ease: str = "linear"


def value_at(track: Sequence[Key], frame: int) -> tuple[float, ...]:
    """Return the value of a track in a frame: before its first key and after its last, theirs."""
    for before, after in pairwise(track):
        if before.frame <= frame < after.frame:
            share = eased(after.ease, (frame - before.frame) / (after.frame - before.frame))
            pairs = zip(before.value, after.value, strict=True)
            return tuple(one + (two - one) * share for one, two in pairs)
    return track[0].value if frame < track[0].frame else track[-1].value
