"""Layers that are windows over a larger picture: planes sampled at parts of a pixel.

The picture is kept at several sizes, each two thirds of the one before, and a window is seen in
the two sizes nearest to its own: so it neither aliases nor changes its sharpness at once.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from math import floor, log
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.errors import Stop
from renderer.media.planes import Planes
from renderer.paint.actors import Actor
from renderer.paint.boxes import completed, placed
from renderer.paint.colors import Floats, planes, resized
from renderer.paint.drawing import Kept, elapsed
from renderer.paint.sprites import Sprite, unbound
from renderer.paint.stretching import Turned, bytes_ready, ready, stretched, turned
from renderer.paint.warping import shown, warped
from renderer.paint.windows import Window, area_of, back_of, box_mask, rect
from renderer.timeline import Canvas

_VIEWS = Kept(24 * 1024 * 1024)
_READY = Kept(96 * 1024 * 1024)
_USES = Kept(64)
_OFTEN = 16
"""How often a picture is sampled before it is made ready, which costs as much as that gains."""
_STEP = 1.5
_FEW = 1.3
"""How much smaller than kept a picture may be seen before a smaller one is kept too."""
_SHARP = 0.4
"""Share of a step up to which the larger size alone is sampled: it does not alias yet."""
_ALIKE = 0.04
"""Share of what is left within which one size alone is sampled."""


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """A drawn picture at falling sizes if it is opaque, else as one sprite; and the box's mask.

    `area` is left, top, width and height, even, of the part of the canvas that the box covers;
    `mask` is how much of the samples of luma and chroma there lies in the box, None for all.
    """

    sizes: tuple[Turned, ...]
    sprite: Sprite | None
    area: tuple[int, int, int, int]
    mask: tuple[Floats, Floats] | None

    @property
    def nbytes(self) -> int:
        """Return how many bytes the arrays hold."""
        held = sum(size.nbytes for size in self.sizes)
        return held + (self.sprite.nbytes if self.sprite else 0)


def view(one: Actor, canvas: Canvas, frame: int) -> Sprite | None:
    """Return what a layer shows of its picture in a frame of its shot, None if nothing of it."""
    params, at = completed(one.layer, canvas), elapsed(one.layer, frame)
    key = one.key
    known: _View | None = _VIEWS.get(key)
    if known is None:
        made = _made(one, params, canvas, at)
        known = _VIEWS.put(key, made, made.nbytes)
    assert known is not None
    if known.area[2] <= 0 or known.area[3] <= 0:
        return None
    window = one.kind.view(params, (one.box.width, one.box.height), at)
    back = back_of(window, one)
    seen = _sampled(known, window, one, back) if known.sizes else _warped(known, back, canvas)
    if seen is None or known.mask is None:
        return seen
    return shown(_same(seen, known.area), *known.mask)


def _made(one: Actor, params: Any, canvas: Canvas, frame: int) -> _View:
    box = one.box.width, one.box.height
    try:
        pixels, _ = one.kind.draw(params, box, frame)
    except Stop as stop:
        raise placed(stop, one.layer) from stop
    area = area_of(one, canvas)
    rounded = one.kind.mask(params, box)
    mask = box_mask(rounded, one, area) if area[2] > 0 and area[3] > 0 else None
    if not bool((pixels[..., 3] == 255).all()):
        return _View((), unbound(pixels, (0, 0)), area, mask)
    smallest = one.kind.smallest(params, box)
    sizes = _sizes(planes(pixels), smallest, one.kind.FINER)
    return _View(tuple(map(turned, sizes)), None, area, mask)


def _sizes(whole: Planes, smallest: float, finer: float) -> list[Planes]:
    """Return a picture at the sizes at which it is seen, down to a share of its own size."""
    found, share = [whole.locked()], 1.0
    while smallest * finer * _FEW < share:
        share /= _STEP
        high, wide = whole.y.shape
        size = max(2, round(wide * share / 2) * 2), max(2, round(high * share / 2) * 2)
        found.append(resized(whole, size))
    return found


def _warped(known: _View, back: NDArray[np.float64], canvas: Canvas) -> Sprite | None:
    forth = np.asarray(np.linalg.inv(back), np.float64)
    return warped(known.sprite, forth, canvas) if known.sprite else None


def _sampled(known: _View, window: Window, one: Actor, back: NDArray[np.float64]) -> Sprite:
    """Return an opaque picture in the area, from the sizes nearest to how it is seen."""
    finer = window[2] / rect(one)[2] / one.kind.FINER
    steps = log(max(1.0, finer)) / log(_STEP)
    lower = min(floor(steps), len(known.sizes) - 1)
    beyond = max(0.0, (steps - lower - _SHARP) / (1 - _SHARP))
    share = beyond if lower + 1 < len(known.sizes) else 0.0
    near = _planes(known, one.key, lower + (share > 1 - _ALIKE), back)
    if _ALIKE < share < 1 - _ALIKE:
        far = _planes(known, one.key, lower + 1, back)
        for plane, other in zip(near, far, strict=True):
            cv2.addWeighted(plane, 1 - share, other, share, 0, dst=plane)
    return Sprite(known.area[0], known.area[1], (near.y, near.u, near.v), None, None)


def _planes(known: _View, key: Hashable, number: int, back: NDArray[np.float64]) -> Planes:
    size, whole = known.sizes[number], known.sizes[0].size
    shrink = np.diag([size.size[0] / whole[0], size.size[1] / whole[1], 1.0])
    return stretched(_prepared(size, (key, number)), shrink @ back, known.area)


def _prepared(picture: Turned, key: Hashable) -> Turned:
    """Return a picture as it is, or where it was sampled often of late made ready for that."""
    found: Turned | None = _READY.get(key)
    if found is not None:
        return found
    uses = (_USES.get(key) or 0) + 1
    _USES.put(key, uses % _OFTEN, 1)
    if uses < _OFTEN:
        return picture
    _READY.make_room(bytes_ready(picture))
    done = ready(picture)
    _READY.put(key, done, done.nbytes)
    return done


def _same(sprite: Sprite, area: tuple[int, int, int, int]) -> Sprite:
    """Return a sprite as one of floats that has exactly the area, empty where it did not reach."""
    left, top, wide, high = area
    own = tuple(np.zeros((high // half, wide // half), np.float32) for half in (1, 2, 2))
    rests = [np.ones((high // half, wide // half), np.float32) for half in (1, 2)]
    parts = [(0, 1), (1, 2), (2, 2)]
    first = max(left, sprite.x), max(top, sprite.y)
    height, width = sprite.own[0].shape
    last = min(left + wide, sprite.x + width), min(top + high, sprite.y + height)
    for index, half in parts:
        here = _slices(first, last, (left, top), half)
        there = _slices(first, last, (sprite.x, sprite.y), half)
        own[index][here] = sprite.own[index][there]
        if index < 2:
            rest = sprite.rest if index == 0 else sprite.half_rest
            rests[index][here] = 0 if rest is None else rest[there]
    return Sprite(left, top, own, rests[0], rests[1])  # type: ignore[arg-type]


def _slices(
    first: tuple[int, int], last: tuple[int, int], start: tuple[int, int], half: int
) -> tuple[slice, slice]:
    x, y = (
        slice((one - at) // half, max(one, two) // half - at // half)
        for one, two, at in zip(first, last, start, strict=True)
    )
    return y, x
