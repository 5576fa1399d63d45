"""A segment's pictures, painted one after the other straight into the encoder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from renderer.heap import hold
from renderer.media.planes import Planes
from renderer.media.video import encode, encode_run, encode_states, encode_still
from renderer.paint import alone, paint
from renderer.pulse import beat
from renderer.segments import coded_frames
from renderer.timeline import Segment

_ROW = 4
"""Pictures that are painted before the first of them is encoded."""


def encode_segment(segment: Segment, path: Path) -> dict[str, int]:
    """Write a segment as a file of H.264 packets and return how many frames were painted and coded.

    A still is painted once, as one closed GOP, which is repeated when films are joined; so is each
    still of a run.
    """
    alone()
    canvas, frames = segment.canvas, coded_frames(segment)
    if segment.states:
        pictures = (_painted(state, 0) for state in segment.states)
        lengths = [state.frames for state in segment.states]
        write = encode_run if segment.gop else encode_states
        coded = write(pictures, lengths, canvas.shown, canvas.fps, path)
        return {"coded": coded, "painted": len(lengths)}
    if segment.still:
        picture = paint(segment, 0)
        coded = encode_still(picture, frames, canvas.shown, canvas.fps, path)
        return {"coded": coded, "painted": 1}
    hold()
    coded = encode(_pictures(segment, frames), canvas.shown, canvas.fps, path)
    return {"coded": coded, "painted": frames}


def _pictures(segment: Segment, frames: int) -> Iterator[Planes]:
    """Yield the pictures of a segment; what paints finds its memory near at hand in a row."""
    for first in range(0, frames, _ROW):
        yield from [_painted(segment, at) for at in range(first, min(first + _ROW, frames))]


def _painted(segment: Segment, frame: int) -> Planes:
    beat()
    return paint(segment, frame)
