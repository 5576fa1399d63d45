"""The new scene is uncovered by an edge that passes over the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renderer.media.planes import Plane, Planes

PARAMS = {
    "from": {
        "$ref": "#/definitions/side",
        "title": "From",
        "description": "The side that the edge sets out from; start and end follow the language.",
        "default": "start",
        "examples": ["start", "top"],
    },
    "edge": {
        "$ref": "#/definitions/length_short",
        "title": "Edge",
        "description": "How soft the edge is: its width, of the picture's shorter side.",
        "default": "12%",
        "examples": ["12%", 0],
    },
}
EXAMPLE = {"kind": "wipe", "from": "start", "edge": "20%"}

_SITES = ((1.0, 0.0), (2.0, 0.0), (1.0, 0.0), (2.0, 0.5))
"""Luma's place of the first sample and the step to the next: across for luma and chroma, down."""


def blend(a: Planes, b: Planes, t: float, params: Mapping[str, Any]) -> Planes:
    """Return `b` on the near side of the edge; an ease that overshoots is held within."""
    if not 0 < t < 1:
        return b if t > 0 else a
    upright = params["from"] in ("left", "right")
    length = a.y.shape[1 if upright else 0]
    luma, chroma = _SITES[:2] if upright else _SITES[2:]
    far = params["from"] in ("right", "bottom")
    shares = [_shares(length, t, params["edge"], site, far) for site in (luma, chroma, chroma)]
    mixed = (_mixed(*each, upright) for each in zip(a, b, shares, strict=True))
    return Planes(*mixed)


def _shares(
    length: int, t: float, edge: float, site: tuple[float, float], far: bool
) -> NDArray[np.float32]:
    """Return how much of what enters each column or row shows, 0 to 1, at the samples' sites."""
    step, first = site
    width = max(float(edge), 1.0)
    places = np.arange(first, length, step) + 0.5
    places = length - places if far else places
    passed = t * (length + width)
    return np.asarray(np.clip((passed - places) / width, 0, 1), np.float32)


def _mixed(before: Plane, after: Plane, shares: NDArray[np.float32], upright: bool) -> Plane:
    """Return one plane; only what the edge lies on is worked out."""
    done = np.where(_spread(shares >= 1, upright), after, before)
    soft = np.flatnonzero((shares > 0) & (shares < 1))
    if soft.size:
        part = slice(soft[0], soft[-1] + 1)
        where = (slice(None), part) if upright else (part, slice(None))
        old, new = before[where].astype(np.float32), after[where].astype(np.float32)
        done[where] = old + (new - old) * _spread(shares[part], upright) + np.float32(0.5)
    return np.asarray(done, np.uint8)


def _spread(along: NDArray[Any], upright: bool) -> NDArray[Any]:
    return along[None, :] if upright else along[:, None]
