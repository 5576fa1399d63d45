"""A colour or a gradient over the layer's box, the whole canvas by default."""

from __future__ import annotations

PARAMS = {
    "fill": {
        "$ref": "#/definitions/paint",
        "title": "Paint",
        "description": "A colour, or a gradient of two or more colours at an angle.",
        "examples": ["#0b1d3a", {"gradient": ["#0b1d3a", "#05070d"], "angle": "90deg"}],
    }
}
EXAMPLE = {"fill": {"gradient": ["#0b1d3a", "#05070d"], "angle": "90deg"}}
