"""Where a layer that comes, goes or is animated lies in a frame, and how much of it is seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renderer.motion import Motion
from renderer.paint.boxes import Box
from renderer.paint.stands import Stand
from renderer.timeline import Canvas, Layer

Matrix = NDArray[np.float64]
"""Three rows and columns, for places in continuous pixels: (0.5, 0.5) is the first one's middle."""

_RISE = 0.05
"""How far a layer rises or drops, as a share of the canvas's shorter side."""
_AWAY = 0.03
"""How far beyond the canvas's edge a layer slides, as a share of its shorter side."""
_SMALL = 0.82
"""The scale at which a layer begins to zoom in."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """A soft edge over a box: `shown` of it, from the side at `origin`; or all but that."""

    origin: tuple[float, float]
    shown: float
    rest: bool


@dataclass(frozen=True, slots=True)
class Pose:
    """A layer in a frame: shift in pixels, scale and turn about points of its box, opacity.

    `about` is the point that a motion scales about, as shares of the box; a layer's own scale and
    turn are about its middle. `typed` is the share of its letters that are there.
    """

    shift: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    about: tuple[float, float] = (0.5, 0.5)
    opacity: float = 1.0
    sweeps: tuple[Sweep, ...] = ()
    typed: float | None = None


def pose(layer: Layer, box: Box, canvas: Canvas, frame: int) -> Pose:
    """Return how a layer comes and goes in a frame; `box` is where it stands then."""
    done = Pose()
    if layer.enter and frame < layer.enter.last:
        done = _moved(done, layer.enter, 1 - layer.enter.share(frame), 1, box, canvas)
    if layer.exit and frame >= layer.exit.first:
        done = _moved(done, layer.exit, layer.exit.share(frame), -1, box, canvas)
    return done


def _moved(pose: Pose, motion: Motion, away: float, side: int, box: Box, canvas: Canvas) -> Pose:
    """Return a pose with a motion that is `away` from rest; at side −1 it goes on across."""
    faded = pose.opacity * min(1.0, max(0.0, 1 - away))
    if motion.kind in ("rise", "drop", "slide"):
        far = _far(motion, box, canvas, side) if motion.kind == "slide" else _near(motion, canvas)
        x, y = (now + side * away * length for now, length in zip(pose.shift, far, strict=True))
        return replace(
            pose, shift=(x, y), opacity=pose.opacity if motion.kind == "slide" else faded
        )
    if motion.kind == "zoom":
        scale = max(0.01, 1 - (1 - _SMALL) * away)
        about = (0.5 + motion.origin[0] / 2, 0.5 + motion.origin[1] / 2)
        return replace(pose, scale=pose.scale * scale, about=about, opacity=faded)
    if motion.kind == "wipe":
        shown = 1 - away if side > 0 else away
        sweep = Sweep(motion.origin, min(1.0, max(0.0, shown)), side < 0)
        return replace(pose, sweeps=(*pose.sweeps, sweep))
    if motion.kind == "type":
        return replace(pose, typed=min(1.0, max(0.0, 1 - away)))
    return replace(pose, opacity=faded)


def _near(motion: Motion, canvas: Canvas) -> tuple[float, float]:
    length = _RISE * min(canvas.width, canvas.height)
    return motion.origin[0] * length, motion.origin[1] * length


def _far(motion: Motion, box: Box, canvas: Canvas, side: int) -> tuple[float, float]:
    """Return how far a box is from where no part of it is on the canvas."""
    spare = _AWAY * min(canvas.width, canvas.height)
    places = (box.x, box.width, canvas.width), (box.y, box.height, canvas.height)
    x, y = (
        _beyond(origin * side, *place, spare) * side if origin else 0.0
        for origin, place in zip(motion.origin, places, strict=True)
    )
    return x, y


def _beyond(origin: float, start: float, size: float, room: float, spare: float) -> float:
    return -(start + size + spare) if origin < 0 else room - start + spare


def matrix(layer: Layer, pose: Pose, rest: Box, stand: Stand) -> Matrix:
    """Return what takes places of a layer drawn upright in its box `rest` to those of the frame."""
    box = stand.box
    middle = box.x + box.width / 2, box.y + box.height / 2
    point = box.x + pose.about[0] * box.width, box.y + pose.about[1] * box.height
    done = _shift(-round(rest.x), -round(rest.y))
    if stand.size:
        done = np.diag([stand.size[0] / rest.width, stand.size[1] / rest.height, 1.0]) @ done
    done = _shift(box.x + stand.left, box.y + stand.top) @ done
    done = _about(middle, layer.scale, layer.rotate) @ done
    done = _about(point, pose.scale, 0.0) @ done
    return np.asarray(_shift(*pose.shift) @ done, np.float64)


def _shift(x: float, y: float) -> Matrix:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], np.float64)


def _about(point: tuple[float, float], scale: float, degrees: float) -> Matrix:
    """Return a scaling and a clockwise turn about a point."""
    turn = np.radians(degrees)
    cos, sin = scale * np.cos(turn), scale * np.sin(turn)
    spin: Any = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    return np.asarray(_shift(*point) @ spin @ _shift(-point[0], -point[1]), np.float64)
