"""Where layers stand: their boxes from position, anchor, size, and the layers they stack on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from renderer.errors import Problem, RenderError, Stop
from renderer.paint.plugins import plugin
from renderer.timeline import Canvas, Layer

_MARGIN = 0.08
"""Share of the canvas's shorter side that stays free at each edge, for layers in the margins."""


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, width and height in pixels."""

    x: float
    y: float
    width: float
    height: float


def completed(layer: Layer, canvas: Canvas) -> Mapping[str, Any]:
    """Return the layer's parameters with the film's language and direction.

    Those of a layer that moves say in `frames` for how many.
    """
    told: dict[str, Any] = {"lang": canvas.lang, "direction": "rtl" if canvas.rtl else "ltr"}
    told |= {"frames": pace(layer)} if layer.moves else {}
    return {**told, **layer.params}


def pace(layer: Layer) -> int:
    """Return in how many frames the layer's kind does what its parameters say, 0 if it stands."""
    if layer.pace is not None or layer.moves is None or layer.moves[1] is None:
        return layer.pace or 0
    return layer.moves[1] - layer.moves[0]


def layout(layers: Sequence[Layer], canvas: Canvas) -> list[Box]:
    """Return the box of every layer, in their order; stacks are resolved.

    Raises RenderError if layers stack on one another in a circle, and what a kind raises where
    its box cannot be told.
    """
    done: dict[int, Box] = {}
    for index in range(len(layers)):
        _place(index, layers, canvas, done, ())
    return [done[index] for index in range(len(layers))]


def _place(
    index: int, layers: Sequence[Layer], canvas: Canvas, done: dict[int, Box], via: tuple[int, ...]
) -> Box:
    if index in done:
        return done[index]
    if index in via:
        problem = Problem("stack-circle", "layers stack on one another in a circle")
        raise RenderError(replace(problem, place=layers[index].place))
    layer = layers[index]
    box = _alone(layer, canvas)
    if layer.stack:
        target = _place(layer.stack.target, layers, canvas, done, (*via, index))
        box = _stacked(box, layer, target, canvas.rtl)
    done[index] = box
    return box


def _alone(layer: Layer, canvas: Canvas) -> Box:
    width, height = _size(layer, canvas)
    x, y = layer.position
    return Box(x - layer.anchor[0] * width, y - layer.anchor[1] * height, width, height)


def _size(layer: Layer, canvas: Canvas) -> tuple[float, float]:
    """Return a layer's width and height from what is written and what its kind makes of it."""
    kind = plugin("layers", layer.kind)
    if not hasattr(kind, "size"):
        width = canvas.width if layer.width is None else layer.width
        return width, canvas.height if layer.height is None else layer.height
    try:
        width, height = kind.size(completed(layer, canvas), limits(layer, canvas, kind))
    except Stop as stop:
        raise placed(stop, layer) from stop
    return float(width), float(height)


def limits(layer: Layer, canvas: Canvas, kind: Any) -> tuple[float, float]:
    """Return the written sides; a side left open is free if the other fixes it, else the room.

    The room of text is the canvas within its margins.
    """
    open_side = inf if getattr(kind, "KEEPS_PROPORTION", False) else 0.0
    one = layer.width is not None or layer.height is not None
    margin = 2 * _MARGIN * min(canvas.width, canvas.height)
    margin = margin if getattr(kind, "WITHIN_MARGINS", False) else 0.0
    room = (
        (open_side, open_side)
        if one and open_side
        else (
            canvas.width - margin,
            canvas.height - margin,
        )
    )
    return (
        room[0] if layer.width is None else layer.width,
        room[1] if layer.height is None else layer.height,
    )


def _stacked(box: Box, layer: Layer, target: Box, rtl: bool) -> Box:
    stack = layer.stack
    if stack is None:
        return box
    if stack.relation == "below":
        return replace(box, y=target.y + target.height + stack.gap)
    if stack.relation == "above":
        return replace(box, y=target.y - stack.gap - box.height)
    left, right = target.x - stack.gap - box.width, target.x + target.width + stack.gap
    level = target.y + layer.anchor[1] * (target.height - box.height)
    before = layer.anchor[0] == (0.0 if rtl else 1.0)
    return replace(box, x=left if rtl != before else right, y=level)


def placed(stop: Stop, layer: Layer) -> Stop:
    """Return the same error whose problems name the layer's place where they had none."""
    return type(stop)(*(replace(p, place=p.place or layer.place) for p in stop.problems))
