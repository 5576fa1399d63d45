"""Planes → H.264 packets in a file, so that any two such files join without encoding again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from itertools import accumulate, chain, repeat
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.bitstream import BitStreamFilterContext
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import PictureType
from numpy.typing import NDArray

from renderer.heap import zeroed
from renderer.media.planes import Planes, grey
from renderer.media.sealing import seal
from renderer.media.slices import shared
from renderer.media.standing import DELAY, Coded, Skips, stood

BT709 = 1
LIMITED = 1
"""What FFmpeg calls the colours of ITU-R BT.709, and the limited range."""
_SEI = 6
# Reference and B-frames stand in the parameter sets and `stitchable` keeps the quantiser out of
# them: segments of every kind share the sets, and their packets can follow one another.
_REFERENCES = 2
_MACROBLOCK, _ABREAST = 16, 8
_X264 = (
    "keyint=90:min-keyint=1:scenecut=0:open-gop=0:force-cfr=1:"
    f"bframes=2:b-pyramid=none:ref={_REFERENCES}:stitchable=1:aq-mode=3"
)
_MOVING = {"crf": "20", "x264-params": _X264}
# What stands spends its bits on its first picture. What follows is skipped whole at the coarsest
# quantiser, and at a finer one coded where it differs; the finest would refine the dither for ever.
_STANDING = f"{_X264}:mbtree=0:ipratio=3.2"
_CHANGED, _SAME = "q=20", "q=51"
_FIXED = {"qp": "20"}
"""The quantiser of what differs; that of the first picture is 10. Looking for a rate costs more."""
_QUICK = f"{_STANDING}:me=dia:subme=0"
STILL = {"crf": _FIXED["qp"], "x264-params": f"{_QUICK}:aq-mode=0:zones=1,1000,{_SAME}"}
"""Every frame of a picture that stands: x264's options.

The quantisers are the same by `crf`; by `qp` x264 now and then codes a step in what only repeats.
"""
STATES = {**_FIXED, "x264-params": f"{_QUICK}:rc-lookahead=0:ref=1:weightp=0"}
"""Pictures each of which is coded as what differs from the one before it alone."""


def encode(frames: Iterable[Planes], size: tuple[int, int], fps: Fraction, path: Path) -> int:
    """Write frames as closed GOPs of H.264 High, BT.709 limited range, and return their number.

    One thread, no encoder banner: equal frames give equal bytes.
    """
    with av.open(str(path), "w", format="mp4", container_options=_BITEXACT) as container:
        stream = opened(container, size, fps, _MOVING)
        quiet = _quiet(stream)
        count = 0
        for count, planes in enumerate(frames, start=1):
            for packet in _given(stream, _frame(planes, count - 1, fps)):
                container.mux(quiet.filter(packet))
        for packet in _given(stream, None):
            if count == 1 and packet.pts is not None:  # x264 is not ahead of a frame alone
                packet.dts = packet.pts - DELAY
            container.mux(quiet.filter(packet))
        container.mux(quiet.filter(None))
    seal(path)
    return count


def encode_still(
    picture: Planes, frames: int, size: tuple[int, int], fps: Fraction, path: Path
) -> int:
    """Write a picture that stands as one closed GOP, and return how many frames were encoded.

    It has no B-frames, so that any first part of its packets is a whole GOP too, and every frame
    of it is the same to the pixel.
    """
    return encode_states([picture], [frames], size, fps, path)


def encode_states(
    pictures: Iterable[Planes],
    lengths: Sequence[int],
    size: tuple[int, int],
    fps: Fraction,
    path: Path,
) -> int:
    """Write pictures that stand for so many frames each as one closed GOP; return how many.

    Each is encoded once, by what differs from the one before it.
    """
    first, *others = standing(pictures, size, fps, STATES)
    packets = [first, *map(shared, others)]
    coded = stood(packets, [1] * len(packets), lengths, skips(size))
    _write(coded, size, fps, path)
    return len(packets)


def encode_run(
    pictures: Iterable[Planes],
    lengths: Sequence[int],
    size: tuple[int, int],
    fps: Fraction,
    path: Path,
) -> int:
    """Write pictures that stand for so many frames each as one closed GOP; return how many.

    Of each picture the frames are encoded that later ones may refer to, under the parameter set of
    our films; what repeats it further is counted on. No header is changed but for its numbers, and
    there are no B-frames.
    """
    held = [min(length, _REFERENCES) for length in lengths]
    frames = chain.from_iterable(map(repeat, pictures, held))
    packets = standing(frames, size, fps, every(held))
    _write(stood(packets, held, lengths, skips(size)), size, fps, path)
    return len(packets)


def every(lengths: Sequence[int]) -> dict[str, str]:
    """Return x264's options for each frame of pictures that stand for so many frames each."""
    changes = "".join(f"/{at},{at},{_CHANGED}" for at in [*accumulate(lengths)][:-1])
    return {**STILL, "x264-params": STILL["x264-params"] + changes}


