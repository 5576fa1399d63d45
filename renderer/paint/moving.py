"""Layers that move as sprites: those that come, go or are animated, and those that look around."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor
from typing import Any

import numpy as np

from renderer.paint.actors import Actor, grown, upright
from renderer.paint.boxes import Box, completed
from renderer.paint.drawing import loose
from renderer.paint.playing import playing, plays
from renderer.paint.poses import matrix, pose
from renderer.paint.sprites import Sprite, floating, within
from renderer.paint.stands import Stand
from renderer.paint.views import view
from renderer.paint.warping import faint, swept, warped
from renderer.seen import animated
from renderer.timeline import Canvas, Layer

_STILL = np.eye(3)
_NEAR = 1e-6


def views(one: Actor) -> bool:
    """Return whether the layer is a window over a larger picture, and moves over it."""
    return one.layer.moves is not None and hasattr(one.kind, "smallest")


def moving(one: Actor, stand: Stand, canvas: Canvas, frame: int) -> Sprite | None:
    """Return a layer in a frame of its shot as a sprite, or None if nothing of it shows.

    `stand` is where it stands in that frame; its picture is that of where it stood at first, but
    of the size that it has then.
    """
    layer = animated(one.layer, frame)
    how = pose(layer, stand.box, canvas, frame)
    typed = None if how.typed is None else _letters(one, how.typed, canvas)
    opacity = layer.opacity * how.opacity
    if opacity <= 0 or typed == 0 or (stand.size and min(stand.size) <= 0):
        return None
    one = grown(one, _whole(one.box, stand.size), canvas) if stand.size else one
    base = _base(one, canvas, frame, typed)
    if base is None or not (one.posed or _altered(layer)):
        return base
    base = floating(base)
    for sweep in how.sweeps:
        base = swept(base, sweep, one.box, canvas)
    base, moved = faint(base, opacity), matrix(layer, how, one.box, stand)
    if np.allclose(moved, _STILL, atol=1e-9):
        return within(base, (canvas.width, canvas.height))
    return warped(base, moved, canvas)


def _whole(box: Box, size: tuple[float, float]) -> Box:
    """Return a box of whole pixels that are no fewer than those of a size."""
    return replace(box, width=ceil(size[0] - _NEAR), height=ceil(size[1] - _NEAR))


def _base(one: Actor, canvas: Canvas, frame: int, typed: int | None) -> Sprite | None:
    """Return a layer in its box, opaque and upright."""
    if plays(one):
        return playing(one, canvas, frame)
    return view(one, canvas, frame) if views(one) else _drawn(one, canvas, frame, typed)


def _altered(layer: Layer) -> bool:
    """Return whether a layer that neither comes nor goes lies otherwise than it was drawn."""
    return layer.opacity < 1 or layer.scale != 1 or layer.rotate % 360 != 0


def _drawn(one: Actor, canvas: Canvas, frame: int, typed: int | None) -> Sprite | None:
    return loose(upright(one.layer), one.box, canvas, frame, one.key, typed)


def _letters(one: Actor, share: float, canvas: Canvas) -> int:
    """Return how many letters of a layer that is typed are there."""
    kind: Any = one.kind
    box = one.box.width, one.box.height
    return floor(share * int(kind.letters(completed(one.layer, canvas), box)) + 1e-9)
