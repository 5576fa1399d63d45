"""A picture as it is encoded: planes of luma and chroma, BT.709, limited range, 4:2:0.

Y = 16 + 219 (0.2126 R + 0.7152 G + 0.0722 B), Cb = 128 + 224 (B − Y') / 1.8556 and
Cr = 128 + 224 (R − Y') / 1.5748, with R, G, B and Y' in 0–1 (ITU-R BT.709-6, parts 3 and 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]

_LUMA = np.array([0.2126, 0.7152, 0.0722])
_BLUE = (np.array([0.0, 0.0, 1.0]) - _LUMA) / 1.8556
_RED = (np.array([1.0, 0.0, 0.0]) - _LUMA) / 1.5748
TO_LUMA = np.asarray(_LUMA * 219 / 255, np.float32)
"""Weights of red, green and blue, 0–255, in luma over black."""
TO_CHROMA = np.asarray(np.stack([_BLUE, _RED]) * 224 / 255, np.float32)
"""Their weights in blue and red chroma, each over 128."""


@dataclass(frozen=True, slots=True, eq=False)
class Planes:
    """`y` is height × width; `u` and `v` have half of each; all uint8, limited range.

    A chroma sample lies at the left one of its two columns and between its two rows.
    """

    y: Plane
    u: Plane
    v: Plane

    def __iter__(self) -> Iterator[Plane]:
        """Yield the three planes, luma first."""
        yield self.y
        yield self.u
        yield self.v

    def locked(self) -> Planes:
        """Return the same picture with arrays that nobody can write to."""
        for plane in self:
            plane.flags.writeable = False
        return self

    def copy(self) -> Planes:
        """Return a picture of its own that may be written to."""
        done = room(self.y.shape[1], self.y.shape[0])
        for plane, own in zip(self, done, strict=True):
            own[...] = plane
        return done

    def block(self) -> Plane | None:
        """Return the bytes of all planes where they lie one after the other, else None."""
        whole = self.y.base
        if not isinstance(whole, np.ndarray) or whole.nbytes != sum(each.nbytes for each in self):
            return None
        at = _address(whole)
        for plane in self:
            if plane.base is not whole or _address(plane) != at or not plane.flags.c_contiguous:
                return None
            at += plane.nbytes
        return whole


BLACK, WHITE = 16, 235
"""Luma of black and of white."""


def _address(array: NDArray[np.generic]) -> int:
    return int(array.__array_interface__["data"][0])


def room(width: int, height: int) -> Planes:
    """Return planes for a picture of an even width and height, in one block; what they show is
    not said.
    """
    whole, luma, chroma = np.empty(width * height * 3 // 2, np.uint8), width * height, height // 2
    y, u, v = np.split(whole, [luma, luma + luma // 4])
    return Planes(
        y.reshape(height, width), u.reshape(chroma, width // 2), v.reshape(chroma, width // 2)
    )


def grey(width: int, height: int, luma: int = BLACK) -> Planes:
    """Return a picture of one grey, of an even width and height; black by default."""
    chroma = np.full((height // 2, width // 2), 128, np.uint8)
    return Planes(np.full((height, width), luma, np.uint8), chroma, chroma.copy())


def sample(red: int, green: int, blue: int) -> tuple[float, float, float]:
    """Return Y, U and V of a colour of 0–255 each, not rounded."""
    color = np.array([red, green, blue], np.float32)
    u, v = TO_CHROMA @ color
    return 16 + float(TO_LUMA @ color), 128 + float(u), 128 + float(v)
