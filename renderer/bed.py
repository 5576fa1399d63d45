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

    def _levels(self, first: int, last: int) -> Sound:
        """Return the gain of each sample: the music's own, its ducking and its fades."""
        levels = np.full(last - first, amplitude(self.gain), np.float32)
        low = np.float32(amplitude(-self.duck))
        for begin, end in self._spans if self.duck else ():
            if first < end + RELEASE and begin - ATTACK < last:
                levels[max(0, begin - first) : max(0, end - first)] *= low
                self._lean(levels, first, begin, -ATTACK)
                self._lean(levels, first, end, RELEASE)
        self._fade(levels, first)
        return levels

    def _lean(self, levels: Sound, first: int, corner: int, way: int) -> None:
        """Turn levels down on the way, so many samples after a corner or before it, to it."""
        begin, end = min(corner, corner + way), max(corner, corner + way)
        low, high = max(first, begin), min(first + len(levels), end)
        if low < high:
            share = _smooth(1 - np.abs(np.arange(low, high) - corner) / abs(way))
            levels[low - first : high - first] *= np.float32(10) ** (-self.duck / 20 * share)

    def _fade(self, levels: Sound, first: int) -> None:
        """Let levels come after the quiet at the film's beginning and go before that at its end."""
        room = self.end - self.begin - 2 * QUIET
        fade = max(1, min(self.fade, room // 2))
        come, gone = self.begin + QUIET, self.end - QUIET - 1
        for low, high in ((first, come + fade), (gone - fade, first + len(levels))):
            at = np.arange(max(first, low), min(first + len(levels), high))
            if len(at):
                inside = np.clip(np.minimum(at - come, gone - at) / fade, 0, 1)
                levels[at[0] - first : at[-1] + 1 - first] *= _smooth(inside)

    @cached_property
    def _spans(self) -> list[Span]:
        return list(bridged(self.speech))


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


def _smooth(share: Levels) -> Sound:
    """Return shares of a way with a soft beginning and end."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * share), np.float32)
