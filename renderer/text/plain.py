"""Single lines without markup, wrapping or shrinking, each of its own colour, on one picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageColor

from renderer.fonts import Family
from renderer.text.direction import visual_order
from renderer.text.runs import paragraphs, stretches
from renderer.text.shaping import Run, advance, machine_shaper, metrics, write


@dataclass(frozen=True, slots=True)
class Look:
    """How a line is set: its families, its size in pixels, and whether it is bold."""

    font: tuple[Family, ...]
    size: float
    bold: bool = False
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Line:
    """A line: where its origin stands on the picture, and its colour as `#rrggbbaa`."""

    text: str
    look: Look
    x: float
    baseline: float
    color: str


@lru_cache(maxsize=4096)
def _runs(text: str, look: Look) -> tuple[Run, ...]:
    """Return the runs of a line, which is read from left to right, from its left end on."""
    escaped = re.sub(r"[*`\\]", r"\\\g<0>", text)
    weight = "bold" if look.bold else "regular"
    told = paragraphs(escaped, look.font, weight, False, False, look.lang)[0]
    found = stretches(told, 0, len(told.text))
    return tuple(
        Run(part.text, part.face, look.size, bool(part.level % 2), look.lang, machine_shaper())
        for part in (found[index] for index in visual_order([one.level for one in found]))
    )


def width(text: str, look: Look) -> float:
    """Return how far a line reaches, in pixels."""
    return sum(map(advance, _runs(text, look)))


def ascent(look: Look) -> tuple[float, float]:
    """Return the ascent and the descent of a look's first face in pixels, both positive."""
    runs = _runs("0", look)
    return metrics(runs[0].face, look.size)


def draw_lines(sheet: Image.Image, lines: Sequence[Line]) -> None:
    """Draw lines on an RGBA picture."""
    for color in dict.fromkeys(line.color for line in lines):
        mask = Image.new("L", sheet.size)
        for line in lines:
            if line.color == color:
                _draw(mask, line)
        sheet.alpha_composite(_tinted(mask, color))


def _draw(mask: Image.Image, line: Line) -> None:
    x = line.x
    for run in _runs(line.text, line.look):
        write(mask, (round(x), round(line.baseline)), run)
        x += advance(run)


def _tinted(mask: Image.Image, color: str) -> Image.Image:
    """Return a colour seen through a mask; the colour's own alpha counts too."""
    red, green, blue, alpha = ImageColor.getcolor(color, "RGBA")  # type: ignore[misc]
    done = Image.new("RGBA", mask.size, (red, green, blue))
    done.putalpha(mask.point([value * alpha // 255 for value in range(256)]))
    return done
