"""One scene grows: the new one out of the middle of the old, or the old one past the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from renderer.media.planes import Plane, Planes
from renderer.transitions._motion import sunk
from renderer.transitions._scaling import CHROMA, LUMA, Site, laid, scaled

PARAMS = {
    "grows": {
        "enum": ["new", "old"],
        "title": "Grows",
        "description": "Which scene grows: the `new` one, out of the middle of the old, or the"
        " `old` one, fading as it passes.",
        "default": "new",
        "examples": ["old"],
    }
}
EXAMPLE = {"kind": "zoom", "grows": "old"}

_PASSED = 1.8
"""How many times its size the old scene has at its end."""


def blend(a: Planes, b: Planes, t: float, params: Mapping[str, Any]) -> Planes:
    """Return the scenes at the share `t`; an ease that overshoots is held within."""
    if not 0 < t < 1:
        return b if t > 0 else a
    sites = (LUMA, CHROMA, CHROMA)
    if params["grows"] == "old":
        return Planes(*(_passing(*each, t) for each in zip(a, b, sites, strict=True)))
    back = sunk(a, t)
    return Planes(*(laid(*each, t) for each in zip(back, b, sites, strict=True)))


def _passing(before: Plane, after: Plane, site: Site, t: float) -> Plane:
    grown = scaled(before, site, 1 + t * (_PASSED - 1))
    return np.asarray(cv2.addWeighted(grown, 1 - t, after, t, 0), np.uint8)
