"""How large a film may be and what it may use: more in one's own specs than in those of strangers.

The profile is that of the thread's present work, like the inputs that it notes: every room of the
loader asks for it, and none has to pass it on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from fractions import Fraction

HOUR = Fraction(3600)


@dataclass(frozen=True, slots=True)
class Profile:
    """Limits on the meaning of a spec.

    `layers` counts those of all scenes, `said` the characters of all narration, `pixels` those of
    the canvas, `length` is in seconds, `nodes` counts the values of one file and `steps` the work
    of all expressions. `file` is the size in bytes of any file that the film uses. `engines` are
    the voices that may be named; empty stands for all.
    """

    name: str
    scenes: int
    layers: int
    said: int
    pixels: int
    fps: int
    length: Fraction
    nodes: int
    steps: int
    file: int
    aliases: bool = True
    engines: tuple[str, ...] = ()

    @property
    def longest(self) -> str:
        """Return how long a film may be, in words."""
        if self.length >= HOUR:
            return f"{self.length / HOUR} hours"
        return f"{self.length / 60} minutes"

    def may_speak(self, engine: str) -> bool:
        """Return whether a voice engine may be named."""
        return not self.engines or engine in self.engines


TRUSTED = Profile(
    name="trusted",
    scenes=20_000,
    layers=200_000,
    said=20_000_000,
    pixels=33_000_000,
    fps=240,
    length=24 * HOUR,
    nodes=100_000,
    steps=10_000_000,
    file=4 << 30,
)
"""For specs that the user of the program has.

`layers` keeps one below some 300 MB; `steps` are about a second of work, and less than 100 MB of
texts and lists made.
"""

UNTRUSTED = Profile(
    name="untrusted",
    scenes=500,
    layers=20_000,
    said=50_000,
    pixels=3840 * 2160,
    fps=60,
    length=HOUR / 4,
    nodes=20_000,
    steps=2_000_000,
    file=100 << 20,
    aliases=False,
    engines=("auto", "pyttsx3", "espeak", "silent", "piper"),
)
"""For specs that strangers send: no aliases, no voice that speaks over the network."""

_PRESENT: ContextVar[Profile] = ContextVar("profile", default=TRUSTED)


def profile() -> Profile:
    """Return the profile of the present work; TRUSTED where none was named."""
    return _PRESENT.get()


@contextmanager
def under(chosen: Profile) -> Iterator[None]:
    """Hold what is loaded and planned inside to a profile."""
    token = _PRESENT.set(chosen)
    try:
        yield
    finally:
        _PRESENT.reset(token)
