"""RGBA pictures as arrays: paint, dither, masks. numpy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Height × width × 4 bytes, RGBA with straight alpha; or height × width, a mask."""
Floats = NDArray[np.float32]

_TILE = 64
_SHADES = 4096


def rgba(color: str) -> tuple[int, int, int, int]:
    """Return red, green, blue and alpha, 0–255, of a colour written `#rrggbb` or `#rrggbbaa`."""
    digits = color.removeprefix("#").ljust(8, "f")
    red, green, blue, alpha = bytes.fromhex(digits[:8])
    return red, green, blue, alpha


def painted(paint: str | Mapping[str, Any], width: int, height: int) -> Pixels:
    """Return a colour or a gradient as RGBA (height, width, 4); gradients are dithered.

    A gradient is `{"gradient": [colours], "angle": degrees}`: at 0° it runs to the right, at 90°
    down, and its ends lie in the corners of the box.
    """
    if isinstance(paint, str):
        return np.full((height, width, 4), rgba(paint), np.uint8)
    down, across = _along(float(paint.get("angle", 90)), width, height)
    shades, grain = _shades(paint["gradient"]), noise(width, _TILE)
    done = np.empty((height, width, 4), np.uint8)
    for top in range(0, height, _TILE):  # what all rows at once would take is many times the result
        rows = done[top : top + _TILE]
        along = np.clip(down[top : top + _TILE, None] + across, 0, 1)
        places = (along * np.float32(_SHADES - 1)).astype(np.intp)
        for channel in range(4):
            rows[..., channel] = shades[channel].take(places) + grain[: len(rows)]
    return done


def _shades(written: Sequence[str]) -> Floats:
    """Return a gradient's four channels at even steps, unrounded, 0–255."""
    colors = np.array([rgba(color) for color in written], np.float32)
    shares, steps = np.linspace(0, 1, len(colors)), np.linspace(0, 1, _SHADES)
    channels = [np.interp(steps, shares, colors[:, channel]) for channel in range(4)]
    return np.asarray(channels, np.float32)


def _along(angle: float, width: int, height: int) -> tuple[Floats, Floats]:
    """Return what each row and each column add to how far along a gradient a pixel's centre lies.

    The sum is 0 at the gradient's beginning and 1 at its end.
    """
    x, y = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    across = (np.arange(width, dtype=np.float32) + 0.5 - width / 2) * np.float32(x)
    down = (np.arange(height, dtype=np.float32) + 0.5 - height / 2) * np.float32(y)
    length = max(abs(width * x) + abs(height * y), 1e-6)
    return down / np.float32(length), across / np.float32(length) + np.float32(0.5)


def noise(width: int, height: int) -> Floats:
    """Return (height, width) of what to add before cutting to whole numbers, 0 to under 1.

    Added in place of one half it dithers: the mean stays what it was, and no band shows.
    """
    tile = _tile()
    repeats = height // _TILE + 1, width // _TILE + 1
    return np.tile(tile, repeats)[:height, :width]


@lru_cache(maxsize=1)
def _tile() -> Floats:
    """Return interleaved gradient noise: fract(52.9829189 · fract(0.06711056 x + 0.00583715 y)).

    Source: J. Jimenez, Next Generation Post Processing in Call of Duty, SIGGRAPH 2014. Neighbours
    differ widely, so that it reads as an even grain.
    """
    x, y = np.meshgrid(np.arange(_TILE, dtype=np.float64), np.arange(_TILE, dtype=np.float64))
    inner = np.modf(0.06711056 * x + 0.00583715 * y)[0]
    return np.asarray(np.modf(52.9829189 * inner)[0] * 0.999, np.float32)


def masked(pixels: Pixels, mask: Pixels) -> Pixels:
    """Return a picture whose alpha is multiplied by a mask of the same height and width."""
    done = pixels.copy()
    alpha = pixels[..., 3].astype(np.uint16) * mask
    done[..., 3] = (alpha + 127) // 255
    return done


def rounded(width: int, height: int, radius: float) -> Pixels:
    """Return the mask of a box with rounded corners, its edge smoothed over one pixel.

    The value is the distance to the rounded box's edge, cut to ±½ pixel (the distance field is
    I. Quilez's `sdRoundBox`).
    """
    radius = min(max(radius, 0.0), width / 2, height / 2)
    x = np.abs(np.arange(width) + 0.5 - width / 2) - (width / 2 - radius)
    y = np.abs(np.arange(height) + 0.5 - height / 2) - (height / 2 - radius)
    outside = np.hypot(np.maximum(x, 0)[None, :], np.maximum(y, 0)[:, None])
    inside = np.minimum(np.maximum(x[None, :], y[:, None]), 0)
    distance = outside + inside - radius
    return np.asarray(np.clip(0.5 - distance, 0, 1) * 255 + 0.5, np.uint8)
