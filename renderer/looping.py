"""Sounds that can be heard stretch by stretch: files, and files that begin again at their end."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

import numpy as np

from renderer.media.pcm import Pcm, Sound
from renderer.times import SAMPLE_RATE, half_up


class Sounding(Protocol):
    """A sound of so many samples at 48 kHz, mono or stereo."""

    @property
    def samples(self) -> int:
        """Return its length in samples."""

    @property
    def stereo(self) -> bool:
        """Return whether it has two channels."""

    def stretch(self, first: int, last: int) -> Sound:
        """Return its samples from `first` up to `last`, which lie in it."""


@dataclass(frozen=True, slots=True)
class Looped:
    """A sound that begins again every `period` seconds, exactly, for so many samples."""

    sound: Pcm
    period: Fraction
    samples: int

    @property
    def stereo(self) -> bool:
        """Return whether it has two channels."""
        return self.sound.stereo

    def stretch(self, first: int, last: int) -> Sound:
        """Return its samples from `first` up to `last`, which lie in it."""
        parts = []
        turn = max(0, int(first / (self.period * SAMPLE_RATE)) - 1)
        while first < last:
            begin, end = self._begins(turn), self._begins(turn + 1)
            if first < end:
                until = min(last, end)
                parts.append(self._part(first - begin, until - begin))
                first = until
            turn += 1
        return np.concatenate(parts) if parts else self.sound.stretch(0, 0)

    def _begins(self, turn: int) -> int:
        return half_up(turn * self.period * SAMPLE_RATE)

    def _part(self, first: int, last: int) -> Sound:
        """Return a stretch of one turn, silent where it has no samples any more."""
        end = self.sound.samples
        found = self.sound.stretch(min(first, end), min(last, end))
        missing = last - first - len(found)
        return np.concatenate([found, np.zeros((missing, *found.shape[1:]), np.float32)])
