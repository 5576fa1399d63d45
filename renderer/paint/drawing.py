"""Layers to sprites: drawn by their kinds, turned, scaled, and kept as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from renderer import seen
from renderer.errors import Stop
from renderer.media.pixels import Pixels
from renderer.paint.boxes import Box, completed, pace, placed
from renderer.paint.plugins import plugin
from renderer.paint.sprites import Sprite, sprite, unbound
from renderer.timeline import Canvas, Layer


class Kept:
    """Values by key within a budget of bytes; what was used longest ago goes first.

    What the present picture is made of stays, whatever it takes: to make it anew for each picture
    of a scene would cost far more.
    """

    _picture = 0

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._used = 0
        self._values: OrderedDict[Hashable, tuple[Any, int, int]] = OrderedDict()

    @classmethod
    def begin(cls) -> None:
        """Note that what is asked for from now on is for another picture."""
        cls._picture += 1

    def get(self, key: Hashable) -> Any:
        """Return the value of a key, or None."""
        if key not in self._values:
            return None
        value, nbytes, _ = self._values.pop(key)
        self._values[key] = value, nbytes, self._picture
        return value

    def put(self, key: Hashable, value: Any, nbytes: int) -> Any:
        """Keep a value that holds so many bytes, and return it."""
        self._used += nbytes - self._values.pop(key, (None, 0, 0))[1]
        self._values[key] = value, nbytes, self._picture
        self.make_room()
        return value

    def make_room(self, nbytes: int = 0) -> None:
        """Let go of what the present picture does not need until so many bytes more fit in."""
        while self._used + nbytes > self._budget and self._oldest() < self._picture:
            self._used -= self._values.popitem(last=False)[1][1]

    def _oldest(self) -> int:
        """Return the number of the picture that used what was used longest ago.

        Where nothing is kept it is the present one's.
        """
        return next(iter(self._values.values()), (None, 0, self._picture))[2]


_SPRITES = Kept(24 * 1024 * 1024)
_Maker = Callable[[Pixels, tuple[int, int], bool], Sprite | None]


def frozen(value: object) -> Hashable:
    """Return a value of maps, lists and plain values as tuples that can be a key."""
    if isinstance(value, Mapping):
        return tuple((key, frozen(inner)) for key, inner in sorted(value.items()))
    if isinstance(value, list | tuple):
        return tuple(map(frozen, value))
    assert isinstance(value, Hashable)
    return value


def identity(layer: Layer, box: Box, canvas: Canvas) -> Hashable:
    """Return a key that is equal for layers that look equal in every frame."""
    size = (canvas.width, canvas.height, canvas.lang, canvas.rtl)
    look = (layer.opacity, layer.rotate, layer.scale, pace(layer))
    return (layer.kind, frozen(layer.params), box, size, look)


def elapsed(layer: Layer, frame: int) -> int:
    """Return how many frames of its motion the layer has behind it in a frame of its shot.

    Of a layer that does not say when it moves it is the frame itself.
    """
    return frame if layer.moves is None else seen.elapsed(layer.moves, frame)


def drawn(layer: Layer, box: Box, canvas: Canvas, frame: int, key: Hashable) -> Sprite | None:
    """Return the layer in a frame of its shot as a sprite, or None if nothing of it shows.

    `key` is its identity; a picture drawn before, in an equal state, is used again.
    """
    size = (canvas.width, canvas.height)

    def on_canvas(pixels: Pixels, offset: tuple[int, int], smooth: bool) -> Sprite | None:
        pixels, at = moved(pixels, offset, box, layer)
        return sprite(pixels, at, size, layer.opacity, smooth)

    return _kept(layer, box, canvas, frame, key, on_canvas)


def loose(
    layer: Layer, box: Box, canvas: Canvas, frame: int, key: Hashable, typed: int | None
) -> Sprite | None:
    """Return the layer as it is drawn, upright, opaque and whole, also where it is off the canvas.

    `typed` is how many letters of it are there, None for all.
    """

    def whole(pixels: Pixels, offset: tuple[int, int], _: bool) -> Sprite | None:
        return unbound(pixels, (round(box.x) + offset[0], round(box.y) + offset[1]))

    if typed is not None:
        layer = replace(layer, params={**layer.params, "typed": typed})
    return _kept(layer, box, canvas, frame, (key, "loose", typed), whole)


def _kept(
    layer: Layer, box: Box, canvas: Canvas, frame: int, key: Hashable, made: _Maker
) -> Sprite | None:
    kind, frame = plugin("layers", layer.kind), elapsed(layer, frame)
    params = completed(layer, canvas)
    full = (key, frozen(kind.state(params, frame)) if hasattr(kind, "state") else None)
    known = _SPRITES.get(full)
    if known is None:
        try:
            pixels, offset = kind.draw(params, (box.width, box.height), frame)
        except Stop as stop:
            raise placed(stop, layer) from stop
        found = made(pixels, offset, hasattr(kind, "smooth") and kind.smooth(params))
        known = _SPRITES.put(full, (found,), found.nbytes if found else 0)
    sprite_or_none: Sprite | None = known[0]
    return sprite_or_none


def moved(
    pixels: Pixels, offset: tuple[int, int], box: Box, layer: Layer
) -> tuple[Pixels, tuple[int, int]]:
    """Return the pixels scaled and turned about the box's middle, and their top left."""
    left, top = round(box.x) + offset[0], round(box.y) + offset[1]
    if layer.scale == 1 and layer.rotate % 360 == 0:
        return pixels, (left, top)
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    turn = _matrix((middle[0] - left, middle[1] - top), layer.scale, layer.rotate)
    return _turned(pixels, turn, (left, top))


def _matrix(
    middle: tuple[float, float], scale: float, degrees: float
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the 2×3 matrix that scales and turns clockwise about a point of the picture."""
    return np.asarray(cv2.getRotationMatrix2D(middle, -degrees, scale), np.float64)


def _turned(
    pixels: Pixels, turn: np.ndarray[Any, np.dtype[np.float64]], at: tuple[int, int]
) -> tuple[Pixels, tuple[int, int]]:
    height, width = pixels.shape[:2]
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]]) @ turn.T
    first = np.floor(corners.min(axis=0)).astype(int) - 1
    last = np.ceil(corners.max(axis=0)).astype(int) + 1
    moved = turn.copy()
    moved[:, 2] -= first + 0.5 - turn[:, :2] @ (0.5, 0.5)
    size = (int(last[0] - first[0]), int(last[1] - first[1]))
    done = cv2.warpAffine(_premultiplied(pixels), moved, size, flags=cv2.INTER_LINEAR)
    return _straight(np.asarray(done, np.float32)), (at[0] + int(first[0]), at[1] + int(first[1]))


def _premultiplied(pixels: Pixels) -> np.ndarray[Any, np.dtype[np.float32]]:
    done = pixels.astype(np.float32)
    done[..., :3] *= done[..., 3:] / 255
    return done


def _straight(pixels: np.ndarray[Any, np.dtype[np.float32]]) -> Pixels:
    alpha = np.maximum(pixels[..., 3:], 1e-3) / 255
    colors = np.dstack([pixels[..., :3] / alpha, pixels[..., 3]])
    return np.asarray(np.clip(colors + 0.5, 0, 255), np.uint8)
