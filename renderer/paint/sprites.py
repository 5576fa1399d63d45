"""A drawn layer ready to be laid over planes: its colours times alpha, and one minus alpha."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.media.pixels import Pixels
from renderer.media.planes import Planes
from renderer.paint.colors import CHROMA, LUMA, Floats, halved, planes

_EDGE = 2
"""Empty pixels around what is to be moved, so that its edge stays soft wherever it comes to lie."""


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """Where a layer's planes stand on the canvas (even), and what they add to the picture below.

    Below a sprite a plane is `below * rest + own`; `rest` is None where it is opaque.
    `half_rest` is `rest` at chroma's places.
    """

    x: int
    y: int
    own: tuple[NDArray[np.generic], NDArray[np.generic], NDArray[np.generic]]
    rest: Floats | None
    half_rest: Floats | None

    @property
    def nbytes(self) -> int:
        """Return how many bytes the arrays hold."""
        arrays = (*self.own, self.rest, self.half_rest)
        return sum(array.nbytes for array in arrays if array is not None)


def sprite(
    pixels: Pixels,
    at: tuple[int, int],
    canvas: tuple[int, int],
    opacity: float,
    smooth: bool = False,
) -> Sprite | None:
    """Return RGBA pixels whose top left is at `at` as a sprite, or None if none of it shows.

    `smooth` says that they are a gradient, whose chroma is dithered where it is opaque.
    """
    cut = _on_canvas(pixels, at, canvas)
    if cut is None or opacity <= 0:
        return None
    picture, x, y = cut
    if opacity >= 1 and picture.shape[1::-1] == canvas and bool((picture[..., 3] == 255).all()):
        whole = planes(picture, smooth).locked()
        return Sprite(0, 0, (whole.y, whole.u, whole.v), None, None)
    return _blended(picture, x, y, opacity)


def unbound(pixels: Pixels, at: tuple[int, int]) -> Sprite | None:
    """Return all of some RGBA pixels as a sprite with an empty edge, ready to be moved.

    It may reach over the canvas; None if nothing of it shows.
    """
    height, width = pixels.shape[:2]
    if not pixels[..., 3].any():
        return None
    x, y = (floor((side - _EDGE) / 2) * 2 for side in at)
    wide, high = (
        ceil((side + size + _EDGE - start) / 2) * 2
        for side, size, start in zip(at, (width, height), (x, y), strict=True)
    )
    done = np.zeros((high, wide, 4), np.uint8)
    done[at[1] - y : at[1] - y + height, at[0] - x : at[0] - x + width] = pixels
    return _blended(done, x, y, 1.0)


def _on_canvas(
    pixels: Pixels, at: tuple[int, int], canvas: tuple[int, int]
) -> tuple[Pixels, int, int] | None:
    """Return the part of the pixels on the canvas, padded to even places, and its top left."""
    height, width = pixels.shape[:2]
    left, top = max(0, at[0]), max(0, at[1])
    right, bottom = min(canvas[0], at[0] + width), min(canvas[1], at[1] + height)
    if left >= right or top >= bottom:
        return None
    x, y = floor(left / 2) * 2, floor(top / 2) * 2
    wide, high = ceil(right / 2) * 2 - x, ceil(bottom / 2) * 2 - y
    part = pixels[top - at[1] : bottom - at[1], left - at[0] : right - at[0]]
    if part.shape[:2] == (high, wide):
        return part, x, y
    done = np.zeros((high, wide, 4), np.uint8)
    done[top - y : bottom - y, left - x : right - x] = part
    return done, x, y


def _blended(picture: Pixels, x: int, y: int, opacity: float) -> Sprite:
    """Return RGBA pixels at an even place as a sprite, worked out channel by channel."""
    parts = np.empty((4, *picture.shape[:2]), np.float32)
    alpha = np.multiply(picture[..., 3], np.float32(opacity / 255), out=parts[3])
    for index, color in enumerate(cv2.split(picture)[:3]):
        np.multiply(color, alpha, out=parts[index])
    half = np.stack([halved(part) for part in parts])
    luma = (LUMA @ parts.reshape(4, -1)).reshape(alpha.shape)
    u, v = (CHROMA @ half.reshape(4, -1)).reshape(2, *half.shape[1:])
    return Sprite(x, y, (luma, u, v), 1 - alpha, 1 - half[3])


def lay(below: Planes, above: Sprite) -> Planes:
    """Return the picture with a sprite over it; writes to `below`, of a locked one to a copy."""
    if above.rest is None or above.half_rest is None:
        return _covered(below, above)
    below = _own(below)
    rests = (above.rest, above.half_rest, above.half_rest)
    for plane, own, rest, half in zip(below, above.own, rests, (1, 2, 2), strict=True):
        top, left = above.y // half, above.x // half
        part = plane[top : top + own.shape[0], left : left + own.shape[1]]
        mixed = cv2.add(cv2.multiply(part, rest, dtype=cv2.CV_32F), np.asarray(own, np.float32))
        part[...] = np.asarray(mixed + np.float32(0.5), np.uint8)
    return below


def _own(picture: Planes) -> Planes:
    return picture if picture.y.flags.writeable else picture.copy()


def _covered(below: Planes, above: Sprite) -> Planes:
    """Return the picture under an opaque sprite; a new one where all of it is covered.

    The planes of a sprite that is kept are locked, those of one made for a frame are its own.
    """
    y, u, v = (np.asarray(plane, np.uint8) for plane in above.own)
    if y.shape == below.y.shape:
        return _own(Planes(y, u, v))
    below = _own(below)
    for plane, own, half in zip(below, (y, u, v), (1, 2, 2), strict=True):
        top, left = above.y // half, above.x // half
        plane[top : top + own.shape[0], left : left + own.shape[1]] = own
    return below


def floating(one: Sprite) -> Sprite:
    """Return a sprite whose planes are floats and that knows how much of what is below it shows."""
    if one.rest is not None:
        return one
    y, u, v = (np.asarray(plane, np.float32) for plane in one.own)
    return Sprite(one.x, one.y, (y, u, v), np.zeros(y.shape, np.float32), np.zeros_like(u))


def within(one: Sprite, canvas: tuple[int, int]) -> Sprite | None:
    """Return the part of a sprite that lies on a canvas of even width and height, or None."""
    height, width = one.own[0].shape
    left, top = max(0, one.x), max(0, one.y)
    right, bottom = min(canvas[0], one.x + width), min(canvas[1], one.y + height)
    if left >= right or top >= bottom or one.rest is None or one.half_rest is None:
        return None
    whole = _part(one, (left, top, right, bottom), 1)
    half = _part(one, (left, top, right, bottom), 2)
    y, u, v = one.own
    own = y[whole], u[half], v[half]
    return Sprite(left, top, own, one.rest[whole], one.half_rest[half])


def _part(one: Sprite, edges: tuple[int, int, int, int], half: int) -> tuple[slice, slice]:
    left, top, right, bottom = edges
    rows = slice((top - one.y) // half, (bottom - one.y) // half)
    return rows, slice((left - one.x) // half, (right - one.x) // half)
