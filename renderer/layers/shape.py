"""A rectangle, an ellipse, a line or an arrow."""

from __future__ import annotations

from collections.abc import Mapping
from math import isinf
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from renderer.media.pixels import Pixels, masked, painted, rounded

KEEPS_PROPORTION = True
_SMOOTH = 4
_HEAD = 4.0
"""Length and breadth of an arrow's head, in thicknesses."""

PARAMS = {
    "shape": {
        "enum": ["rect", "ellipse", "line", "arrow"],
        "title": "Shape",
        "description": "What is drawn. A line and an arrow lie along the longer side of their box.",
        "examples": ["rect", "arrow"],
    },
    "color": {
        "$ref": "#/definitions/paint",
        "title": "Paint",
        "description": "A colour or a gradient.",
        "default": "#ffffff",
        "examples": ["#f5a623", {"gradient": ["#f5a623", "#d0021b"], "angle": "0deg"}],
    },
    "radius": {
        "$ref": "#/definitions/length_short",
        "title": "Radius",
        "description": "Radius of a rectangle's rounded corners.",
        "default": 0,
        "examples": ["2%", 24],
    },
    "thickness": {
        "$ref": "#/definitions/length_short",
        "title": "Thickness",
        "description": "Thickness of a line or an arrow.",
        "default": "0.6%",
        "examples": ["0.6%", 6],
    },
    "points": {
        "enum": ["end", "start", "up", "down"],
        "title": "Direction of an arrow",
        "description": "Where an arrow points; start and end follow the language.",
        "default": "end",
        "examples": ["up"],
    },
}
EXAMPLE = {"shape": "rect", "color": "#f5a623", "width": "20%", "height": "1%"}


def size(params: Mapping[str, Any], limits: tuple[float, float]) -> tuple[float, float]:
    """Return the box: the limits; a side that is free follows the shape.

    A rectangle and an ellipse are then as broad as high, a line and an arrow as thin as they are.
    """
    width, height = limits
    if params["shape"] in ("rect", "ellipse"):
        return min(width, height) if isinf(width) else width, min(limits) if isinf(
            height
        ) else height
    thin = _breadth(params)
    if isinf(width) or (not isinf(height) and _upright(params)):
        return (thin if isinf(width) else min(thin, width)), height
    return width, min(thin, height)


def draw(
    params: Mapping[str, Any], box: tuple[float, float], frame: int
) -> tuple[Pixels, tuple[int, int]]:
    """Return the shape as RGBA (height, width, 4), straight alpha, and its offset in the box."""
    del frame
    width, height = max(1, round(box[0])), max(1, round(box[1]))
    return masked(painted(params["color"], width, height), _mask(params, width, height)), (0, 0)


def _upright(params: Mapping[str, Any]) -> bool:
    return params["shape"] == "arrow" and params.get("points") in ("up", "down")


def _breadth(params: Mapping[str, Any]) -> float:
    thickness = float(params["thickness"])
    return thickness * (_HEAD if params["shape"] == "arrow" else 1)


def _mask(params: Mapping[str, Any], width: int, height: int) -> Pixels:
    kind = params["shape"]
    if kind == "rect":
        return rounded(width, height, float(params.get("radius", 0)))
    mask = Image.new("L", (width * _SMOOTH, height * _SMOOTH))
    draw = ImageDraw.Draw(mask)
    if kind == "ellipse":
        draw.ellipse((0, 0, mask.width - 1, mask.height - 1), fill=255)
    else:
        draw.polygon(_outline(params, width * _SMOOTH, height * _SMOOTH), fill=255)
    return np.asarray(mask.resize((width, height), Image.Resampling.BOX))


def _outline(params: Mapping[str, Any], width: int, height: int) -> list[tuple[float, float]]:
    """Return the corners of a line or an arrow in its box."""
    upright = height > width or _upright(params)
    long, wide = (height, width) if upright else (width, height)
    half, centre = min(float(params["thickness"]) * _SMOOTH, wide) / 2, wide / 2
    points = [
        (0.0, centre - half),
        (long, centre - half),
        (long, centre + half),
        (0.0, centre + half),
    ]
    if params["shape"] == "arrow":
        points = _arrow(long, centre, half)
        points = [(long - x, y) for x, y in points] if _backward(params, upright) else points
    return [(y, x) if upright else (x, y) for x, y in points]


def _arrow(long: float, centre: float, half: float) -> list[tuple[float, float]]:
    """Return an arrow that points along the axis, its tip at `long`."""
    neck, barb = max(0.0, long - half * 2 * _HEAD), min(half * _HEAD, centre)
    upper = [(0.0, centre - half), (neck, centre - half), (neck, centre - barb)]
    lower = [(x, 2 * centre - y) for x, y in reversed(upper)]
    return [*upper, (long, centre), *lower]


def _backward(params: Mapping[str, Any], upright: bool) -> bool:
    """Return whether an arrow points left or up."""
    points = params.get("points", "end")
    if upright:
        return bool(points != "down")
    return bool((points == "start") != (params.get("direction") == "rtl"))
