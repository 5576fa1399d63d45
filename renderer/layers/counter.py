"""A number that counts from one value to another, in the digits of the film's language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, inf
from typing import Any

import numpy as np
from PIL import Image

from renderer import text
from renderer.layers._counting import Piece, pieces
from renderer.media.pixels import Pixels, masked, painted, rounded
from renderer.motion import eased
from renderer.numerals import figure, number

WITHIN_MARGINS = True
STYLE = "stat"
IGNORES = ("max_lines",)
MOVES = "over"
_SPACE = 0.26
"""Width of a space, in type sizes."""
_ALIGN = {"start": 0.0, "center": 0.5, "end": 1.0}

PARAMS = {
    "counter": {
        "type": "string",
        "pattern": "\\{\\}",
        "maxLength": 200,
        "title": "Counter",
        "description": "What is written; the number stands at `{}`.",
        "examples": ["{}", "+{}"],
    },
    "from": {
        "type": "number",
        "minimum": -1e15,
        "maximum": 1e15,
        "title": "From",
        "description": "The number that it begins with.",
        "default": 0,
        "examples": [0],
    },
    "to": {
        "$ref": "#/definitions/figure",
        "x-required": True,
        "title": "To",
        "description": "The number that it reaches and keeps; it has as many decimal places as "
        "the two are written with. Written as a text it keeps its own digits and signs.",
        "examples": [1600, 1.6, "1.60", "٩٥"],
    },
    "over": {
        "$ref": "#/definitions/time",
        "title": "Length",
        "description": "How long it counts from when it comes; fast at first.",
        "default": "1.5s",
        "examples": ["2s"],
    },
    "unit": {
        "type": "string",
        "maxLength": 40,
        "title": "Unit",
        "description": "What is counted, written after the number.",
        "default": "",
        "examples": ["GW"],
    },
}
EXAMPLE = {"counter": "{}", "to": 1600, "unit": "GW"}


def size(params: Mapping[str, Any], limits: tuple[float, float]) -> tuple[float, float]:
    """Return the width and height in pixels that the widest of its two ends takes."""
    room, scale = 2 * _padding(params), _scale(params, limits)
    return ceil(_width(params) * scale) + room, ceil(_height(params) * scale) + room


def state(params: Mapping[str, Any], frame: int) -> str:
    """Return what is written in the frame, counted from where it begins to count."""
    frames = int(params.get("frames", 0))
    return _written(params, eased("out", frame / frames) if frames else 1.0)


def draw(
    params: Mapping[str, Any], box: tuple[float, float], frame: int
) -> tuple[Pixels, tuple[int, int]]:
    """Return the number as RGBA (height, width, 4), straight alpha, and its offset in the box.

    Each digit stands in the middle of a place as wide as the widest, and the number at the end of
    a place as wide as its widest end, so that nothing moves anything else.
    """
    margin = ceil(params["size"])
    sheet = Image.new("RGBA", (round(box[0]) + 2 * margin, round(box[1]) + 2 * margin))
    _lay_background(sheet, params, box, margin)
    sized = {**params, "size": params["size"] * _scale(params, box)}
    shown = [Piece(sign) for sign in state(params, frame)]
    around = pieces(*_around(params), _written(params, 1.0), _rtl(params))
    free = _number(sized) - _taken(sized, shown)
    x = margin + _left(sized, box, _width(sized))
    for place in around:
        x += free if place is None else 0.0
        for piece in shown if place is None else [place]:
            _write(sheet, sized, piece, x, margin + _padding(params))
            x += _advance(sized, piece)
    return np.asarray(sheet), (-margin, -margin)


def _written(params: Mapping[str, Any], share: float) -> str:
    """Return the number at a share of the way."""
    last = params["to"]
    first, found = Fraction(repr(params["from"])), None
    if isinstance(last, str):
        found = figure(last)
        last = found.value if found else 0
    value = first + (Fraction(str(last)) - first) * Fraction(share)
    if found and value >= 0:
        return found.like(value)
    places = max(_places(float(end)) for end in (params["from"], last))
    return number(value, places, str(params.get("lang", "en")))


def _places(value: float) -> int:
    """Return how many decimal places a number is written with."""
    return len(f"{value:.12f}".rstrip("0").partition(".")[2])


def _around(params: Mapping[str, Any]) -> tuple[str, str]:
    """Return what is written before and after the number."""
    before, _, after = str(params["counter"]).partition("{}")
    return before, after + (f" {params['unit']}" if params.get("unit") else "")


def _rtl(params: Mapping[str, Any]) -> bool:
    return params.get("direction") == "rtl"


def _width(params: Mapping[str, Any]) -> float:
    """Return the width of what stands around the number, and of the wider of the number's ends."""
    around = pieces(*_around(params), _written(params, 1.0), _rtl(params))
    return _number(params) + _taken(params, [piece for piece in around if piece])


