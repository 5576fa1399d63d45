"""Planes made larger or smaller about the picture's middle, to parts of a pixel."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log2

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.media.planes import Plane


@dataclass(frozen=True, slots=True)
class Site:
    """Where a plane's samples lie: in `step` pixels of luma from one to the next, the first one
    `across` and `down` from the middle of luma's first pixel.
    """

    step: int
    across: float
    down: float


LUMA, CHROMA = Site(1, 0.0, 0.0), Site(2, 0.0, 0.5)


@dataclass(frozen=True, slots=True)
class _Axis:
    """A scaling along one axis of a plane, in numbers of samples: from `i` to `scale · i + shift`.

    `low` and `high` are the edges of the scaled picture.
    """

    scale: float
    shift: float
    low: float
    high: float


def _axis(samples: int, step: int, first: float, scale: float) -> _Axis:
    pixels = samples * step
    still = (1 - scale) * (pixels - 1) / 2
    edges = (scale * at + still for at in (-0.5, pixels - 0.5))
    low, high = ((edge - first) / step for edge in edges)
    return _Axis(scale, (first * (scale - 1) + still) / step, low, high)


def _axes(plane: Plane, site: Site, scale: float) -> tuple[_Axis, _Axis]:
    high, wide = plane.shape
    return _axis(wide, site.step, site.across, scale), _axis(high, site.step, site.down, scale)


def scaled(plane: Plane, site: Site, scale: float) -> Plane:
    """Return a plane of the same size that shows the middle of the picture `scale` times larger."""
    high, wide = plane.shape
    return _warped(plane, *_axes(plane, site, scale), (0, 0, wide, high))


def laid(under: Plane, over: Plane, site: Site, scale: float) -> Plane:
    """Return one plane over another, `scale` (0–1) times as large, its edge smoothed."""
    across, down = _axes(over, site, scale)
    (left, right), (top, bottom) = _reach(across, over.shape[1]), _reach(down, over.shape[0])
    done = under.copy()
    if left < right and top < bottom:
        small = _warped(over, across, down, (left, top, right - left, bottom - top))
        shares = np.outer(_cover(down, top, bottom), _cover(across, left, right))
        part = done[top:bottom, left:right]
        done[top:bottom, left:right] = cv2.blendLinear(small, part.copy(), shares, 1 - shares)
    return done


def _reach(axis: _Axis, samples: int) -> tuple[int, int]:
    """Return the first sample that a scaled picture touches and the one after the last."""
    return max(0, floor(axis.low + 0.5)), min(samples, ceil(axis.high + 0.5))


def _cover(axis: _Axis, first: int, last: int) -> NDArray[np.float32]:
    """Return how much of each sample the scaled picture covers, 0 to 1."""
    at = np.arange(first, last)
    part = np.minimum(at + 0.5, axis.high) - np.maximum(at - 0.5, axis.low)
    return np.asarray(np.clip(part, 0, 1), np.float32)


def _warped(plane: Plane, across: _Axis, down: _Axis, window: tuple[int, int, int, int]) -> Plane:
    """Return a window (left, top, width, height) of a scaled plane; beyond its edge it goes on."""
    left, top, wide, high = window
    near, (x, y) = _reduced(plane, across.scale)
    place = np.array(
        [
            [across.scale / x, 0, across.scale * (0.5 / x - 0.5) + across.shift - left],
            [0, down.scale / y, down.scale * (0.5 / y - 0.5) + down.shift - top],
        ]
    )
    moved = cv2.warpAffine(near, place, (wide, high), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)


def _reduced(plane: Plane, scale: float) -> tuple[Plane, tuple[float, float]]:
    """Return a plane near the size that is asked for, by halves, and by how much it was reduced.

    Sampled from there fine detail does not flicker, as it would sampled from the full size.
    """
    halves = max(0, round(-log2(scale)))
    if not halves:
        return plane, (1.0, 1.0)
    high, wide = (max(1, length >> halves) for length in plane.shape)
    small = cv2.resize(plane, (wide, high), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), (wide / plane.shape[1], high / plane.shape[0])
