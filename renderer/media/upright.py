"""A decoded picture of any kind as it is to be seen: upright, BT.709 limited range, 4:2:0.

Its size, the shape of its pixels, its turn, its colours and its alpha are brought into order here.
Numbers of matrices and curves are those of ITU-T H.273, tables 2 to 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from renderer.media.planes import Plane, Planes

_FINE = Interpolation.LANCZOS | Interpolation.ACCURATE_RND
_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
}
_BT601, _UNTOLD, _RGB = 5, 2, 0
_HD = 720
"""Rows from which on pictures that do not name their colours are taken for BT.709, else BT.601."""
_HDR = {16: "PQ", 18: "HLG"}
_WIDE = {9, 10, 11, 12}
_NO_TURN = (1, 0, 0, 1)
Turn = tuple[int, int, int, int]
"""The rows of a matrix from places of the stored picture to those of the one that is seen."""


class NoFootage(Exception):
    """A video cannot be shown: `says` why, and `hint` what to do."""

    def __init__(self, says: str, hint: str = "") -> None:
        super().__init__(says)
        self.says, self.hint = says, hint


@dataclass(frozen=True, slots=True)
class Look:
    """How pictures are seen: their size in square pixels once they are turned, and their turn.

    `clear` says that they have alpha, `woven` that each holds two fields of different times.
    """

    size: tuple[int, int]
    turn: Turn
    clear: bool
    woven: bool


def look_of(frame: av.VideoFrame, ratio: Fraction) -> Look:
    """Return how a picture is seen whose pixels have a ratio; raises NoFootage if it cannot be."""
    _refuse_colours(frame)
    turn = _turn(frame)
    width, height = frame.width, frame.height
    wide, high = (max(1, round(width * ratio)), height) if ratio >= 1 else (width, 0)
    high = high or max(1, round(height / ratio))
    size = (wide, high) if turn[0] else (high, wide)
    clear = any(part.is_alpha for part in frame.format.components) or frame.format.has_palette
    return Look(size, turn, clear, bool(frame.interlaced_frame))


def _refuse_colours(frame: av.VideoFrame) -> None:
    hint = "convert it to BT.709 (SDR)"
    curve = _HDR.get(int(frame.color_trc))
    if curve:
        raise NoFootage(f"it is HDR ({curve}), whose colours would come out pale", hint)
    if int(frame.color_primaries) in _WIDE or int(frame.colorspace) in (9, 10):
        raise NoFootage("its colours are wider than BT.709 (BT.2020 or P3)", hint)
    matrix = int(frame.colorspace)
    if matrix not in (*_MATRICES, _UNTOLD, _RGB):
        raise NoFootage(f"its colour matrix ({matrix}) is not one that is read", hint)


def _turn(frame: av.VideoFrame) -> Turn:
    """Return the turn that a file's display matrix asks for (ISO/IEC 14496-12, 8.3.2)."""
    found: Any = frame.side_data.get("DISPLAYMATRIX")
    if found is None:
        return _NO_TURN
    a, b, _, c, d = (value / 65536 for value in np.frombuffer(bytes(found), "<i4")[:5])
    rows = (a, c, b, d)
    whole = tuple(round(value) for value in rows)
    square = sorted(map(abs, whole)) == [0, 0, 1, 1] and abs(whole[0]) == abs(whole[3])
    if not square or any(abs(v - w) > 0.01 for v, w in zip(rows, whole, strict=True)):
        raise NoFootage("it is turned by another angle than 90°, 180° or 270°", "turn it first")
    return whole[0], whole[1], whole[2], whole[3]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture laid over black, and its alpha (height × width, uint8), None where it is opaque."""

    planes: Planes
    alpha: Plane | None


class Upright:
    """Brings pictures of one video into order, at one even size; keeps what scaling needs."""

    def __init__(self, look: Look, size: tuple[int, int]) -> None:
        """Make pictures of a size, width and height as they are seen."""
        self._look, self._size = look, size
        self._scaler = VideoReformatter()
        self._mixer = VideoReformatter()

    def picture(self, frame: av.VideoFrame) -> Picture:
        """Return a decoded picture as it is to be seen."""
        if self._look.clear:
            mixed = self._mixer.reformat(frame, format="rgba", **_source(frame))
            colors = np.asarray(mixed.to_ndarray(), np.uint8)
            if int(colors[..., 3].min()) < 255:
                return self._clear(colors)
        source = _source(frame)
        return Picture(self._planes(frame, source), None)

    def _clear(self, colors: NDArray[np.uint8]) -> Picture:
        alpha = colors[..., 3:].astype(np.uint16)
        over_black = ((colors[..., :3] * alpha + 127) // 255).astype(np.uint8)
        planes = self._planes(av.VideoFrame.from_ndarray(over_black, format="rgb24"), {})
        mask = av.VideoFrame.from_ndarray(np.ascontiguousarray(colors[..., 3]), format="gray")
        full = {"src_color_range": ColorRange.JPEG, "dst_color_range": ColorRange.JPEG}
        done = self._mixer.reformat(mask, *self._stored, "gray", interpolation=_FINE, **full)
        return Picture(planes, self._turned(picture_array(done, 0)))

    @property
    def _stored(self) -> tuple[int, int]:
        """Return the size before pictures are turned."""
        width, height = self._size
        return (width, height) if self._look.turn[0] else (height, width)

    def _planes(self, frame: av.VideoFrame, source: dict[str, Any]) -> Planes:
        done = self._scaler.reformat(
            *(frame, *self._stored, "yuv420p"),
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=_FINE,
            threads=1,
            **source,
        )
        return Planes(*(self._turned(picture_array(done, index)) for index in range(3)))

    def _turned(self, plane: Plane) -> Plane:
        a, b, c, d = self._look.turn
        done = plane if a else plane.T
        done = done[:, ::-1] if a + b < 0 else done
        done = done[::-1] if c + d < 0 else done
        return np.ascontiguousarray(done)


def _source(frame: av.VideoFrame) -> dict[str, Any]:
    """Return the colours of a picture as the scaler takes them; none for RGB."""
    if frame.format.is_rgb or frame.format.has_palette:
        return {}
    matrix = int(frame.colorspace)
    if matrix in (_UNTOLD, _RGB):
        matrix = 1 if frame.height >= _HD else _BT601
    full = int(frame.color_range) == int(ColorRange.JPEG) or frame.format.name.startswith("yuvj")
    reach = ColorRange.JPEG if full else ColorRange.MPEG
    return {"src_colorspace": _MATRICES[matrix], "src_color_range": reach}


def picture_array(frame: av.VideoFrame, index: int) -> Plane:
    """Return a plane of a frame (height, width), copied out of it."""
    plane = frame.planes[index]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return np.ascontiguousarray(rows[: plane.height, : plane.width])
