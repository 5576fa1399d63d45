"""One scene fades into a colour, and the other out of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from renderer.media.pixels import rgba
from renderer.media.planes import Planes, sample

PARAMS = {
    "color": {
        "$ref": "#/definitions/color",
        "title": "Colour",
        "description": "The colour between the scenes; `background` is that of the theme.",
        "default": "background",
        "examples": ["black", "#f5a623"],
    }
}
EXAMPLE = {"kind": "fade", "over": "600ms", "color": "black"}


def blend(a: Planes, b: Planes, t: float, params: Mapping[str, Any]) -> Planes:
    """Return `a` on its way to the colour, or from half on `b` on its way from it.

    A colour that lets through half shows an even mix of both scenes in the middle.
    """
    share = min(max(t, 0.0), 1.0)
    cover = 1 - abs(2 * share - 1)
    *color, alpha = rgba(params["color"])
    opaque = alpha / 255
    through = cover * (1 - opaque) / 2
    of_a = (1 - cover if share < 0.5 else 0.0) + through
    of_b = (1 - cover if share >= 0.5 else 0.0) + through
    mixed = (
        np.asarray(cv2.addWeighted(before, of_a, after, of_b, cover * opaque * tint), np.uint8)
        for before, after, tint in zip(a, b, sample(*color), strict=True)
    )
    return Planes(*mixed)
