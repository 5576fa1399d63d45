"""A segment's pictures, painted one after the other straight into the encoder."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

from renderer.media.planes import Planes
from renderer.media.video import encode
from renderer.paint import paint
from renderer.pulse import beat
from renderer.segments import coded_frames
from renderer.timeline import Segment


def encode_segment(segment: Segment, path: Path) -> dict[str, int]:
    """Write a segment as a file of H.264 packets and return how many frames were painted and coded.

    A still is painted once and coded as one closed GOP, which is repeated when films are joined.
    """
    canvas = segment.canvas
    coded = encode(_pictures(segment), canvas.shown, canvas.fps, path, still=segment.still)
    return {"coded": coded, "painted": 1 if segment.still else segment.frames}


def _pictures(segment: Segment) -> Iterator[Planes]:
    if segment.still:
        return repeat(paint(segment, 0), coded_frames(segment))
    return (_painted(segment, frame) for frame in range(segment.frames))


def _painted(segment: Segment, frame: int) -> Planes:
    beat()
    return paint(segment, frame)
