"""The sound of a video: decoded at its own times, so that it stays with the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import BinaryIO

import av
import numpy as np

from renderer.media.footage import opened, sought
from renderer.media.sound import Samples
from renderer.times import SAMPLE_RATE, half_up

_AHEAD = Fraction(4)
"""Seconds of sound, some of which is decoded before what is heard, so that it begins right."""
_NEAR = SAMPLE_RATE // 50
"""Samples by which stated times may differ from those counted before sound is moved."""


def heard(file: BinaryIO, zero: Fraction, first: Fraction, samples: int) -> Iterator[Samples]:
    """Yield a video's first sound as exactly so many samples at 48 kHz, stereo (n, 2).

    It begins `first` seconds after `zero`, a time of the file; where nothing sounds it is silent.
    Of more channels than two a stereo sound is made. Raises NoFootage.
    """
    done = 0
    for place, sound in _placed(file, zero + first):
        gap = place - done
        if done and abs(gap) <= _NEAR:
            gap = 0
        if gap > 0:
            silence = min(gap, samples - done)
            yield np.zeros((silence, 2), np.float32)
            done += silence
        part = sound[max(0, -gap) :][: samples - done]
        if len(part):
            yield part
            done += len(part)
        if done >= samples:
            return
    yield np.zeros((samples - done, 2), np.float32)


def _placed(file: BinaryIO, zero: Fraction) -> Iterator[tuple[int, Samples]]:
    """Yield stretches of sound, each with the sample after `zero` at which it begins."""
    with opened(file) as container:
        stream = container.streams.audio[0]
        if zero > _AHEAD:
            sought(container, stream, zero - _AHEAD / 2)
        run = _Run()
        for frame in container.decode(stream):
            unit = frame.time_base or stream.time_base or Fraction(1, SAMPLE_RATE)
            time = None if frame.pts is None else frame.pts * unit - zero
            if time is not None and run.leaves(time):
                yield from run.ended()
                run = _Run(time)
            yield from run.added(frame)
        yield from run.ended()


class _Run:
    """Sound without a gap: what is fed to one resampler, and where its samples lie."""

    def __init__(self, start: Fraction | None = None) -> None:
        self._start = start
        self._fed = Fraction(0)
        self._given = 0
        self._convert = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)

    def leaves(self, time: Fraction) -> bool:
        """Return whether sound at a time does not follow on what came before."""
        if self._start is None:
            return True
        return abs(time - self._start - self._fed) * SAMPLE_RATE > _NEAR

    def added(self, frame: av.AudioFrame) -> Iterator[tuple[int, Samples]]:
        """Feed a frame and yield what comes out."""
        self._fed += Fraction(frame.samples, frame.sample_rate)
        frame.pts = None
        yield from self._out(frame)

    def ended(self) -> Iterator[tuple[int, Samples]]:
        """Yield what is left."""
        if self._fed:
            yield from self._out(None)

    def _out(self, frame: av.AudioFrame | None) -> Iterator[tuple[int, Samples]]:
        for one in self._convert.resample(frame):
            place = half_up((self._start or Fraction(0)) * SAMPLE_RATE) + self._given
            self._given += one.samples
            yield place, np.ascontiguousarray(one.to_ndarray().T)
