"""One gain for a whole film, so that it comes out at its loudness though a limiter follows.

The sound is worked out and filtered once. The limiter turns down slowly against what the K filter
remembers, so the loudness after any gain is worked out from the energy of each 10 ms and the peak
of each millisecond.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from renderer.loudness import GRAIN, GROUP, Levels, Meter, Sound, amplitude, highest, turned_down
from renderer.mix import Mix
from renderer.pulse import beat
from renderer.times import SAMPLE_RATE

_STEP = 0.5  # dB; the gain is a multiple, so that a small edit leaves the rest as it was
_MOST = 30.0  # dB, for a film of whispers
_ROUNDS = 8
_STRETCH = 10 * SAMPLE_RATE
_GROUPS = GRAIN // GROUP  # of which the energy is known together
_AROUND = 60  # groups, more than the limiter looks at around one

Peaks = npt.NDArray[np.float16]
"""The highest sample of each group, on either side."""


def mastered(mix: Mix, target: float) -> Mix:
    """Return the mix with the gain that brings it to `target` LUFS.

    One gain for the whole film, in steps of 0.5 dB, then the limiter, which changes nothing further
    than 52 ms from a peak; what the limiter takes is given back by another step. With nothing to
    hear it is digital silence.
    """
    if not mix.placed and not mix.bed:
        return mix
    survey, gain = _surveyed(mix), 0.0
    for _ in range(_ROUNDS):
        missing = _stepped(target - survey.loudness(gain))
        if not missing or gain == _MOST:
            break
        gain = min(_MOST, gain + missing)
    return replace(mix, gain=gain)


def _stepped(decibels: float) -> float:
    """Return the nearest step of the gain; 0 for silence, which is infinitely far away."""
    return _STEP * round(decibels / _STEP) if np.isfinite(decibels) else 0.0


class Survey:
    """What is known of a sound that comes in stretches of whole 10 ms, but for the last of them."""

    def __init__(self) -> None:
        self._meter = Meter()
        self._peaks: list[Peaks] = []

    def add(self, sound: Sound) -> None:
        """Take note of the next stretch."""
        self._meter.add(sound)
        self._peaks.append(highest(sound).astype(np.float16))

    def pause(self, samples: int, *, stereo: bool) -> None:
        """Take note of so many samples of silence."""
        self._meter.pause(samples, stereo=stereo)
        self._peaks.append(_quiet(-(-samples // GROUP)))

    def loudness(self, gain: float) -> float:
        """Return the loudness in LUFS after a gain in dB and the limiter, about to 0.05 dB."""
        factor, ends = amplitude(gain), [_quiet(0)]
        near = zip(ends + self._peaks, self._peaks, self._peaks[1:] + ends, strict=False)
        powers = [_powers(factor, *three) for three in near]
        return self._meter.loudness(np.concatenate([*powers, np.zeros(0)]) * factor**2)


@lru_cache(maxsize=8)
def _quiet(groups: int) -> Peaks:
    return np.zeros(groups, np.float16)


def _powers(factor: float, before: Peaks, stretch: Peaks, after: Peaks) -> Levels:
    """Return by what the limiter multiplies the power of each grain of a stretch."""
    before, after = before[-_AROUND:], after[:_AROUND]
    peaks = np.concatenate([before, stretch, after]).astype(np.float64) * factor
    square = turned_down(peaks)[len(before) : len(before) + len(stretch)] ** 2
    whole = np.pad(square, (0, -len(square) % _GROUPS), "edge")
    powers: Levels = whole.reshape(-1, _GROUPS).mean(axis=1)
    return powers


def _surveyed(mix: Mix) -> Survey:
    survey = Survey()
    for first in range(0, mix.samples, _STRETCH):
        beat()
        last = min(first + _STRETCH, mix.samples)
        if mix.silent(first, last):
            survey.pause(last - first, stereo=mix.stereo)
        else:
            survey.add(mix.line(first, last))
    return survey
