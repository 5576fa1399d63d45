"""Shapes with smooth edges on a canvas of colours, and the file that a canvas makes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor

Numbers = NDArray[np.float32]
"""One number a pixel, rows from the top."""

Colour = NDArray[np.float32]
"""Red, green and blue, 0 to 255."""

_QUALITY = 93


@dataclass(frozen=True, slots=True)
class Sheet:
    """A canvas: `x` and `y` of each pixel in shares of the shorter side, from its middle.

    `pixel` is how large a pixel is in that measure; `colours` has shape (height, width, 3).
    """

    x: Numbers
    y: Numbers
    pixel: float
    colours: NDArray[np.float32]

    def put(self, colour: Colour, cover: Numbers) -> None:
        """Lay a colour over the canvas where `cover` is 1, partly where it is less."""
        self.colours[...] += cover[..., None] * (colour - self.colours)

    def inside(self, distance: Numbers) -> Numbers:
        """Return the cover of a shape by the distance to its edge, negative inside."""
        cover: Numbers = np.clip(np.float32(0.5) - distance / np.float32(self.pixel), 0, 1)
        return cover


def sheet(width: int, height: int, top: Colour, bottom: Colour) -> Sheet:
    """Return a canvas of a colour that turns to another from its top to its bottom."""
    short = min(width, height)
    rows = (np.arange(height, dtype=np.float32)[:, None] - (height - 1) / 2) / short
    columns = (np.arange(width, dtype=np.float32)[None, :] - (width - 1) / 2) / short
    y, x = np.broadcast_arrays(rows.astype(np.float32), columns.astype(np.float32))
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    colours = np.broadcast_to(top + down * (bottom - top), (height, width, 3)).copy()
    return Sheet(x, y, 1 / short, colours)


def colour(written: str) -> Colour:
    """Return a colour written `#rrggbb`."""
    return np.array(ImageColor.getrgb(written)[:3], dtype=np.float32)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return one colour with a share of another."""
    found: Colour = (one + np.float32(share) * (other - one)).astype(np.float32)
    return found


def is_dark(one: Colour) -> bool:
    """Return whether light text is read on a colour."""
    return float(one @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)) < 128


def jpeg(drawn: Sheet) -> bytes:
    """Return a canvas as a JPEG file, grained by less than a step so that no band shows.

    The grain is interleaved gradient noise (J. Jimenez, 2014), which needs no chance.
    """
    height, width = drawn.x.shape
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float64)
    grain = np.mod(52.9829189 * np.mod(0.06711056 * columns + 0.00583715 * rows, 1.0), 1.0)
    whole = np.clip(np.floor(drawn.colours + 1.5 * grain[..., None] - 0.25), 0, 255)
    out = io.BytesIO()
    Image.fromarray(whole.astype(np.uint8)).save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return out.getvalue()


def shares(seed: str) -> Sequence[float]:
    """Return sixteen numbers from 0 to 1 that a hexadecimal digest of 64 digits stands for."""
    return [int(seed[at : at + 4], 16) / 0xFFFF for at in range(0, 64, 4)]
