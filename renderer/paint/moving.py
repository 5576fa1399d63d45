"""Layers that move as sprites: those that come, go or are animated, and those that look around."""

from __future__ import annotations

from math import floor
from typing import Any

import numpy as np

from renderer.paint.actors import Actor, upright
from renderer.paint.boxes import Box, completed
from renderer.paint.drawing import loose
from renderer.paint.playing import playing, plays
from renderer.paint.poses import matrix, pose
from renderer.paint.sprites import Sprite, floating, within
from renderer.paint.views import view
from renderer.paint.warping import faint, swept, warped
from renderer.seen import animated
from renderer.timeline import Canvas, Layer

_STILL = np.eye(3)


def views(one: Actor) -> bool:
    """Return whether the layer is a window over a larger picture, and moves over it."""
    return one.layer.moves is not None and hasattr(one.kind, "smallest")


def moving(one: Actor, box: Box, canvas: Canvas, frame: int) -> Sprite | None:
    """Return a layer in a frame of its shot as a sprite, or None if nothing of it shows.

    `box` is where it stands in that frame; its picture is that of where it stood at first.
    """
    layer = animated(one.layer, frame)
    how = pose(layer, box, canvas, frame)
    typed = None if how.typed is None else _letters(one, how.typed, canvas)
    opacity = layer.opacity * how.opacity
    if opacity <= 0 or typed == 0:
        return None
    base = _base(one, canvas, frame, typed)
    if base is None or not (one.posed or _altered(layer)):
        return base
    base = floating(base)
    for sweep in how.sweeps:
        base = swept(base, sweep, one.box, canvas)
    base, moved = faint(base, opacity), matrix(layer, how, one.box, box)
    if np.allclose(moved, _STILL, atol=1e-9):
        return within(base, (canvas.width, canvas.height))
    return warped(base, moved, canvas)


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
