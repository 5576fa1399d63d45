"""A picture as it is encoded: planes of luma and chroma, BT.709, limited range, 4:2:0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]


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
        return Planes(*(plane.copy() for plane in self))


def black(width: int, height: int) -> Planes:
    """Return a black picture of an even width and height."""
    chroma = np.full((height // 2, width // 2), 128, np.uint8)
    return Planes(np.full((height, width), 16, np.uint8), chroma, chroma.copy())
