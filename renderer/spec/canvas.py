"""What expressions know of the picture: its size, its direction, where text begins and ends."""

from __future__ import annotations

from typing import Any

MARGIN = 0.08
"""Least free space beside text, as a share of the canvas's shorter side."""

COLUMN = 1 / 16
"""Least free space beside text, as a share of the canvas's width: it keeps 90 % of it safe."""


def canvas(size: tuple[int, int], rtl: bool) -> dict[str, Any]:
    """Return the entries of `canvas` by name; lengths are in pixels.

    `start` and `end` are where text begins and ends across, `room` the width between them,
    `forward` is 1, or −1 where reading goes to the left, and `unit` is 1 % as type is measured.
    """
    width, height = size
    edge = round(max(MARGIN * min(size), COLUMN * width), 3)
    start, end = (width - edge, edge) if rtl else (edge, width - edge)
    shape = {"width": width, "height": height, "portrait": height > width, "rtl": rtl}
    lines = {"start": start, "end": end, "room": width - 2 * edge, "forward": -1 if rtl else 1}
    return {**shape, **lines, "unit": (width if height > width else height) / 100}
