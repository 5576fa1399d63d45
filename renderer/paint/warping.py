"""Sprites moved by less than a pixel, scaled, turned and swept over; planes all the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor, hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.paint.boxes import Box
from renderer.paint.colors import Floats
from renderer.paint.poses import Matrix, Sweep
from renderer.paint.sprites import Sprite
from renderer.timeline import Canvas

LUMA = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]], np.float64)
CHROMA = np.array([[2, 0, 0.5], [0, 2, 1.0], [0, 0, 1]], np.float64)
"""Where a sample of a plane lies, in continuous pixels of luma; chroma is sited left (H.264)."""

_SOFT = 0.025
"""Width of a sweep's soft edge, as a share of the canvas's shorter side."""
_COARSE = 0.7
"""The scale under which a sprite is made smaller by area before it is sampled."""


def swept(sprite: Sprite, sweep: Sweep, box: Box, canvas: Canvas) -> Sprite:
    """Return a sprite as far as a sweep over its box, left and top rounded, shows it."""
    edge = _SOFT * min(canvas.width, canvas.height)
    shares = [_ramp(sprite, sweep, box, edge, sited) for sited in (LUMA, CHROMA)]
    return shown(sprite, shares[0], shares[1])


def _ramp(sprite: Sprite, sweep: Sweep, box: Box, edge: float, sited: Matrix) -> Floats:
    """Return how much of each sample is seen, 0–1."""
    rows, columns = sprite.own[0 if sited is LUMA else 1].shape
    x = np.arange(columns) * sited[0, 0] + sited[0, 2] + sprite.x - round(box.x)
    y = np.arange(rows) * sited[1, 1] + sited[1, 2] + sprite.y - round(box.y)
    along = _along(x / max(box.width, 1), sweep.origin[0])[None, :]
    down = _along(y / max(box.height, 1), sweep.origin[1])[:, None]
    parts = abs(sweep.origin[0]), abs(sweep.origin[1])
    way = (along * parts[0] + down * parts[1]) / max(sum(parts), 1e-6)
    soft = edge / max(parts[0] * box.width, parts[1] * box.height, 1.0)
    seen = np.clip((sweep.shown * (1 + soft) - np.clip(way, 0, 1)) / soft, 0, 1)
    return np.asarray(1 - seen if sweep.rest else seen, np.float32)


def _along(shares: NDArray[np.float64], origin: float) -> NDArray[np.float64]:
    return 1 - shares if origin > 0 else shares


def faint(sprite: Sprite, opacity: float) -> Sprite:
    """Return a sprite of which less is seen."""
    share = np.float32(opacity)
    return sprite if opacity >= 1 else shown(sprite, share, share)


def shown(sprite: Sprite, luma: Floats | np.float32, chroma: Floats | np.float32) -> Sprite:
    """Return a sprite of which a share of each sample is seen, 0–1."""
    assert sprite.rest is not None and sprite.half_rest is not None
    y, u, v = (np.asarray(plane, np.float32) for plane in sprite.own)
    return replace(
        sprite,
        own=(y * luma, u * chroma, v * chroma),
        rest=1 - (1 - sprite.rest) * luma,
        half_rest=1 - (1 - sprite.half_rest) * chroma,
    )


def warped(sprite: Sprite, matrix: Matrix, canvas: Canvas) -> Sprite | None:
    """Return a sprite moved by a matrix of the canvas, as far as it comes to lie there.

    What is drawn much smaller is made smaller by area averaging first, so that it does not alias.
    """
    sprite, matrix = _smaller(sprite, matrix)
    assert sprite.rest is not None and sprite.half_rest is not None
    area = _area(sprite, matrix, canvas)
    if area is None:
        return None
    y, u, v = sprite.own
    luma, chroma = (_sampling(sprite, matrix, area, sited) for sited in (LUMA, CHROMA))
    size, half = (area[2], area[3]), (area[2] // 2, area[3] // 2)
    own = (_warp(y, luma, size, 0), _warp(u, chroma, half, 0), _warp(v, chroma, half, 0))
    rests = _warp(sprite.rest, luma, size, 1), _warp(sprite.half_rest, chroma, half, 1)
    return Sprite(area[0], area[1], own, *rests)


def _area(sprite: Sprite, matrix: Matrix, canvas: Canvas) -> tuple[int, int, int, int] | None:
    """Return left, top, width and height, all even, of what a sprite covers of the canvas."""
    height, width = sprite.own[0].shape
    left, top = sprite.x, sprite.y
    corners = [(left, top), (left + width, top), (left, top + height), (left + width, top + height)]
    x, y = matrix[:2] @ np.array([(*corner, 1) for corner in corners], np.float64).T
    first = (_even(max(0.0, x.min() - 1), floor), _even(max(0.0, y.min() - 1), floor))
    last = (
        _even(min(float(canvas.width), x.max() + 1), ceil),
        _even(min(float(canvas.height), y.max() + 1), ceil),
    )
    if first[0] >= last[0] or first[1] >= last[1]:
        return None
    return *first, last[0] - first[0], last[1] - first[1]


def _even(value: float, rounded: type[int] | object) -> int:
    return int(rounded(value / 2)) * 2  # type: ignore[operator]


def _sampling(
    sprite: Sprite, matrix: Matrix, area: Sequence[int], sited: Matrix
) -> NDArray[np.float64]:
    """Return the 2×3 matrix from a plane of the area to the sprite's plane, in samples."""
    there, here = sited.copy(), sited.copy()
    there[:2, 2] += area[0], area[1]
    here[:2, 2] += sprite.x, sprite.y
    return np.asarray((np.linalg.inv(here) @ np.linalg.inv(matrix) @ there)[:2], np.float64)


def _warp(
    plane: NDArray[np.generic], back: NDArray[np.float64], size: tuple[int, int], empty: float
) -> Floats:
    done = cv2.warpAffine(
        np.asarray(plane, np.float32),
        back,
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=empty,
    )
    return np.asarray(done, np.float32)


def _smaller(sprite: Sprite, matrix: Matrix) -> tuple[Sprite, Matrix]:
    """Return a sprite about as large as it will be seen, and the matrix that fits it then."""
    scale = hypot(matrix[0, 0], matrix[1, 0])
    if scale >= _COARSE:
        return sprite, matrix
    height, width = sprite.own[0].shape
    size = tuple(max(2, round(side * scale / 2) * 2) for side in (width, height))
    half = (size[0] // 2, size[1] // 2)
    assert sprite.rest is not None and sprite.half_rest is not None
    planes = ((sprite.own[0], size), (sprite.own[1], half), (sprite.own[2], half))
    own = tuple(_averaged(plane, to) for plane, to in planes)
    rests = _averaged(sprite.rest, size), _averaged(sprite.half_rest, half)
    grow = np.array([[width / size[0], 0, sprite.x], [0, height / size[1], sprite.y], [0, 0, 1]])
    return Sprite(0, 0, own, *rests), matrix @ grow  # type: ignore[arg-type]


def _averaged(plane: NDArray[np.generic], size: tuple[int, ...]) -> Floats:
    whole = np.asarray(plane, np.float32)
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), np.float32)
