"""Pictures that stand, one after the other: each coded once, then slices that change nothing.

So it is in the way `skip`. In the way `gop` the encoder writes every frame itself, and nothing of
this module is needed but the name.

A frame whose macroblocks are all skipped is a slice that differs from the one before in two fields
of its header (`media.slices`). It says nothing of the picture, so x264 is asked for it once for a
size, by a grey picture that stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from renderer.media.slices import numbered

Way = Literal["gop", "skip"]
"""How pictures that stand are coded.

`gop`: all of it x264's own, every frame of a group of pictures; for players whose hardware decoder
stumbles over pictures that stand. `skip`: each picture once, the frames that repeat it counted on;
many times faster, and no frame differs from the one that it repeats.
"""

WAY: Way = "skip"
"""The way where nobody names one; nothing else says it."""

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
