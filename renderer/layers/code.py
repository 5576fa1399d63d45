"""Program text in colours, with numbers and marked lines; always read from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any

import numpy as np
from PIL import Image

from renderer.layers._lexing import Stretch, lexed
from renderer.layers._typing import count, typed
from renderer.media.pixels import Pixels, masked, painted, rounded
from renderer.text.plain import Line, Look, ascent, draw_lines, width

WITHIN_MARGINS = True
STYLE = "code"
LETTERS = True
IGNORES = ("align", "italic", "accent", "max_lines", "stroke", "shadow")
_SMALLEST = 0.6
"""How far type shrinks, as a share of its size, before lines are cut."""
_CUT = "…"

PARAMS = {
    "code": {
        "type": "string",
        "minLength": 1,
        "maxLength": 20000,
        "title": "Code",
        "description": "Program text. What does not fit in small type is cut, with `…` in its "
        "place.",
        "examples": ["print('hello')"],
    },
    "language": {
        "$ref": "#/definitions/code_language",
        "title": "Language",
        "description": "The programming language, by a name of Pygments; it is never guessed.",
        "default": "text",
        "examples": ["python", "rust"],
    },
    "highlight": {
        "type": ["array", "string", "integer"],
        "minimum": 1,
        "maximum": 100000,
        "pattern": "^[0-9]{1,5}(\\s?-\\s?[0-9]{1,5})?$",
        "maxItems": 1000,
        "items": {
            "type": ["string", "integer"],
            "minimum": 1,
            "maximum": 100000,
            "pattern": "^[0-9]{1,5}(\\s?-\\s?[0-9]{1,5})?$",
            "x-code": "bad-lines",
            "x-wants": "a line such as `3`, or lines such as `4-6`",
        },
        "title": "Marked lines",
        "description": "Lines to mark, counted from 1: numbers, and stretches such as `4-6`.",
        "examples": [[2, "4-6"], 3],
        "x-code": "bad-lines",
        "x-wants": "a line such as `3`, lines such as `4-6`, or a list of them",
    },
    "numbers": {
        "type": "boolean",
        "title": "Line numbers",
        "description": "Numbers the lines.",
        "default": False,
        "examples": [True],
    },
    "colors": {
        "type": "object",
        "additionalProperties": False,
        "title": "Colours",
        "description": "Colours of the parts of speech; the theme's by default.",
        "default": {},
        "examples": [{"keyword": "#f5a623"}],
        "properties": {
            "keyword": {
                "$ref": "#/definitions/color",
                "title": "Keywords",
                "description": "Colour of keywords.",
                "default": "keyword",
                "examples": ["#f5a623"],
            },
            "string": {
                "$ref": "#/definitions/color",
                "title": "Strings",
                "description": "Colour of quoted text.",
                "default": "string",
                "examples": ["#9fd8a4"],
            },
            "number": {
                "$ref": "#/definitions/color",
                "title": "Numbers",
                "description": "Colour of numbers and constants.",
                "default": "number",
                "examples": ["#f2b8a0"],
            },
            "comment": {
                "$ref": "#/definitions/color",
                "title": "Comments",
                "description": "Colour of comments and of line numbers.",
                "default": "comment",
                "examples": ["#9fadcb"],
            },
            "mark": {
                "$ref": "#/definitions/color",
                "title": "Mark",
                "description": "Colour beside marked lines, and thinly behind them.",
                "default": "accent",
                "examples": ["#f5a623"],
            },
        },
    },
}
EXAMPLE = {"code": "print('hello')", "language": "python", "numbers": True, "highlight": [1]}


@dataclass(frozen=True, slots=True)
class _Page:
    """The program as it is set: what is shown of each line, and the measures in pixels."""

    lines: tuple[tuple[Stretch, ...], ...]
    look: Look
    leading: float
    gutter: float
    padding: float
    wide: float

    @property
    def height(self) -> float:
        """Return the height of the box."""
        return len(self.lines) * self.leading + 2 * self.padding


def size(params: Mapping[str, Any], limits: tuple[float, float]) -> tuple[float, float]:
    """Return the box: all the width that there is, and the height that the lines take."""
    limits = _limited(params, limits)
    return limits[0], float(ceil(min(_page(params, limits).height, limits[1])))


def draw(
    params: Mapping[str, Any], box: tuple[float, float], frame: int
) -> tuple[Pixels, tuple[int, int]]:
    """Return the program as RGBA (height, width, 4), straight alpha, and its offset in the box."""
    del frame
    page = _page(params, (box[0], box[1] + 1))
    if "typed" in params:
        page = replace(page, lines=typed(page.lines, int(params["typed"])))
    sheet = _ground(params, box)
    top = max(0.0, (box[1] - page.height) / 2) + page.padding
    for number in sorted(_marked(params)):
        if number <= len(page.lines):
            _mark(sheet, params, page, top + (number - 1) * page.leading)
    draw_lines(sheet, list(_lines(params, page, top)))
    return np.asarray(sheet), (0, 0)


def letters(params: Mapping[str, Any], box: tuple[float, float]) -> int:
    """Return in how many letters the program is typed."""
    return count(_page(params, (box[0], box[1] + 1)).lines)


def _limited(params: Mapping[str, Any], limits: tuple[float, float]) -> tuple[float, float]:
    wide, high = params.get("max_width"), params.get("max_height")
    return min(limits[0], wide or limits[0]), min(limits[1], high or limits[1])


def _page(params: Mapping[str, Any], limits: tuple[float, float]) -> _Page:
    """Return the program as large as it fits, cut where even the smallest type does not."""
    lines = lexed(str(params["code"]), str(params.get("language", "text")))
    full = _set(params, lines, float(params["size"]), limits[0])
    room = limits[0] - 2 * full.padding, limits[1] - 2 * full.padding
    if params.get("fit") == "none":
        return full
    most = max((_width(line, full.look) for line in lines), default=0) + full.gutter
    shares = room[0] / max(most, 1), room[1] / (len(lines) * full.leading)
    share = max(_SMALLEST, min(1.0, *shares))
    page = _set(params, lines, full.look.size * share, limits[0])
    return _cut(page, room[1])


def _set(
    params: Mapping[str, Any], lines: tuple[tuple[Stretch, ...], ...], size: float, wide: float
) -> _Page:
    font = tuple(f if isinstance(f, str) else (f["file"], f["sha256"]) for f in params["font"])
    look = Look(font, size, params.get("weight") == "bold", str(params.get("lang", "en")))
    gutter = width(f"{len(lines)}  ", look) if params.get("numbers") else 0.0
    gutter = gutter or (0.9 * size if _marked(params) else 0.0)
    padding = float((params.get("background") or {}).get("padding", 0))
    return _Page(lines, look, float(params.get("line_height") or 1.4) * size, gutter, padding, wide)


def _cut(page: _Page, high: float) -> _Page:
    """Return the page with what is too wide or too much cut, `…` in its place."""
    room = page.wide - 2 * page.padding - page.gutter + 1
    lines = tuple(_shortened(line, room, page.look) for line in page.lines)
    fitting = max(1, floor((high + 1) / page.leading))
    if len(lines) > fitting:
        lines = (*lines[: fitting - 1], (("comment", _CUT),))
    return replace(page, lines=lines)


def _shortened(line: tuple[Stretch, ...], room: float, look: Look) -> tuple[Stretch, ...]:
    if _width(line, look) <= room:
        return line
    kept: list[Stretch] = []
    left = room - width(_CUT, look)
    for kind, text in line:
        needed = width(text, look)
        if needed > left:
            share = max(0, floor(len(text) * left / needed))
            return (*kept, (kind, text[:share]), ("comment", _CUT))
        kept.append((kind, text))
        left -= needed
    return tuple(kept)


def _width(line: Sequence[Stretch], look: Look) -> float:
    return sum(width(text, look) for _, text in line)


def _marked(params: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the marked lines."""
    written = params.get("highlight") or []
    found: set[int] = set()
    for each in written if isinstance(written, list) else [written]:
        ends = [int(end) for end in re.findall(r"\d+", str(each))]
        found |= set(range(ends[0], ends[-1] + 1))
    return found


