"""Layers that play a video: each frame's picture sampled through the layer's box, as planes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renderer.errors import Stop
from renderer.media.planes import BLACK
from renderer.media.upright import Picture
from renderer.paint.actors import Actor
from renderer.paint.boxes import completed, placed
from renderer.paint.colors import Floats, halved
from renderer.paint.drawing import Kept, elapsed
from renderer.paint.sprites import Sprite
from renderer.paint.stretching import stretched, turned
from renderer.paint.warping import CHROMA, LUMA, shown
from renderer.paint.windows import Window, area_of, back_of, box_mask, sampled
from renderer.timeline import Canvas

_MASKS = Kept(64 * 1024 * 1024)
_CLOSE = 0.01
"""Pixels by which a window may reach over the picture and still show nothing beyond it."""

Area = tuple[int, int, int, int]


def plays(one: Actor) -> bool:
    """Return whether a layer's pictures are those of a video."""
    return hasattr(one.kind, "picture")


def playing(one: Actor, canvas: Canvas, frame: int) -> Sprite | None:
    """Return what a layer shows of its video in a frame of its shot, None if nothing of it."""
    params, at = completed(one.layer, canvas), elapsed(one.layer, frame)
    area, box = area_of(one, canvas), (one.box.width, one.box.height)
    if area[2] <= 0 or area[3] <= 0:
        return None
    try:
        picture = one.kind.picture(params, at)
    except Stop as stop:
        raise placed(stop, one.layer) from stop
    window = one.kind.view(params, box, at)
    bounds, mask = one.kind.bounds(params), _mask(one, params, area)
    if picture.alpha is None and _inside(window, bounds):
        solid = _solid(picture, window, one, area)
        return solid if mask is None else shown(_floating(solid), *mask)
    loose = _loose(picture, bounds, back_of(window, one), area)
    return loose if mask is None else shown(loose, *mask)


def _mask(one: Actor, params: Mapping[str, Any], area: Area) -> tuple[Floats, Floats] | None:
    """Return how much of each sample of an area lies in the box, None if all of each."""
    key = (one.key, area)
    known: tuple[tuple[Floats, Floats] | None] | None = _MASKS.get(key)
    if known is None:
        made = box_mask(one.kind.mask(params, (one.box.width, one.box.height)), one, area)
        size = sum(each.nbytes for each in made) if made else 0
        known = _MASKS.put(key, (made,), size)
    assert known is not None
    return known[0]


def _inside(window: Window, bounds: Window) -> bool:
    return (
        window[0] >= bounds[0] - _CLOSE
        and window[1] >= bounds[1] - _CLOSE
        and window[0] + window[2] <= bounds[0] + bounds[2] + _CLOSE
        and window[1] + window[3] <= bounds[1] + bounds[3] + _CLOSE
    )


def _solid(picture: Picture, window: Window, one: Actor, area: Area) -> Sprite:
    """Return the sprite of a picture that fills the area; as it is where each pixel is its own."""
    y, u, v = picture.planes
    same = np.allclose(window, (0, 0, *y.shape[::-1]), atol=1e-6)
    if not (same and area[2:] == y.shape[::-1]):
        y, u, v = stretched(turned(picture.planes), back_of(window, one), area)
    return Sprite(area[0], area[1], (y, u, v), None, None)


def _sites(area: Area) -> tuple[tuple[NDArray[np.float64], tuple[int, int]], ...]:
    """Return for each plane where its samples lie and how many there are of an area."""
    half = CHROMA, (area[2] // 2, area[3] // 2)
    return (LUMA, (area[2], area[3])), half, half


def _floating(solid: Sprite) -> Sprite:
    """Return an opaque sprite of whole numbers as one that can be seen in part."""
    y, u, v = (np.asarray(plane, np.float32) for plane in solid.own)
    return Sprite(solid.x, solid.y, (y, u, v), np.zeros_like(y), np.zeros_like(u))


def _loose(picture: Picture, bounds: Window, back: NDArray[np.float64], area: Area) -> Sprite:
    """Return the sprite of a picture that is clear in places, or does not fill the area."""
    alpha = _alpha(picture, bounds)
    half = halved(alpha)
    (luma, size), (chroma, small), _ = _sites(area)
    seen = _floats(sampled(alpha, back, luma, size, area, empty=True))
    half_seen = _floats(sampled(half, back, chroma, small, area, empty=True))
    own = []
    for plane, rest in zip(picture.planes, (seen, half_seen, half_seen), strict=True):
        whole = rest is seen
        zero = np.float32(BLACK if whole else 128)
        within = _bounded(_floats(plane) - zero, bounds, 1 if whole else 2)
        site, room = (luma, size) if whole else (chroma, small)
        own.append(_floats(sampled(within, back, site, room, area, empty=True)) + zero * rest)
    return Sprite(area[0], area[1], (own[0], own[1], own[2]), 1 - seen, 1 - half_seen)


def _alpha(picture: Picture, bounds: Window) -> Floats:
    """Return how much of each pixel of a picture is seen, 0-1; beyond the bounds none."""
    high, wide = picture.planes.y.shape
    whole = np.ones((high, wide), np.float32)
    if picture.alpha is not None:
        whole = _floats(picture.alpha) / np.float32(255)
    return _bounded(whole, bounds, 1)


def _bounded(plane: Floats, bounds: Window, half: int) -> Floats:
    """Return a plane that is 0 beyond the bounds, which count in pixels of luma."""
    left, top = round(bounds[0] / half), round(bounds[1] / half)
    right, bottom = round((bounds[0] + bounds[2]) / half), round((bounds[1] + bounds[3]) / half)
    if (left, top, right, bottom) == (0, 0, *plane.shape[::-1]):
        return plane
    done = np.zeros_like(plane)
    done[top:bottom, left:right] = plane[top:bottom, left:right]
    return done


def _floats(plane: NDArray[np.generic]) -> Floats:
    return np.asarray(plane, np.float32)
