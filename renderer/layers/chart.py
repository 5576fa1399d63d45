"""Numbers as bars, as lines or as a pie, in the digits and the direction of the film's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PIL import Image

from renderer.layers import _chart_bars, _chart_lines, _chart_pie
from renderer.layers._chart_board import Board, Room
from renderer.layers._chart_grid import head, key
from renderer.media.pixels import Pixels

WITHIN_MARGINS = True
STYLE = "body"
IGNORES = (
    "align",
    "weight",
    "italic",
    "accent",
    "max_width",
    "max_height",
    "max_lines",
    "fit",
    "stroke",
    "shadow",
    "background",
)
MOVES = "over"

PARAMS = {
    "chart": {
        "enum": ["bar", "line", "pie"],
        "title": "Chart",
        "description": "The kind of chart. Bars with long names lie; lines stand at their numbers "
        "where the names are numbers that rise; a pie shows shares of a whole.",
        "examples": ["bar", "line"],
    },
    "data": {
        "$ref": "#/definitions/rows",
        "x-required": True,
        "title": "Data",
        "description": "Rows: a name from the film's `data`, a .csv or .json file, or written "
        "here. A value that is missing is left out.",
        "examples": ["data/solar.csv", [{"year": 2020, "gw": 710}, {"year": 2024, "gw": 1870}]],
    },
    "x": {
        "type": "string",
        "maxLength": 100,
        "title": "Names",
        "description": "Column of the names; the first one without it.",
        "examples": ["year"],
    },
    "y": {
        "type": ["string", "array"],
        "items": {"type": "string"},
        "minItems": 1,
        "maxLength": 100,
        "title": "Values",
        "description": "Column of the values, or up to six of them; the first other one that "
        "holds numbers without it.",
        "examples": ["gw", ["solar", "wind"]],
    },
    "title": {
        "type": "string",
        "maxLength": 200,
        "title": "Title",
        "description": "Written over the chart.",
        "default": "",
        "examples": ["Solar power in the world"],
    },
    "unit": {
        "type": "string",
        "maxLength": 40,
        "title": "Unit",
        "description": "Unit of the values.",
        "default": "",
        "examples": ["GW", "%"],
    },
    "over": {
        "$ref": "#/definitions/time",
        "title": "Length",
        "description": "How long it grows from when it comes.",
        "default": "1.2s",
        "examples": ["2s"],
    },
    "colors": {
        "type": "array",
        "items": {"$ref": "#/definitions/color"},
        "minItems": 1,
        "maxItems": 12,
        "title": "Colours",
        "description": "Colours of the columns, or of a pie's slices; by default those of the "
        "theme, which colour-blind eyes can tell apart.",
        "default": ["chart_a", "chart_b", "chart_c", "chart_d", "chart_e", "chart_f"],
        "examples": [["accent", "#56b4e9"]],
    },
}
EXAMPLE = {
    "chart": "bar",
    "data": [{"year": 2020, "gw": 710}, {"year": 2024, "gw": 1870}],
    "unit": "GW",
}

_KINDS = {"bar": _chart_bars.draw, "line": _chart_lines.draw, "pie": _chart_pie.draw}
_STEPS = 10_000


def size(params: Mapping[str, Any], limits: tuple[float, float]) -> tuple[float, float]:
    """Return the limits: a chart takes all the room that it is given."""
    del params
    return limits


def state(params: Mapping[str, Any], frame: int) -> float:
    """Return how much of the time in which it grows is over, 0–1."""
    frames = int(params.get("frames", 0))
    return round(min(1.0, frame / frames) * _STEPS) / _STEPS if frames else 1.0


def draw(
    params: Mapping[str, Any], box: tuple[float, float], frame: int
) -> tuple[Pixels, tuple[int, int]]:
    """Return the chart as RGBA (height, width, 4), straight alpha, and its offset in the box."""
    sheet = Image.new("RGBA", (max(1, round(box[0])), max(1, round(box[1]))))
    board = Board(sheet, params, state(params, frame))
    room = head(board, Room(0, 0, sheet.width, sheet.height))
    kind = str(params["chart"])
    _KINDS[kind](board, key(board, room) if kind == "bar" else room)
    return np.asarray(sheet), (0, 0)
