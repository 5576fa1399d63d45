"""A picture from a PNG, JPEG, WEBP or GIF file, fitted to the layer's box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf
from typing import Any

import numpy as np
from PIL import Image

from renderer.layers._picture import opened
from renderer.layers._scrim import shaded
from renderer.media.pixels import Pixels, masked, rounded

KEEPS_PROPORTION = True

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
        "description": "The part of the picture to show, before fitting: left, top, width and "
        "height in % of the picture.",
        "examples": [[10, 0, 80, 100]],
    },
    "radius": {
        "$ref": "#/definitions/length_short",
        "title": "Radius",
        "description": "Radius of the rounded corners.",
        "default": 0,
        "examples": ["2%", 24],
    },
    "scrim": {
        "type": "boolean",
        "title": "Scrim",
        "description": "Shades the picture softly behind text that stands on it, as far as a "
        "contrast of 4.5 to 1 needs.",
        "default": False,
        "examples": [True],
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


def size(params: Mapping[str, Any], limits: tuple[float, float]) -> tuple[float, float]:
    """Return the box: the limits; a side that is free follows from the picture's proportion.

    With `fit: none` and both sides free it is the picture's own size in pixels.
    """
    width, height = limits
    picture = _cropped(params)
    if isinf(width) and isinf(height):
        return float(picture.width), float(picture.height)
    if isinf(width):
        return height * picture.width / picture.height, height
    return width, width * picture.height / picture.width if isinf(height) else height


def draw(
    params: Mapping[str, Any], box: tuple[float, float], frame: int
) -> tuple[Pixels, tuple[int, int]]:
    """Return the picture as RGBA (height, width, 4), straight alpha, and its offset in the box.

    Raises AssetError if the file cannot be read or changed since it was checked.
    """
    del frame
    width, height = max(1, round(box[0])), max(1, round(box[1]))
    fitted, at = _fitted(_cropped(params), str(params.get("fit", "cover")), width, height)
    pixels = _behind(np.asarray(fitted), params.get("texts", ()), at)
    radius = float(params.get("radius", 0))
    return (masked(pixels, rounded(*fitted.size, radius)) if radius else pixels), at


def _behind(
    pixels: Pixels, texts: Sequence[tuple[float, float, float, float, str]], at: tuple[int, int]
) -> Pixels:
    """Return a picture that stands `at` a pixel of the box, shaded behind texts of the box."""
    moved = [(x - at[0], y - at[1], width, high, color) for x, y, width, high, color in texts]
    return shaded(pixels, moved)


def _cropped(params: Mapping[str, Any]) -> Image.Image:
    picture = opened(str(params["file"]), str(params["sha256"]))
    left, top, width, height = params.get("crop") or (0, 0, 100, 100)
    x, y = picture.width / 100, picture.height / 100
    first = min(round(left * x), picture.width - 1), min(round(top * y), picture.height - 1)
    last = (
        min(round((left + width) * x), picture.width),
        min(round((top + height) * y), picture.height),
    )
    return picture.crop((*first, max(last[0], first[0] + 1), max(last[1], first[1] + 1)))


def _fitted(
    picture: Image.Image, fit: str, width: int, height: int
) -> tuple[Image.Image, tuple[int, int]]:
    """Return the picture at its size in the box, and where in the box it stands."""
    if fit == "none":
        return _middle(picture, width, height)
    if fit == "fill":
        return _resized(picture, width, height), (0, 0)
    ratios = width / picture.width, height / picture.height
    ratio = max(ratios) if fit == "cover" else min(ratios)
    scaled = _resized(picture, round(picture.width * ratio), round(picture.height * ratio))
    return _middle(scaled, width, height)


def _resized(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Return the picture resampled; Pillow weighs the colours of RGBA by their alpha."""
    size = max(1, width), max(1, height)
    if size == picture.size:
        return picture
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _middle(picture: Image.Image, width: int, height: int) -> tuple[Image.Image, tuple[int, int]]:
    """Return the middle of a picture as far as it fits in the box, and where it stands there."""
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    cut = max(0, left), max(0, top)
    part = (*cut, cut[0] + min(width, picture.width), cut[1] + min(height, picture.height))
    return picture.crop(part), (max(0, -left), max(0, -top))
