"""Layers that move as sprites: those that come, go or are animated, and those that look around."""

from __future__ import annotations

from math import floor
from typing import Any

import numpy as np

from renderer.paint.actors import Actor, upright
from renderer.paint.boxes import Box, completed
from renderer.paint.drawing import loose
from renderer.paint.poses import matrix, pose
from renderer.paint.sprites import Sprite, floating, within
from renderer.paint.views import view
from renderer.paint.warping import faint, swept, warped
from renderer.seen import animated
from renderer.timeline import Canvas

_STILL = np.eye(3)


def views(one: Actor) -> bool:
    """Return whether the layer is a window over a larger picture, and moves over it."""
    return one.layer.moves is not None and hasattr(one.kind, "view")


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
    base = view(one, canvas, frame) if views(one) else _drawn(one, canvas, frame, typed)
    if base is None or not one.posed:
        return base
    base = floating(base)
    for sweep in how.sweeps:
        base = swept(base, sweep, one.box, canvas)
    base, moved = faint(base, opacity), matrix(layer, how, one.box, box)
    if np.allclose(moved, _STILL, atol=1e-9):
        return within(base, (canvas.width, canvas.height))
    return warped(base, moved, canvas)


def _drawn(one: Actor, canvas: Canvas, frame: int, typed: int | None) -> Sprite | None:
    return loose(upright(one.layer), one.box, canvas, frame, one.key, typed)


def _letters(one: Actor, share: float, canvas: Canvas) -> int:
    """Return how many letters of a layer that is typed are there."""
    kind: Any = one.kind
    box = one.box.width, one.box.height
    return floor(share * int(kind.letters(completed(one.layer, canvas), box)) + 1e-9)
