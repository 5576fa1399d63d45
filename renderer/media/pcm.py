"""PCM files: WAV of 16 bits at 48 kHz, mono or stereo, read and written a stretch at a time."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from renderer.times import SAMPLE_RATE

Sound = npt.NDArray[np.float32]
"""Samples within ±1: (n,) is mono, (n, 2) is stereo."""


@dataclass(frozen=True, slots=True)
class Pcm:
    """A PCM file: its path, its length in samples and whether it has two channels."""

    path: Path
    samples: int
    stereo: bool

    def stretch(self, first: int, last: int) -> Sound:
        """Return its samples from `first` up to `last`, which lie in it."""
        with wave.open(str(self.path), "rb") as file:
            file.setpos(first)
            data = np.frombuffer(file.readframes(last - first), "<i2")
        sound = data.astype(np.float32) / np.float32(32767)
        return sound.reshape(-1, 2) if self.stereo else sound


def opened(path: Path) -> Pcm:
    """Return the PCM file at a path; raises OSError or `wave.Error`."""
    with wave.open(str(path), "rb") as file:
        return Pcm(path, file.getnframes(), file.getnchannels() == 2)


def write(path: Path, stretches: Iterable[Sound], *, stereo: bool) -> int:
    """Write a sound that comes in stretches, what exceeds ±1 cut off; return its samples."""
    count = 0
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2 if stereo else 1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        for sound in stretches:
            file.writeframes(np.round(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
            count += len(sound)
    return count


def faded(sound: Sound, *, start: int = 0, end: int = 0) -> Sound:
    """Return a copy that comes up over its first `start` samples and goes over its last `end`."""
    done = sound.copy()
    for count, part in ((start, done), (end, done[::-1])):
        ramp = np.linspace(0, 1, min(count, len(done)), endpoint=False, dtype=np.float32)
        part[: len(ramp)] *= ramp[:, None] if done.ndim == 2 else ramp
    return done
