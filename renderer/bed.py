"""Music under a film: a loop as long as the film, that steps back under speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from renderer.loudness import amplitude
from renderer.media.pcm import Pcm, Sound
from renderer.times import SAMPLE_RATE

Levels = npt.NDArray[np.float64]
Span = tuple[int, int]

QUIET = 3 * SAMPLE_RATE // 10
"""Samples without music at each end of the film."""

ATTACK = SAMPLE_RATE // 4
"""Samples over which the music goes down; it is down when the speech begins."""

RELEASE = 4 * SAMPLE_RATE // 10
"""Samples after the speech in which the music is back."""

BRIDGE = SAMPLE_RATE
"""Samples of a pause so short that the music stays down: it would only come to go."""


@dataclass(frozen=True)
class Bed:
    """Music under a film, in samples of the mix; `begin` is the film's first, `end` after its last.

    The loop's end runs into its beginning over `cross` samples, at equal power; of a loop that
    fits itself it is 0. `gain` is in dB beside the file's own level, `duck` how far it steps back
    under `speech`, spans in order, `fade` the samples over which it comes and goes.
    """

    loop: Pcm
    cross: int
    gain: float
    duck: float
    fade: int
    begin: int
    end: int
    speech: Sequence[Span] = ()

    def stretch(self, first: int, last: int) -> Sound:
        """Return the music of the mix from sample `first` up to `last`."""
        gains = self._levels(first, last)
        sound = self._looped(first - self.begin - QUIET, last - self.begin - QUIET)
        done: Sound = sound * (gains[:, None] if self.loop.stereo else gains)
        return done

    def _looped(self, first: int, last: int) -> Sound:
        """Return the endless loop between two of its samples; before its first it is silent."""
        sound = np.zeros((last - first, 2) if self.loop.stereo else last - first, np.float32)
        round_ = self.loop.samples - self.cross
        for count in range(max(0, (first - self.cross) // round_), (last - 1) // round_ + 1):
            start = count * round_
            low, high = max(first, start, 0), min(last, start + self.loop.samples)
            if low < high:
                sound[low - first : high - first] += self._turn(count, low - start, high - start)
        return sound

    def _turn(self, count: int, first: int, last: int) -> Sound:
        """Return a part of one turn of the loop, blended with its neighbours at its ends."""
        sound = self.loop.stretch(first, last)
        if not self.cross:
            return sound
        at = np.arange(first, last)
        rest = (self.loop.samples - at) / self.cross
        share = rest if count == 0 else np.minimum(at / self.cross, rest)
        gains = np.sin(np.clip(share, 0, 1) * np.pi / 2).astype(np.float32)
        done: Sound = sound * (gains[:, None] if self.loop.stereo else gains)
        return done

    def _levels(self, first: int, last: int) -> npt.NDArray[np.float32]:
        """Return the gain of each sample: the music's own, its ducking and its fades."""
        at = np.arange(first, last)
        down = self.duck * _smooth(np.interp(at, *self._corners)) if self.duck else 0.0
        levels = amplitude(self.gain) * 10 ** (-down / 20) * self._fades(at)
        return np.asarray(levels, np.float32)

    def _fades(self, at: npt.NDArray[np.int64]) -> Levels:
        """Return how far the music is there: it comes after the quiet and goes before that."""
        room = self.end - self.begin - 2 * QUIET
        fade = max(1, min(self.fade, room // 2))
        inside = np.minimum(at - self.begin - QUIET, self.end - QUIET - 1 - at)
        return _smooth(np.clip(inside / fade, 0, 1))

    @cached_property
    def _corners(self) -> tuple[list[int], list[float]]:
        """Return where the music begins and ends to move, and how far down it is there."""
        places, depths = [self.begin - 2 * ATTACK], [0.0]
        for first, last in bridged(self.speech):
            places += [first - ATTACK, first, last, last + RELEASE]
            depths += [0.0, 1.0, 1.0, 0.0]
        return places, depths


def bridged(speech: Sequence[Span]) -> Iterator[Span]:
    """Yield spans in order, those that are hardly apart as one."""
    begun: Span | None = None
    for first, last in speech:
        if begun and first - begun[1] < BRIDGE:
            begun = begun[0], max(begun[1], last)
            continue
        if begun:
            yield begun
        begun = first, last
    if begun:
        yield begun


def _smooth(share: Levels) -> Levels:
    """Return shares of a way with a soft beginning and end."""
    return 0.5 - 0.5 * np.cos(np.pi * share)
