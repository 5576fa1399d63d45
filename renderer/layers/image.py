"""A picture from a PNG, JPEG, WEBP or GIF file, fitted to the layer's box."""

from __future__ import annotations

PARAMS = {
    "image": {
        "$ref": "#/definitions/file",
        "title": "Picture",
        "description": "A PNG, JPEG, WEBP or GIF file; of an animated one the first picture.",
        "examples": ["images/panel.jpg"],
    },
    "fit": {
        "enum": ["cover", "contain", "fill", "none"],
        "title": "Fit",
        "description": "`cover` fills the box and cuts what is over, `contain` shows all of the "
        "picture, `fill` stretches it, `none` leaves its pixels as they are.",
        "default": "cover",
        "examples": ["contain"],
    },
    "crop": {
        "type": "array",
        "minItems": 4,
        "maxItems": 4,
        "items": {"type": "number", "minimum": 0, "maximum": 100},
        "title": "Crop",
        "description": "The part of the picture to show, before fitting: left, top, width and height "
        "in % of the picture.",
        "examples": [[10, 0, 80, 100]],
    },
    "radius": {
        "$ref": "#/definitions/length_short",
        "title": "Radius",
        "description": "Radius of the rounded corners.",
        "default": 0,
        "examples": ["2%", 24],
    },
    "zoom": {
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": {"type": ["string", "number"]},
        "title": "Zoom",
        "description": "Slow zoom over the scene, from and to.",
        "examples": [["100%", "108%"]],
        "x-not-yet": True,
    },
    "pan": {
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": {"type": ["string", "array"]},
        "title": "Pan",
        "description": "Slow move over the scene, from and to: names of places, or [x, y] in % of "
        "the free play.",
        "examples": [["start", "end"]],
        "x-not-yet": True,
    },
}
EXAMPLE = {"image": "images/panel.jpg", "fit": "cover", "radius": "2%"}
