"""A colour or a gradient over the layer's box, the whole canvas by default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renderer.media.pixels import Pixels, painted

PARAMS = {
    "fill": {
        "$ref": "#/definitions/paint",
        "title": "Paint",
        "description": "A colour, or a gradient of two or more colours at an angle.",
        "examples": ["#0b1d3a", {"gradient": ["#0b1d3a", "#05070d"], "angle": "90deg"}],
    }
}
EXAMPLE = {"fill": {"gradient": ["#0b1d3a", "#05070d"], "angle": "90deg"}}


def size(params: Mapping[str, Any], limits: tuple[float, float]) -> tuple[float, float]:
    """Return the limits: a fill takes all the room that it is given."""
    del params
    return limits


def draw(
    params: Mapping[str, Any], box: tuple[float, float], frame: int
) -> tuple[Pixels, tuple[int, int]]:
    """Return the paint as RGBA (height, width, 4), straight alpha, and its offset in the box."""
    del frame
    return painted(params["fill"], round(box[0]), round(box[1])), (0, 0)


def smooth(params: Mapping[str, Any]) -> bool:
    """Return whether the paint is a gradient, in whose chroma bands would show."""
    return not isinstance(params["fill"], str)
