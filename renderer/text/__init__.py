"""Text to pixels: markup, fallback faces, bidirectional order, shaping, wrapping, drawing."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from renderer.media.pixels import Pixels
from renderer.text.direction import levels, visual_order
from renderer.text.drawing import padding, picture
from renderer.text.laying import Laid, Placed, Row, lay, wish
from renderer.text.marking import marked
from renderer.text.shaping import Shaper, machine_shaper
from renderer.text.typing import count

__all__ = [
    "Laid",
    "Pixels",
    "Placed",
    "Row",
    "Shaper",
    "draw",
    "layout",
    "letters",
    "levels",
    "machine_shaper",
    "size",
    "visual_order",
]


def layout(
    params: Mapping[str, Any], limits: tuple[float, float], shaper: Shaper | None = None
) -> Laid:
    """Return the text laid out within limits of width and height in pixels, padding included.

    `params` are a text layer's, resolved. `shaper` is the machine's by default.
    """
    room = 2 * padding(params)
    return lay(wish(params, (limits[0] - room, limits[1] - room), shaper))


def size(
    params: Mapping[str, Any], limits: tuple[float, float], shaper: Shaper | None = None
) -> tuple[float, float]:
    """Return width and height in pixels of the box that the text takes within limits."""
    laid, room = layout(params, limits, shaper), 2 * padding(params)
    return ceil(laid.width) + room, ceil(laid.height) + room


def draw(
    params: Mapping[str, Any], box: tuple[float, float], shaper: Shaper | None = None
) -> tuple[Pixels, tuple[int, int]]:
    """Return the text as RGBA uint8 (height, width, 4), straight alpha, and its offset in the box.

    The picture is larger than the box where ink, stroke or shadow reach over it.
    """
    laid = layout(params, box, shaper)
    return (marked if "caption" in params else picture)(laid, params, box)


def letters(params: Mapping[str, Any], box: tuple[float, float]) -> int:
    """Return in how many letters the text is typed; with `typed` so many of them are drawn."""
    return count(layout(params, box))