def _write(coded: Iterable[Coded], size: tuple[int, int], fps: Fraction, path: Path) -> None:
    with av.open(str(path), "w", format="mp4", container_options=_BITEXACT) as container:
        stream = opened(container, size, fps, STILL)
        container.start_encoding()
        for one in coded:
            container.mux(_packet(one, stream, fps))
    seal(path)


@lru_cache(maxsize=4)
def skips(size: tuple[int, int]) -> Skips:
    """Return the slices that repeat a picture of a size."""
    _, first, _, later = standing([grey(*size)] * 4, size, Fraction(30), STILL)
    return Skips(first, later)


def standing(
    pictures: Iterable[Planes], size: tuple[int, int], fps: Fraction, options: dict[str, str]
) -> list[bytes]:
    """Return the packets of pictures by x264's options: an IDR, then P-frames alone."""
    with av.open(BytesIO(), "w", format="mp4", container_options=_BITEXACT) as container:
        stream = opened(container, size, fps, options)
        quiet = _quiet(stream)
        done: list[Packet[Any]] = []
        for index, picture in enumerate(pictures):
            frame = _frame(picture, index, fps)
            frame.pict_type = PictureType.P if index else PictureType.I
            done += stream.encode(frame)
        done += stream.encode()
        return [bytes(one) for packet in (*done, None) for one in quiet.filter(packet)]


def _packet(coded: Coded, stream: av.VideoStream, fps: Fraction) -> Packet[Any]:
    packet = Packet(coded.data)
    packet.stream, packet.time_base = stream, 1 / fps
    packet.pts, packet.dts, packet.duration = coded.frame, coded.frame - DELAY, 1
    packet.is_keyframe = coded.key
    return packet


def opened(
    container: OutputContainer, size: tuple[int, int], fps: Fraction, options: dict[str, str]
) -> av.VideoStream:
    """Return a new stream of H.264 in a container, its encoder set up by x264's options."""
    stream = container.add_stream("libx264", rate=fps, options={"preset": "veryfast", **options})
    _set_up(stream, size)
    return stream


def _given(stream: av.VideoStream, frame: av.VideoFrame | None) -> list[Packet[Any]]:
    """Return what x264 gives for a frame that moves, or for None what it still holds.

    Where a row of macroblocks is no multiple of eight, `mbtree` reads memory that it has not
    written; what was left there would tell in its bytes. Zeros cost too much to be given to all.
    """
    with zeroed() if -(-stream.width // _MACROBLOCK) % _ABREAST else nullcontext():
        return stream.encode(frame)


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
    frame = _held(planes)
    frame.pts = index
    frame.time_base = 1 / fps
    frame.color_range = LIMITED
    frame.colorspace = BT709
    return frame


def _held(planes: Planes) -> av.VideoFrame:
    """Return a frame of a picture: of its own memory where that lies as FFmpeg wants it."""
    height, width = planes.y.shape
    block = planes.block()
    if block is not None:
        return av.VideoFrame.from_numpy_buffer(block.reshape(-1, width), "yuv420p")
    frame = av.VideoFrame(width, height, "yuv420p")
    for target, source in zip(frame.planes, planes, strict=True):
        fill(target, source)
    return frame


def fill(plane: av.video.plane.VideoPlane, pixels: NDArray[np.uint8]) -> None:
    """Copy pixels (height, width) into a plane of a frame."""
    rows, columns = pixels.shape
    np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:rows, :columns] = (
        pixels
    )
