"""Text: wrapped, shaped, in any mix of directions, with light inline markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renderer import text
from renderer.media.pixels import Pixels

WITHIN_MARGINS = True
STYLE = "body"
LETTERS = True

PARAMS = {
    "text": {
        "type": "string",
        "title": "Text",
        "description": "What is written. `**strong**`, `*emphasis*` and `` `code` `` are markup; "
        "line breaks are kept.",
        "examples": ["Solar power", "One **bold** word"],
    },
    "font": {
        "type": ["string", "array"],
        "items": {"type": "string"},
        "minItems": 1,
        "title": "Fonts",
        "description": "Families in order of preference; what one lacks comes from the next.",
        "default": ["FiraGO"],
        "examples": [["FiraGO"], ["Noto Sans"]],
    },
    "size": {
        "$ref": "#/definitions/length_type",
        "title": "Type size",
        "description": "Size of the type: pixels, or % of the canvas height (of the width where "
        "the canvas is taller than wide).",
        "default": "4.8%",
        "examples": ["9%", 64],
    },
    "weight": {
        "enum": ["regular", "bold"],
        "title": "Weight",
        "description": "Weight of the type; each weight is a face of its own.",
        "default": "regular",
        "examples": ["bold"],
    },
    "italic": {
        "type": "boolean",
        "title": "Italic",
        "description": "Slanted type, where the script has it; Arabic stays upright.",
        "default": False,
        "examples": [True],
    },
    "color": {
        "$ref": "#/definitions/color",
        "title": "Colour",
        "description": "Colour of the type.",
        "default": "#ffffff",
        "examples": ["#f5a623"],
    },
    "accent": {
        "$ref": "#/definitions/color",
        "title": "Accent",
        "description": "Colour of `**strong**` words; without it that of the others.",
        "examples": ["#f5a623"],
    },
    "align": {
        "enum": ["start", "center", "end"],
        "title": "Alignment",
        "description": "Where the lines stand in the box; start and end follow the language.",
        "default": "start",
        "examples": ["center"],
    },
    "line_height": {
        "type": "number",
        "minimum": 0.5,
        "maximum": 4,
        "title": "Line height",
        "description": "Distance of the lines as a multiple of the size. Without it 1.2, and "
        "1.55 for Arabic script, whose marks need the room.",
        "examples": [1.4],
    },
    "max_width": {
        "$ref": "#/definitions/length_x",
        "title": "Greatest width",
        "description": "Lines are wrapped to this width; the canvas within its margins by default.",
        "examples": ["80%"],
    },
    "max_height": {
        "$ref": "#/definitions/length_y",
        "title": "Greatest height",
        "description": "Height that the text must not exceed where `fit` is `shrink`.",
        "examples": ["50%"],
    },
    "max_lines": {
        "type": "integer",
        "minimum": 1,
        "maximum": 1000,
        "title": "Greatest number of lines",
        "description": "Number of lines that the text must not exceed where `fit` is `shrink`.",
        "examples": [2],
    },
    "fit": {
        "enum": ["shrink", "none"],
        "title": "Fit",
        "description": "`shrink` makes the type smaller until the text fits its limits.",
        "default": "shrink",
        "examples": ["none"],
    },
    "stroke": {
        "type": "object",
        "additionalProperties": False,
        "title": "Stroke",
        "description": "An outline around the letters.",
        "examples": [{"color": "#000000", "width": "0.3%"}],
        "properties": {
            "color": {
                "$ref": "#/definitions/color",
                "title": "Stroke colour",
                "description": "Colour of the outline.",
                "default": "#000000",
                "examples": ["#000000"],
            },
            "width": {
                "$ref": "#/definitions/length_type",
                "title": "Stroke width",
                "description": "How far the outline reaches beyond the letters.",
                "default": "0.3%",
                "examples": ["0.3%", 4],
            },
        },
    },
    "shadow": {
        "type": "object",
        "additionalProperties": False,
        "title": "Shadow",
        "description": "A soft shadow behind the letters.",
        "examples": [{"color": "#00000099", "blur": "0.6%"}],
        "properties": {
            "color": {
                "$ref": "#/definitions/color",
                "title": "Shadow colour",
                "description": "Colour of the shadow.",
                "default": "#00000099",
                "examples": ["#00000099"],
            },
            "blur": {
                "$ref": "#/definitions/length_type",
                "title": "Blur",
                "description": "Radius of the blur.",
                "default": "0.5%",
                "examples": ["0.5%", 8],
            },
            "offset": {
                "$ref": "#/definitions/length_type",
                "title": "Offset",
                "description": "How far the shadow falls below the letters.",
                "default": "0.3%",
                "examples": ["0.3%", 4],
            },
        },
    },
    "background": {
        "type": "object",
        "additionalProperties": False,
        "title": "Background",
        "description": "A box behind the text.",
        "examples": [{"color": "#000000b0", "padding": "1.5%", "radius": "1%"}],
        "properties": {
            "color": {
                "$ref": "#/definitions/color",
                "title": "Background colour",
                "description": "Colour of the box.",
                "default": "#000000b0",
                "examples": ["#000000b0"],
            },
            "padding": {
                "$ref": "#/definitions/length_type",
                "title": "Padding",
                "description": "Room between the text and the edge of the box.",
                "default": "1.5%",
                "examples": ["1.5%", 16],
            },
            "radius": {
                "$ref": "#/definitions/length_type",
                "title": "Radius",
                "description": "Radius of the rounded corners.",
                "default": "1%",
                "examples": ["1%", 12],
            },
        },
    },
}
EXAMPLE = {"text": "**Solar** power", "size": "9%", "weight": "bold", "align": "center"}


def size(params: Mapping[str, Any], limits: tuple[float, float]) -> tuple[float, float]:
    """Return the width and height in pixels that the text takes within limits."""
    return text.size(params, limits)


def draw(
    params: Mapping[str, Any], box: tuple[float, float], frame: int
) -> tuple[Pixels, tuple[int, int]]:
    """Return the text as RGBA (height, width, 4), straight alpha, and its offset in the box."""
    del frame
    return text.draw(params, box)


def letters(params: Mapping[str, Any], box: tuple[float, float]) -> int:
    """Return in how many letters the text is typed; spaces are letters too."""
    return text.letters(params, box)
