"""A picture from a PNG, JPEG, WEBP, GIF or SVG file, fitted to the layer's box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PIL import Image

from renderer.fitting import boxed, ratios
from renderer.layers._drift import Part, drifts, under, window, zooms
from renderer.layers._drift import mask as rounding
from renderer.layers._picture import Corners, measured, part
from renderer.layers._scrim import shaded
from renderer.media.pixels import Pixels, masked, rounded

KEEPS_PROPORTION = True
DRIFTS = ("zoom", "pan")
mask = rounding
FINER = 1.25
"""How much larger than it is seen a picture is drawn, so that it is as sharp wherever it lies."""
_MOST_PIXELS = 50_000_000

PARAMS = {
    "image": {
        "$ref": "#/definitions/file",
        "title": "Picture",
        "description": "A PNG, JPEG, WEBP or GIF file, of an animated one the first picture; or an "
        "SVG (extra `svg`) that needs no other file, which is drawn 3840 pixels long.",
        "examples": ["images/panel.jpg"],
    },
    "fit": {
        "$ref": "#/definitions/picture_fit",
        "title": "Fit",
        "description": "`cover` fills the box and cuts what is over, `contain` shows all of the "
        "picture, `fill` stretches it, `none` leaves its pixels as they are.",
        "default": "cover",
        "examples": ["contain"],
    },
    "crop": {
        "$ref": "#/definitions/picture_crop",
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
        "$ref": "#/definitions/zooms",
        "title": "Zoom",
        "description": "Slow zoom over the scene, from and to: how large the picture is in its "
        "box.",
        "examples": [["100%", "108%"]],
    },
    "pan": {
        "$ref": "#/definitions/pans",
        "title": "Pan",
        "description": "Slow move over the scene, from and to: names of places, or [x, y] in % of "
        "the free play, which is what the box does not show of it.",
        "examples": [["start", "end"], [[0, 50], [100, 50]]],
    },
}
EXAMPLE = {"image": "images/panel.jpg", "fit": "cover", "radius": "2%"}


def size(params: Mapping[str, Any], limits: tuple[float, float]) -> tuple[float, float]:
    """Return the box: the limits; a side that is free follows from the picture's proportion.

    With `fit: none` and both sides free it is the picture's own size in pixels.
    """
    width, height = _spans(_crop(params))
    return boxed((float(width), float(height)), limits)


def draw(
    params: Mapping[str, Any], box: tuple[float, float], frame: int
) -> tuple[Pixels, tuple[int, int]]:
    """Return the picture as RGBA (height, width, 4), straight alpha, and its offset in the box.

    One that drifts is drawn whole, as large as it is seen at the most. Raises AssetError if the
    file cannot be read or changed since it was checked.
    """
    del frame
    if drifts(params):
        return _whole(params, box), (0, 0)
    width, height = max(1, round(box[0])), max(1, round(box[1]))
    fitted, at = _fitted(params, width, height)
    pixels = _behind(np.asarray(fitted), params.get("texts", ()), at)
    radius = float(params.get("radius", 0))
    return (masked(pixels, rounded(*fitted.size, radius)) if radius else pixels), at


def view(params: Mapping[str, Any], box: tuple[float, float], frame: int) -> Part:
    """Return the part of what is drawn that the box shows in a frame: left, top, width, height."""
    fitted, drawn = _extent(params, box)
    left, top, width, height = window(params, fitted, box, frame)
    across, down = drawn[0] / fitted[0], drawn[1] / fitted[1]
    return left * across, top * down, width * across, height * down


def smallest(params: Mapping[str, Any], box: tuple[float, float]) -> float:
    """Return the smallest size at which a drifting picture is seen, as a share of the drawn one."""
    fitted, drawn = _extent(params, box)
    return min(zooms(params)) * fitted[0] / drawn[0]


def _extent(
    params: Mapping[str, Any], box: tuple[float, float]
) -> tuple[tuple[float, float], tuple[int, int]]:
    """Return the size of the fitted picture, at least the box's, and the even one it is drawn at.

    It is drawn hardly larger than its file has pixels for.
    """
    (width, height), fit = _spans(_crop(params)), str(params.get("fit", "cover"))
    ratio = max(ratios(fit, (width, height), box))
    fitted = width * ratio, height * ratio
    whole = (box[0], box[1]) if fit == "fill" else fitted
    size = max(box[0], whole[0]), max(box[1], whole[1])
    most = FINER * max(1.0, min(max(zooms(params)), 1 / ratio))
    scale = min(most, (_MOST_PIXELS / (size[0] * size[1])) ** 0.5)
    return size, (max(2, round(size[0] * scale / 2) * 2), max(2, round(size[1] * scale / 2) * 2))


def _whole(params: Mapping[str, Any], box: tuple[float, float]) -> Pixels:
    """Return all of a picture that drifts, as large as it is drawn; width and height are even."""
    fitted, size = _extent(params, box)
    fit = str(params.get("fit", "cover"))
    if fit in ("cover", "fill"):
        pixels = np.asarray(_shown(params, size))
    else:
        pixels = _padded(params, fit, box, size[0] / fitted[0], size)
    ends = view(params, box, 0), view(params, box, int(params.get("frames", 1)))
    texts = [(*under(text[:4], ends, box), text[4]) for text in params.get("texts", ())]
    return shaded(pixels, texts)


def _padded(
    params: Mapping[str, Any],
    fit: str,
    box: tuple[float, float],
    scale: float,
    size: tuple[int, int],
) -> Pixels:
    """Return a picture in the middle of a larger one that is empty around it."""
    width, height = _spans(_crop(params))
    ratio = 1.0 if fit == "none" else min(box[0] / width, box[1] / height)
    inner = _shown(params, (round(width * ratio * scale), round(height * ratio * scale)))
    done = Image.new("RGBA", size)
    done.paste(inner, ((size[0] - inner.width) // 2, (size[1] - inner.height) // 2))
    return np.asarray(done)


def _behind(
    pixels: Pixels, texts: Sequence[tuple[float, float, float, float, str]], at: tuple[int, int]
) -> Pixels:
    """Return a picture that stands `at` a pixel of the box, shaded behind texts of the box."""
    moved = [(x - at[0], y - at[1], width, high, color) for x, y, width, high, color in texts]
    return shaded(pixels, moved)


def _crop(params: Mapping[str, Any]) -> Corners:
    """Return the corners of the part of the file's picture that is shown."""
    wide, high = measured(str(params["file"]), str(params["sha256"]))
    left, top, width, height = params.get("crop") or (0, 0, 100, 100)
    x, y = wide / 100, high / 100
    first = min(round(left * x), wide - 1), min(round(top * y), high - 1)
    last = min(round((left + width) * x), wide), min(round((top + height) * y), high)
    return *first, max(last[0], first[0] + 1), max(last[1], first[1] + 1)


