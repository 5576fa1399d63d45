"""Pictures that stand, one after the other: each coded once, then slices that change nothing.

A frame whose macroblocks are all skipped is a slice that differs from the one before in two fields
of its header (`media.slices`) and in the encoder's mark. It says nothing of the picture, so x264 is
asked for it once for a size, by a grey picture that stands. What comes of it is to the byte what
x264 writes of any picture that stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from renderer.media.slices import numbered

Way = Literal["gop", "skip"]
"""How runs of pictures that stand are coded; one that stands alone is the same in both ways.

`gop`: x264 writes each picture and the frame after it, so that the next picture refers to what it
would refer to if every frame were encoded; frames after these are counted on. `skip`: x264 writes
each picture alone, and its header is written anew, which is somewhat faster.
"""

WAY: Way = "gop"
"""The way where nobody names one; nothing else says it."""

_MARK = 0x35A4E4F5
"""By the number of a frame, what x264 sets the last bit of its slice to, where that is padding."""

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
    """Slices that repeat the picture before them: right behind an IDR, and anywhere later.

    Both are of frames that have no mark.
    """

    first: bytes
    later: bytes

    def __call__(self, frame: int) -> Coded:
        """Return the frame, counted from the IDR, as one that repeats the one before it."""
        slice_ = numbered(self.first if frame == 1 else self.later, frame)
        return Coded(slice_[:-1] + bytes([slice_[-1] | _MARK >> frame % 32 & 1]), frame)


def stood(
    packets: Sequence[bytes], held: Sequence[int], lengths: Sequence[int], skips: Skips
) -> Iterator[Coded]:
    """Yield every frame of pictures that stand for some frames each, the first of them an IDR.

    Of each picture so many packets were encoded as `held` says; the frames after them repeat it,
    and refer to the one before them alone.
    """
    frame, coded = 0, iter(packets)
    for own, frames in zip(held, lengths, strict=True):
        for at, data in enumerate(islice(coded, own), frame):
            yield Coded(numbered(data, at), at) if at else Coded(data, 0, key=True)
        yield from map(skips, range(frame + own, frame + frames))
        frame += frames
