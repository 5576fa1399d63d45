"""One scene fades into the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from renderer.media.planes import Planes

PARAMS: dict[str, object] = {}
EXAMPLE = {"kind": "dissolve", "over": "400ms"}


def blend(a: Planes, b: Planes, t: float, params: Mapping[str, Any]) -> Planes:
    """Return `a` and `b` mixed, `t` of `b` (0–1); an ease that overshoots is held within."""
    del params
    share = min(max(t, 0.0), 1.0)
    mixed = (
        np.asarray(cv2.addWeighted(before, 1 - share, after, share, 0), np.uint8)
        for before, after in zip(a, b, strict=True)
    )
    return Planes(*mixed)