def _spans(corners: Corners) -> tuple[int, int]:
    """Return width and height of a part."""
    left, top, right, bottom = corners
    return right - left, bottom - top


def _shown(params: Mapping[str, Any], size: tuple[int, int]) -> Image.Image:
    """Return the part of the file's picture that is shown, resampled to a size."""
    at_least = max(1, size[0]), max(1, size[1])
    return _taken(params, _crop(params), at_least)


def _taken(params: Mapping[str, Any], corners: Corners, size: tuple[int, int]) -> Image.Image:
    return part(str(params["file"]), str(params["sha256"]), corners, size)


def _fitted(
    params: Mapping[str, Any], width: int, height: int
) -> tuple[Image.Image, tuple[int, int]]:
    """Return the picture at its size in the box, and where in the box it stands."""
    fit, own = str(params.get("fit", "cover")), _spans(_crop(params))
    if fit == "none":
        return _as_it_is(params, width, height)
    if fit == "fill":
        return _shown(params, (width, height)), (0, 0)
    ratio, _ = ratios(fit, own, (width, height))
    scaled = _shown(params, (round(own[0] * ratio), round(own[1] * ratio)))
    inner, at = _middle(scaled.size, width, height)
    return scaled.crop(inner), at


def _as_it_is(
    params: Mapping[str, Any], width: int, height: int
) -> tuple[Image.Image, tuple[int, int]]:
    """Return the middle of a picture, its pixels as they are, and where it stands in the box."""
    left, top, _, _ = _crop(params)
    inner, at = _middle(_spans(_crop(params)), width, height)
    corners = left + inner[0], top + inner[1], left + inner[2], top + inner[3]
    return _taken(params, corners, _spans(corners)), at


def _middle(size: tuple[int, int], width: int, height: int) -> tuple[Corners, tuple[int, int]]:
    """Return the middle of a picture as far as it fits in the box, and where it stands there."""
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    cut = max(0, left), max(0, top)
    inner = (*cut, cut[0] + min(width, size[0]), cut[1] + min(height, size[1]))
    return inner, (max(0, -left), max(0, -top))
