"""What expressions know of the picture: its size, its direction, where text begins and ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renderer.nouns import CAPTIONS_EDGE, Captions, is_rtl
from renderer.spec.styles import ARABIC_SIZE, is_arabic

MARGIN = 0.08
"""Least free space beside text, as a share of the canvas's shorter side."""

COLUMN = 1 / 16
"""Least free space beside text, as a share of the canvas's width: it keeps 90 % of it safe."""

WIDE = 1.3
"""Width of a canvas that has room for two columns, in heights."""


FLOOR = 0.82
"""The lowest place that content reaches to, as a share of the canvas's height."""

_HIGHEST_FLOOR = 0.6
"""The same where captions are very high: content needs some room too."""

_CLEAR = 1.6
"""Free space over captions, in `unit`."""


def canvas(size: tuple[int, int], lang: str) -> dict[str, Any]:
    """Return the entries of `canvas` by name; lengths are in pixels.

    `start` and `end` are where text begins and ends across, `room` the width between them,
    `forward` is 1, or −1 where reading goes to the left, `unit` is 1 % as type is measured,
    `type` is how much larger than Latin type the film's is set, `narrow` says that two columns
    have no room beside each other, and `floor` is the lowest place of what a template shows.
    """
    (width, height), rtl = size, is_rtl(lang)
    edge = round(max(MARGIN * min(size), COLUMN * width), 3)
    start, end = (width - edge, edge) if rtl else (edge, width - edge)
    shape = {"width": width, "height": height, "portrait": height > width, "rtl": rtl}
    shape["narrow"] = width < WIDE * height
    lines = {"start": start, "end": end, "room": width - 2 * edge, "forward": -1 if rtl else 1}
    unit = (width if height > width else height) / 100
    type_ = {"unit": unit, "type": ARABIC_SIZE if is_arabic(lang) else 1}
    return {**shape, **lines, **type_, "floor": round(FLOOR * height, 3)}


def clear_of(captions: Captions, canvas: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries of `canvas` in a scene with captions: `floor` is over their box."""
    look = captions.look.params if captions.look else {}
    lacking = not {"size", "line_height"} <= look.keys()  # of a style that there is not
    if captions.mode == "off" or lacking or "bottom" not in captions.position:
        return dict(canvas)
    high = captions.max_lines * float(look["size"]) * float(look["line_height"])
    room = float((look.get("background") or {}).get("padding", 0))
    top = canvas["height"] * (1 - CAPTIONS_EDGE) - high - room - _CLEAR * canvas["unit"]
    floor = max(_HIGHEST_FLOOR * canvas["height"], min(canvas["floor"], top))
    return {**canvas, "floor": round(floor, 3)}
