"""A window that drifts over a picture: how large it is and where it lies, from frame to frame.

Sizes are those of the picture fitted to its box at 100 %; shares of the free play are 0–1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renderer.media.pixels import Pixels, rounded

_NAMED = {"start": 0.0, "end": 1.0, "top": 0.0, "bottom": 1.0}
_LEAST = 0.9
"""The smallest zoom; one that goes on at its speed beyond its scene may fall below 1."""

Part = tuple[float, float, float, float]
"""Left, top, width and height."""


def drifts(params: Mapping[str, Any]) -> bool:
    """Return whether a picture is seen through a window: one that zooms or pans."""
    return bool(params.get("zoom") or params.get("pan"))


def zooms(params: Mapping[str, Any]) -> tuple[float, float]:
    """Return the zoom at first and at last, 1 for none."""
    first, last = params.get("zoom") or (1.0, 1.0)
    return float(first), float(last)


def window(
    params: Mapping[str, Any], fitted: tuple[float, float], box: tuple[float, float], frame: int
) -> Part:
    """Return the part of the fitted picture that its box shows in a frame of the scene."""
    share = frame / max(1, int(params.get("frames", 1)))
    first, last = zooms(params)
    zoom = max(_LEAST, first + (last - first) * share)
    width, height = box[0] / zoom, box[1] / zoom
    one, two = (_point(params, end) for end in params.get("pan") or ("center", "center"))
    x, y = (a + (b - a) * share for a, b in zip(one, two, strict=True))
    return x * (fitted[0] - width), y * (fitted[1] - height), width, height


def _point(params: Mapping[str, Any], end: Any) -> tuple[float, float]:
    """Return a place as shares of the free play."""
    if not isinstance(end, str):
        return float(end[0]), float(end[1])
    parts = end.split("-")
    across = next((_NAMED[part] for part in parts if part in ("start", "end")), 0.5)
    down = next((_NAMED[part] for part in parts if part in ("top", "bottom")), 0.5)
    return (1 - across if params.get("direction") == "rtl" else across), down


def mask(params: Mapping[str, Any], box: tuple[float, float]) -> Pixels | None:
    """Return which part of its box a picture is seen in, None for all of it."""
    radius = float(params.get("radius", 0))
    return rounded(max(1, round(box[0])), max(1, round(box[1])), radius) if radius else None


def under(text: Part, ends: tuple[Part, Part], box: tuple[float, float]) -> Part:
    """Return what a text of the box lies on while its window drifts from one part to another."""
    edges = [
        (
            x + text[0] * width / box[0],
            y + text[1] * height / box[1],
            x + (text[0] + text[2]) * width / box[0],
            y + (text[1] + text[3]) * height / box[1],
        )
        for x, y, width, height in ends
    ]
    left, top = (min(edge[side] for edge in edges) for side in (0, 1))
    right, bottom = (max(edge[side] for edge in edges) for side in (2, 3))
    return left, top, right - left, bottom - top
