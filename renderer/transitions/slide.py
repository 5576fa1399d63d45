"""The new scene slides over the old one, which sinks back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renderer.media.planes import Planes
from renderer.transitions._motion import entered, sunk

PARAMS = {
    "from": {
        "$ref": "#/definitions/side",
        "title": "From",
        "description": "The side that the new scene comes from; start and end follow the language.",
        "default": "end",
        "examples": ["end", "bottom"],
    }
}
EXAMPLE = {"kind": "slide", "from": "bottom"}


def blend(a: Planes, b: Planes, t: float, params: Mapping[str, Any]) -> Planes:
    """Return `b` over `a`, in by the share `t`; an ease that overshoots is held within."""
    if not 0 < t < 1:
        return b if t > 0 else a
    return entered(sunk(a, t), b, t, params["from"], pushes=False)
