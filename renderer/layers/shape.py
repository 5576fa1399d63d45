"""A rectangle, an ellipse, a line or an arrow."""

from __future__ import annotations

PARAMS = {
    "shape": {
        "enum": ["rect", "ellipse", "line", "arrow"],
        "title": "Shape",
        "description": "What is drawn. A line and an arrow lie along the longer side of their box.",
        "examples": ["rect", "arrow"],
    },
    "color": {
        "$ref": "#/definitions/paint",
        "title": "Paint",
        "description": "A colour or a gradient.",
        "default": "#ffffff",
        "examples": ["#f5a623", {"gradient": ["#f5a623", "#d0021b"], "angle": "0deg"}],
    },
    "radius": {
        "$ref": "#/definitions/length_short",
        "title": "Radius",
        "description": "Radius of a rectangle's rounded corners.",
        "default": 0,
        "examples": ["2%", 24],
    },
    "thickness": {
        "$ref": "#/definitions/length_short",
        "title": "Thickness",
        "description": "Thickness of a line or an arrow.",
        "default": "0.6%",
        "examples": ["0.6%", 6],
    },
    "points": {
        "enum": ["end", "start", "up", "down"],
        "title": "Direction of an arrow",
        "description": "Where an arrow points; start and end follow the language.",
        "default": "end",
        "examples": ["up"],
    },
}
EXAMPLE = {"shape": "rect", "color": "#f5a623", "width": "20%", "height": "1%"}
