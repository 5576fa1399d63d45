"""What expressions know of the picture: its size, its direction, where text begins and ends."""

from __future__ import annotations

from typing import Any

from renderer.nouns import is_rtl
from renderer.spec.styles import ARABIC_SIZE, is_arabic

MARGIN = 0.08
"""Least free space beside text, as a share of the canvas's shorter side."""

COLUMN = 1 / 16
"""Least free space beside text, as a share of the canvas's width: it keeps 90 % of it safe."""

WIDE = 1.3
"""Width of a canvas that has room for two columns, in heights."""


def canvas(size: tuple[int, int], lang: str) -> dict[str, Any]:
    """Return the entries of `canvas` by name; lengths are in pixels.

    `start` and `end` are where text begins and ends across, `room` the width between them,
    `forward` is 1, or −1 where reading goes to the left, `unit` is 1 % as type is measured,
    `type` is how much larger than Latin type the film's is set, and `narrow` says that two columns
    have no room beside each other.
    """
    (width, height), rtl = size, is_rtl(lang)
    edge = round(max(MARGIN * min(size), COLUMN * width), 3)
    start, end = (width - edge, edge) if rtl else (edge, width - edge)
    shape = {"width": width, "height": height, "portrait": height > width, "rtl": rtl}
    shape["narrow"] = width < WIDE * height
    lines = {"start": start, "end": end, "room": width - 2 * edge, "forward": -1 if rtl else 1}
    unit = (width if height > width else height) / 100
    return {**shape, **lines, "unit": unit, "type": ARABIC_SIZE if is_arabic(lang) else 1}
