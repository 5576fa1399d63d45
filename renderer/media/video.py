"""Planes → H.264 packets in a file, so that any two such files join without encoding again."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.bitstream import BitStreamFilterContext
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import PictureType
from numpy.typing import NDArray

from renderer.media.planes import Planes
from renderer.media.standing import Coded, encoded

BT709 = 1
LIMITED = 1
"""What FFmpeg calls the colours of ITU-R BT.709, and the limited range."""
_SEI = 6
# Reference and B-frames stand in the parameter sets and `stitchable` keeps the quantiser out of
# them: segments of every kind share the sets, and their packets can follow one another.
_X264 = (
    "keyint=90:min-keyint=1:scenecut=0:open-gop=0:force-cfr=1:"
    "bframes=2:b-pyramid=none:ref=2:stitchable=1:aq-mode=3"
)
_MOVING = {"crf": "20", "x264-params": _X264}
# A still spends its bits on its first picture. Its other frames come out skipped whole, which x264
# does at the coarsest quantiser; at a finer one it refines the dither for ever.
_STILL = {"crf": "28", "x264-params": f"{_X264}:mbtree=0:ipratio=4:zones=1,1000,q=51"}


def encode(frames: Iterable[Planes], size: tuple[int, int], fps: Fraction, path: Path) -> int:
    """Write frames as closed GOPs of H.264 High, BT.709 limited range, and return their number.

    One thread, no encoder banner: equal frames give equal bytes.
    """
    with av.open(str(path), "w", format="mp4", container_options=_BITEXACT) as container:
        stream = _stream(container, size, fps, _MOVING)
        quiet = _quiet(stream)
        count = 0
        for count, planes in enumerate(frames, start=1):
            for packet in stream.encode(_frame(planes, count - 1, fps)):
                container.mux(quiet.filter(packet))
        for packet in stream.encode():
            container.mux(quiet.filter(packet))
        container.mux(quiet.filter(None))
    return count


def encode_still(
    picture: Planes, frames: int, size: tuple[int, int], fps: Fraction, path: Path
) -> int:
    """Write a picture that stands as one closed GOP, and return how many frames were encoded.

    It has no B-frames, so that any first part of its packets is a whole GOP too, and every frame
    of it is the same to the pixel.
    """
    count = 0

    def run(wanted: int) -> list[Coded]:
        nonlocal count
        count = wanted
        return _standing(picture, wanted, size, fps)

    packets = encoded(run, frames)
    with av.open(str(path), "w", format="mp4", container_options=_BITEXACT) as container:
        stream = _stream(container, size, fps, _STILL)
        container.start_encoding()
        for packet in packets:
            container.mux(_packet(packet, stream, fps))
    return count


def _standing(picture: Planes, frames: int, size: tuple[int, int], fps: Fraction) -> list[Coded]:
    """Return the packets of a picture's first frames."""
    with av.open(BytesIO(), "w", format="mp4", container_options=_BITEXACT) as container:
        stream = _stream(container, size, fps, _STILL)
        quiet = _quiet(stream)
        done: list[Packet[Any]] = []
        for index in range(frames):
            frame = _frame(picture, index, fps)
            frame.pict_type = PictureType.P if index else PictureType.I
            done += stream.encode(frame)
        done += stream.encode()
        kept = [one for packet in (*done, None) for one in quiet.filter(packet)]
    return [Coded(bytes(one), int(one.pts or 0), int(one.dts or 0)) for one in kept]


def _packet(coded: Coded, stream: av.VideoStream, fps: Fraction) -> Packet[Any]:
    packet = Packet(coded.data)
    packet.stream, packet.time_base = stream, 1 / fps
    packet.pts, packet.dts, packet.duration = coded.pts, coded.dts, 1
    packet.is_keyframe = coded.pts == 0
    return packet


def _stream(
    container: OutputContainer, size: tuple[int, int], fps: Fraction, options: dict[str, str]
) -> av.VideoStream:
    stream = container.add_stream("libx264", rate=fps, options={"preset": "veryfast", **options})
    _set_up(stream, size)
    return stream


def _quiet(stream: av.VideoStream) -> BitStreamFilterContext:
    return BitStreamFilterContext(f"filter_units=remove_types={_SEI}", stream)


_BITEXACT = {"fflags": "+bitexact"}


def _set_up(stream: av.VideoStream, size: tuple[int, int]) -> None:
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.profile = "High"
    context = stream.codec_context
    context.thread_count = 1
    context.color_range = LIMITED
    context.colorspace = BT709
    context.color_primaries = BT709
    context.color_trc = BT709


def _frame(planes: Planes, index: int, fps: Fraction) -> av.VideoFrame:
    height, width = planes.y.shape
    frame = av.VideoFrame(width, height, "yuv420p")
    for target, source in zip(frame.planes, (planes.y, planes.u, planes.v), strict=True):
        fill(target, source)
    frame.pts = index
    frame.time_base = 1 / fps
    frame.color_range = LIMITED
    frame.colorspace = BT709
    return frame


def fill(plane: av.video.plane.VideoPlane, pixels: NDArray[np.uint8]) -> None:
    """Copy pixels (height, width) into a plane of a frame."""
    rows, columns = pixels.shape
    np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:rows, :columns] = (
        pixels
    )
