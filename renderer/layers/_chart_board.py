"""The sheet that a chart is drawn on, from its start side on: mirrored where reading goes left."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf
from typing import Any

import numpy as np
from PIL import Image

from renderer import text
from renderer.media.pixels import Pixels, rgba

SMALLEST = 0.6
"""How far labels shrink, as a share of their size, before some are left out."""

Mask = Pixels


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the sheet in pixels; `left` and `right` count from where reading begins."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the width, at least one pixel."""
        return max(1.0, self.right - self.left)

    @property
    def height(self) -> float:
        """Return the height, at least one pixel."""
        return max(1.0, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Label:
    """How a text is set: its size, the width and lines it may take, weight, opacity."""

    size: float
    room: float = inf
    lines: int = 1
    bold: bool = False
    opacity: float = 1.0
    align: str = "start"


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """A clear sheet, and the chart's parameters; `grown` is how much of the chart is there, 0–1."""

    sheet: Image.Image
    params: Mapping[str, Any]
    grown: float

    @property
    def type(self) -> float:
        """Return the size of the labels' type in pixels."""
        return 0.72 * float(self.params["size"])

    @property
    def rtl(self) -> bool:
        """Return whether the chart is read from right to left."""
        return self.params.get("direction") == "rtl"

    @property
    def lang(self) -> str:
        """Return the language of the numbers."""
        return str(self.params.get("lang", "en"))

    def color(self, index: int) -> str:
        """Return the colour of a column or a slice; colours begin again after the last."""
        colors: Sequence[str] = self.params["colors"]
        return colors[index % len(colors)]

    def measure(self, written: str, label: Label) -> tuple[float, float]:
        """Return the width and height that a text takes."""
        return text.size(self._asked(written, label), (label.room, inf))

    def fitted(self, texts: Sequence[str], label: Label) -> float | None:
        """Return the size at which all of some texts fit, no word broken; None where none does."""
        room, least = (label.room, inf), label.size
        for written in filter(str.strip, texts):
            words = (self.measure(word, replace(label, room=inf))[0] for word in written.split())
            laid = text.layout(self._asked(written, label), room)
            least = min(least, laid.size, label.size * label.room / max(1.0, *words))
        return least if least >= SMALLEST * label.size else None

    def write(
        self, written: str, label: Label, at: tuple[float, float], anchor: tuple[float, float]
    ) -> None:
        """Write a text whose point `anchor`, shares of its box from its start, stands at `at`."""
        if not written.strip() or label.opacity <= 0:
            return
        asked = self._asked(written, label)
        width, height = text.size(asked, (label.room, inf))
        left = at[0] - anchor[0] * width
        left = self.sheet.width - left - width if self.rtl else left
        pixels, offset = text.draw(asked, (width, height))
        corner = round(left) + offset[0], round(at[1] - anchor[1] * height) + offset[1]
        self._compose(Image.fromarray(pixels), corner)

    def lay(self, mask: Mask, left: int, top: int, color: str, opacity: float = 1.0) -> None:
        """Lay a colour through a mask that begins at a pixel from the start side."""
        red, green, blue, alpha = rgba(color)
        if self.rtl:
            mask, left = mask[:, ::-1], self.sheet.width - left - mask.shape[1]
        share = alpha / 255 * opacity
        done = np.empty((*mask.shape, 4), np.uint8)
        done[..., :3] = red, green, blue
        done[..., 3] = np.asarray(mask * share + 0.5, np.uint8)
        self._compose(Image.fromarray(done), (left, top))

    def _compose(self, picture: Image.Image, at: tuple[int, int]) -> None:
        """Lay a picture over the sheet, as far as it lies on it."""
        cut = max(0, -at[0]), max(0, -at[1])
        if cut[0] < picture.width and cut[1] < picture.height:
            corner = at[0] + cut[0], at[1] + cut[1]
            if corner[0] < self.sheet.width and corner[1] < self.sheet.height:
                self.sheet.alpha_composite(picture, corner, cut)

    def _asked(self, written: str, label: Label) -> dict[str, Any]:
        """Return the parameters of a text that is set as a label; nothing in it is markup."""
        keys = ("font", "lang", "direction", "line_height")
        kept = {key: self.params[key] for key in keys if key in self.params}
        red, green, blue, alpha = rgba(str(self.params["color"]))
        color = f"#{red:02x}{green:02x}{blue:02x}{round(alpha * label.opacity):02x}"
        more: dict[str, Any] = {"size": label.size, "color": color, "align": label.align}
        more |= {"weight": "bold" if label.bold else "regular", "max_lines": label.lines}
        return {**kept, **more, "text": re.sub(r"[*`\\]", r"\\\g<0>", written)}


def box_mask(room: Room, radius: float = 0.0) -> tuple[Mask, int, int]:
    """Return the mask of a box with rounded corners and the pixel where it begins.

    Its edges may lie between pixels: the value is the distance to the edge, cut to ±½ pixel.
    """
    left, top = int(room.left) - 1, int(room.top) - 1
    wide, high = ceil(room.right) + 1 - left, ceil(room.bottom) + 1 - top
    half = (room.right - room.left) / 2, (room.bottom - room.top) / 2
    radius = min(radius, *half)
    x = np.abs(np.arange(wide) + 0.5 + left - room.left - half[0]) - (half[0] - radius)
    y = np.abs(np.arange(high) + 0.5 + top - room.top - half[1]) - (half[1] - radius)
    outside = np.hypot(np.maximum(x, 0)[None, :], np.maximum(y, 0)[:, None])
    inside = np.minimum(np.maximum(x[None, :], y[:, None]), 0)
    mask = np.clip(0.5 - (outside + inside - radius), 0, 1)
    return np.asarray(mask * 255 + 0.5, np.uint8), left, top


def clipped(mask: Mask, left: int, top: int, room: Room) -> tuple[Mask, int, int]:
    """Return the part of a mask that lies in a room of whole pixels, and where that begins."""
    first = max(0, round(room.left) - left), max(0, round(room.top) - top)
    last = max(first[0], round(room.right) - left), max(first[1], round(room.bottom) - top)
    return mask[first[1] : last[1], first[0] : last[0]], left + first[0], top + first[1]


def spread(places: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """Return places moved apart so that neighbours are `room` apart, within low and high if so.

    Their order stays. Where they do not all fit they stand evenly.
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    room = min(room, (high - low) / max(1, len(places) - 1))
    done = list(places)
    for number, index in enumerate(order):
        least = low if number == 0 else done[order[number - 1]] + room
        done[index] = max(done[index], least)
    for number, index in enumerate(reversed(order)):
        most = high if number == 0 else done[order[-number]] - room
        done[index] = min(done[index], most)
    return done
