"""A segment's pictures, painted one after the other straight into the encoder."""

from __future__ import annotations

from pathlib import Path

from renderer.media.planes import Planes
from renderer.media.video import encode, encode_every, encode_states, encode_still
from renderer.paint import paint
from renderer.pulse import beat
from renderer.segments import coded_frames
from renderer.timeline import Segment


def encode_segment(segment: Segment, path: Path) -> dict[str, int]:
    """Write a segment as a file of H.264 packets and return how many frames were painted and coded.

    A still is painted once, as one closed GOP, which is repeated when films are joined; so is each
    still of a run.
    """
    canvas, frames = segment.canvas, coded_frames(segment)
    if segment.gop:
        parts = segment.states or (segment,)
        lengths = [part.frames for part in segment.states] or [frames]
        shown = (_painted(part, 0) for part in parts)
        coded = encode_every(shown, lengths, canvas.shown, canvas.fps, path)
        return {"coded": coded, "painted": len(parts)}
    if segment.states:
        states = ((_painted(state, 0), state.frames) for state in segment.states)
        coded = encode_states(states, canvas.shown, canvas.fps, path)
        return {"coded": coded, "painted": coded}
    if segment.still:
        picture = paint(segment, 0)
        coded = encode_still(picture, frames, canvas.shown, canvas.fps, path)
        return {"coded": coded, "painted": 1}
    pictures = (_painted(segment, frame) for frame in range(frames))
    return {"coded": encode(pictures, canvas.shown, canvas.fps, path), "painted": frames}


def _painted(segment: Segment, frame: int) -> Planes:
    beat()
    return paint(segment, frame)