def _number(params: Mapping[str, Any]) -> float:
    return max(_taken(params, map(Piece, _written(params, share))) for share in (0.0, 1.0))


def _taken(params: Mapping[str, Any], found: Iterable[Piece]) -> float:
    return sum(_advance(params, piece) for piece in found)


def _advance(params: Mapping[str, Any], piece: Piece) -> float:
    """Return the width of a piece with its spaces; all digits have the same."""
    if piece.text.isdecimal():
        zero = ord(piece.text) - unicodedata.decimal(piece.text)
        return max(_natural(params, chr(zero + value)) for value in range(10))
    spaces = (piece.left + piece.right) * _SPACE * float(params["size"])
    return _natural(params, piece.text) + spaces


def _natural(params: Mapping[str, Any], piece: str) -> float:
    return text.size(_plain(params, piece), (inf, inf))[0] if piece else 0.0


def _height(params: Mapping[str, Any]) -> float:
    return text.size(_plain(params, "0"), (inf, inf))[1]


def _plain(params: Mapping[str, Any], piece: str) -> dict[str, Any]:
    """Return the parameters of a text that is one piece, whole, without the box around all."""
    without = ("background", "max_width", "max_height", "max_lines")
    kept = {key: value for key, value in params.items() if key not in without}
    return {**kept, "text": piece, "fit": "none", "align": "start"}


def _scale(params: Mapping[str, Any], limits: tuple[float, float]) -> float:
    """Return by how much the type is made smaller so that both its ends fit the limits."""
    if params.get("fit") == "none":
        return 1.0
    room = 2 * _padding(params)
    wide = min(float(params.get("max_width") or inf), limits[0]) - room
    high = min(float(params.get("max_height") or inf), limits[1]) - room
    needed = max(_width(params), 1.0)
    return max(0.05, min(1.0, (wide + 1) / needed, (high + 1) / _height(params)))


def _padding(params: Mapping[str, Any]) -> float:
    return float((params.get("background") or {}).get("padding", 0))


def _left(params: Mapping[str, Any], box: tuple[float, float], width: float) -> float:
    """Return where the first piece begins in the box."""
    share = _ALIGN[str(params.get("align", "start"))]
    side = 1 - share if _rtl(params) else share
    return _padding(params) + (box[0] - 2 * _padding(params) - width) * side


def _lay_background(
    sheet: Image.Image, params: Mapping[str, Any], box: tuple[float, float], margin: int
) -> None:
    background = params.get("background")
    if background:
        width, height = max(1, round(box[0])), max(1, round(box[1]))
        mask = rounded(width, height, float(background["radius"]))
        shape = masked(painted(background["color"], width, height), mask)
        sheet.alpha_composite(Image.fromarray(shape), (margin, margin))


def _write(sheet: Image.Image, params: Mapping[str, Any], piece: Piece, x: float, y: float) -> None:
    """Draw a piece in the middle of its place."""
    if not piece.text:
        return
    asked = _plain(params, piece.text)
    width, height = text.size(asked, (inf, inf))
    indent = (_advance(params, piece) - width) / 2 if piece.text.isdecimal() else 0.0
    lead = _SPACE * float(params["size"]) * piece.left
    pixels, offset = text.draw(asked, (width, height))
    at = (max(0, round(x + indent + lead) + offset[0]), max(0, round(y) + offset[1]))
    sheet.alpha_composite(Image.fromarray(pixels), at)
