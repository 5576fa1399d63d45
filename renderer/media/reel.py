"""Reels: the pictures of a video as the program keeps them, each decoded by its number alone.

Every picture is a closed one of H.264, its alpha another, in grey; behind them stand the marks of
the pictures, where the bytes of each end, a head in JSON, and its length.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from pathlib import Path
from struct import pack, unpack
from typing import Any

import av
import numpy as np

from renderer.media.planes import Plane, Planes
from renderer.media.upright import Picture, picture_array
from renderer.media.video import BT709, LIMITED, fill

_CODED = {"preset": "ultrafast", "tune": "zerolatency", "x264-params": "keyint=1:scenecut=0"}
_COLOURS, _ALPHA = {**_CODED, "crf": "15"}, {**_CODED, "crf": "8"}
_TAIL = "<I"


@dataclass(frozen=True, slots=True, eq=False)
class Reel:
    """A reel's file, the size of its pictures, and when they are shown.

    Picture `i` comes on at `marks[i] * unit` seconds of its video, told apart to `slack`. It lies
    before byte `ends[2 * i]`, its alpha before `ends[2 * i + 1]`.
    """

    path: Path
    size: tuple[int, int]
    unit: Fraction
    slack: Fraction
    marks: tuple[int, ...]
    ends: tuple[int, ...]

    def at(self, seconds: Fraction) -> int:
        """Return the number of the picture that is shown at a time; before the first the first."""
        mark = floor((seconds + self.slack) / self.unit)
        return max(0, bisect_right(self.marks, mark) - 1)

    def before(self, seconds: Fraction) -> int:
        """Return the number of the last picture that comes on before a time, else the first."""
        mark = ceil((seconds - self.slack) / self.unit)
        return max(0, bisect_left(self.marks, mark) - 1)

    def picture(self, number: int) -> Picture:
        """Return a picture; nobody writes to it."""
        return _picture(self, number)


def write(
    path: Path,
    pictures: Iterable[tuple[int, Picture]],
    size: tuple[int, int],
    clock: tuple[Fraction, Fraction],
) -> int:
    """Write pictures with their marks as a reel, and return how many there are.

    `clock` are unit and slack of a Reel. The same pictures give the same bytes.
    """
    colours, alpha = _encoder(size, "yuv420p", _COLOURS), _encoder(size, "gray", _ALPHA)
    marks, ends, end = [], [], 0
    with path.open("wb") as file:
        for mark, picture in pictures:
            marks.append(mark)
            parts = (colours, [*picture.planes]), (alpha, [picture.alpha])
            for encoder, planes in parts:
                end += file.write(_coded(encoder, planes))
                ends.append(end)
        file.write(np.array(marks, "<i8").tobytes() + np.array(ends, "<i8").tobytes())
        head = {"size": size, "count": len(marks), "clock": [str(part) for part in clock]}
        text = json.dumps(head).encode()
        file.write(text + pack(_TAIL, len(text)))
    return len(marks)


def _encoder(size: tuple[int, int], form: str, options: dict[str, str]) -> av.VideoCodecContext:
    context = av.VideoCodecContext.create("libx264", "w")
    context.width, context.height = size
    context.pix_fmt, context.time_base = form, Fraction(1, 30)
    context.thread_count, context.options = 1, options
    context.color_range, context.colorspace = LIMITED, BT709
    return context


def _coded(encoder: av.VideoCodecContext, planes: list[Plane | None]) -> bytes:
    """Return a picture's packet, nothing where it has no planes."""
    if planes[0] is None:
        return b""
    height, width = planes[0].shape
    frame = av.VideoFrame(width, height, encoder.pix_fmt or "yuv420p")
    for target, plane in zip(frame.planes, planes, strict=True):
        if plane is not None:
            fill(target, plane)
    return b"".join(bytes(packet) for packet in encoder.encode(frame))


def opened(path: Path) -> Reel:
    """Return the reel in a file; raises OSError or ValueError where it is none."""
    return _opened(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _opened(path: Path, written: int) -> Reel:
    del written
    with path.open("rb") as file:
        file.seek(-4, 2)
        (length,) = unpack(_TAIL, file.read(4))
        file.seek(-4 - length, 2)
        head: dict[str, Any] = json.loads(file.read(length))
        count = int(head["count"])
        file.seek(-4 - length - 24 * count, 2)
        numbers = np.frombuffer(file.read(24 * count), "<i8").tolist()
    unit, slack = (Fraction(part) for part in head["clock"])
    width, height = head["size"]
    tables = tuple(numbers[:count]), tuple(numbers[count:])
    return Reel(path, (width, height), unit, slack, *tables)


@lru_cache(maxsize=6)
def _picture(reel: Reel, number: int) -> Picture:
    start = reel.ends[2 * number - 1] if number else 0
    middle, end = reel.ends[2 * number : 2 * number + 2]
    with reel.path.open("rb") as file:
        file.seek(start)
        data = file.read(end - start)
    y, u, v = _decoded(data[: middle - start], 3)
    alpha = next(_decoded(data[middle - start :], 1)) if end > middle else None
    return Picture(Planes(y, u, v).locked(), alpha)


def _decoded(data: bytes, planes: int) -> Iterator[Plane]:
    """Yield the planes of a packet's picture."""
    context = av.VideoCodecContext.create("h264", "r")
    context.thread_count = 1
    (frame,) = [*context.decode(av.Packet(data)), *context.decode(None)]
    for index in range(planes):
        yield picture_array(frame, index)
