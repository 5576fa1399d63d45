"""Pictures that stand, one after the other: each coded once, then slices that change nothing.

A frame whose macroblocks are all skipped is a slice that differs from the one before in two fields
of its header (`media.slices`). It says nothing of the picture, so x264 is asked for it once for a
size, by a grey picture that stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from renderer.media.slices import numbered

DELAY = 1
"""Frames by which decoding is ahead of showing, in every one of our streams."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded frame: its bytes, and the frame that it is shown at; only an IDR is a `key`."""

    data: bytes
    frame: int
    key: bool = False


@dataclass(frozen=True, slots=True)
class Skips:
    """Slices that repeat the picture before them: right behind an IDR, and anywhere later."""

    first: bytes
    later: bytes

    def __call__(self, frame: int) -> Coded:
        """Return the frame, counted from the IDR, as one that repeats the one before it."""
        return Coded(numbered(self.first if frame == 1 else self.later, frame), frame)


def stood(packets: Sequence[bytes], lengths: Sequence[int], skips: Skips) -> Iterator[Coded]:
    """Yield every frame of pictures that stand for some frames each, the first of them an IDR.

    The others refer to the one before them alone.
    """
    frame = 0
    for data, frames in zip(packets, lengths, strict=True):
        yield Coded(numbered(data, frame), frame) if frame else Coded(data, 0, key=True)
        yield from map(skips, range(frame + 1, frame + frames))
        frame += frames
