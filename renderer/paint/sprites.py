"""A drawn layer ready to be laid over planes: its colours times alpha, and one minus alpha."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.media.pixels import Pixels
from renderer.media.planes import TO_CHROMA, TO_LUMA, Planes
from renderer.paint.colors import Floats, halved, planes


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """Where a layer's planes stand on the canvas (even), and what they add to the picture below.

    Below a sprite a plane is `below * rest + own`; `rest` is None where it is opaque and covers
    the canvas. `half_rest` is `rest` at chroma's places.
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
        whole = planes(picture, smooth)
        return Sprite(0, 0, (whole.y, whole.u, whole.v), None, None)
    return _blended(picture, x, y, opacity)


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
    alpha = picture[..., 3].astype(np.float32) * np.float32(opacity / 255)
    colors = cv2.multiply(
        picture[..., :3].astype(np.float32), np.repeat(alpha[..., None], 3, axis=2)
    )
    luma = cv2.transform(colors, TO_LUMA[None, :]) + alpha * 16
    half = halved(np.dstack([colors, alpha]))
    chroma = cv2.transform(half[..., :3], TO_CHROMA) + half[..., 3:] * 128
    u, v = (np.ascontiguousarray(chroma[..., index]) for index in range(2))
    return Sprite(x, y, (luma, u, v), 1 - alpha, np.ascontiguousarray(1 - half[..., 3]))


def lay(below: Planes, above: Sprite) -> Planes:
    """Return the picture with a sprite over it; writes to `below` unless the sprite is opaque."""
    if above.rest is None or above.half_rest is None:
        y, u, v = (np.asarray(plane, np.uint8) for plane in above.own)
        return Planes(y.copy(), u.copy(), v.copy())
    rests = (above.rest, above.half_rest, above.half_rest)
    for plane, own, rest, half in zip(below, above.own, rests, (1, 2, 2), strict=True):
        top, left = above.y // half, above.x // half
        part = plane[top : top + own.shape[0], left : left + own.shape[1]]
        mixed = cv2.add(cv2.multiply(part, rest, dtype=cv2.CV_32F), np.asarray(own, np.float32))
        part[...] = np.asarray(mixed + np.float32(0.5), np.uint8)
    return below
