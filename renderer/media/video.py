"""Planes → H.264 packets in a file, so that any two such files join without encoding again."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.bitstream import BitStreamFilterContext
from av.video.frame import PictureType
from numpy.typing import NDArray

from renderer.media.planes import Planes

_BT709 = 1
_LIMITED = 1
_SEI = 6
# Reference and B-frames stand in the parameter sets and `stitchable` keeps the quantiser out of
# them: segments of every kind share the sets, and their packets can follow one another.
_X264 = (
    "keyint=90:min-keyint=1:scenecut=0:open-gop=0:force-cfr=1:"
    "bframes=2:b-pyramid=none:ref=2:stitchable=1:aq-mode=3"
)
_MOVING = {"crf": "20", "x264-params": _X264}
# A still spends its bits on the first picture, coarser by 4 (12 in QP) for the rest: these then are
# skipped whole. With the usual ratio x264 refines the dither for ever, at many times the size.
_STILL = {"crf": "28", "x264-params": f"{_X264}:mbtree=0:ipratio=4"}


def encode(
    frames: Iterable[Planes], size: tuple[int, int], fps: Fraction, path: Path, *, still: bool
) -> int:
    """Write frames as closed GOPs of H.264 High, BT.709 limited range, and return their number.

    A still has no B-frames, so that any first part of its packets is a whole GOP too. One thread,
    no encoder banner: equal frames give equal bytes.
    """
    with av.open(str(path), "w", format="mp4", container_options=_BITEXACT) as container:
        stream = container.add_stream("libx264", rate=fps, options=_options(still))
        _set_up(stream, size)
        quiet = BitStreamFilterContext(f"filter_units=remove_types={_SEI}", stream)
        count = 0
        for count, planes in enumerate(frames, start=1):
            frame = _frame(planes, count - 1, fps)
            if still:
                frame.pict_type = PictureType.I if count == 1 else PictureType.P
            for packet in stream.encode(frame):
                container.mux(quiet.filter(packet))
        for packet in stream.encode():
            container.mux(quiet.filter(packet))
        container.mux(quiet.filter(None))
    return count


_BITEXACT = {"fflags": "+bitexact"}


def _options(still: bool) -> dict[str, str]:
    return {"preset": "veryfast", **(_STILL if still else _MOVING)}


def _set_up(stream: av.VideoStream, size: tuple[int, int]) -> None:
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.profile = "High"
    context = stream.codec_context
    context.thread_count = 1
    context.color_range = _LIMITED
    context.colorspace = _BT709
    context.color_primaries = _BT709
    context.color_trc = _BT709


def _frame(planes: Planes, index: int, fps: Fraction) -> av.VideoFrame:
    height, width = planes.y.shape
    frame = av.VideoFrame(width, height, "yuv420p")
    for target, source in zip(frame.planes, (planes.y, planes.u, planes.v), strict=True):
        _fill(target, source)
    frame.pts = index
    frame.time_base = 1 / fps
    frame.color_range = _LIMITED
    frame.colorspace = _BT709
    return frame


def _fill(plane: av.video.plane.VideoPlane, pixels: NDArray[np.uint8]) -> None:
    rows, columns = pixels.shape
    np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:rows, :columns] = (
        pixels
    )
