"""No transition: the new scene is there at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from renderer.media.planes import Planes

PARAMS: dict[str, object] = {}
EXAMPLE = {"kind": "cut"}


def blend(a: Planes, b: Planes, t: float, params: Mapping[str, Any]) -> Planes:
    """Return `a` at 0, and `b` at once after it."""
    del params
    return b if t > 0 else a