def _lines(params: Mapping[str, Any], page: _Page, top: float) -> Iterator[Line]:
    """Yield every stretch where it stands, and the numbers of the lines."""
    colors = {"plain": params["color"], **params.get("colors", {})}
    above, below = ascent(page.look)
    first = top + (page.leading - above - below) / 2 + above
    for index, line in enumerate(page.lines):
        baseline, x = first + index * page.leading, page.padding + page.gutter
        if params.get("numbers"):
            number = str(index + 1).rjust(len(str(len(page.lines))))
            yield Line(number, page.look, page.padding, baseline, colors["comment"])
        for kind, text in line:
            yield Line(text, page.look, x, baseline, colors[kind])
            x += width(text, page.look)


def _ground(params: Mapping[str, Any], box: tuple[float, float]) -> Image.Image:
    """Return the box with its background, clear where it has none."""
    wide, high = max(1, round(box[0])), max(1, round(box[1]))
    background = params.get("background")
    if not background:
        return Image.new("RGBA", (wide, high))
    shape = painted(background["color"], wide, high)
    return Image.fromarray(masked(shape, rounded(wide, high, float(background["radius"]))))


def _mark(sheet: Image.Image, params: Mapping[str, Any], page: _Page, top: float) -> None:
    """Lay a thin tint behind a line, and a bar at its left."""
    color, high = str(params["colors"]["mark"]), ceil(page.leading)
    left = round(page.padding / 3)
    tint = Image.new("RGBA", (sheet.width - 2 * left, high), f"{color[:7]}24")
    sheet.alpha_composite(tint, (left, max(0, round(top))))
    bar = Image.new("RGBA", (max(2, round(page.look.size * 0.16)), high), color)
    sheet.alpha_composite(bar, (left, max(0, round(top))))
