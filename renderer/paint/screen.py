"""Frames for a screen: a small JPEG quickly, and where the layers in it stand."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import Image

from renderer.media.planes import Planes
from renderer.paint import layout, paint, rgb
from renderer.paint.colors import resized
from renderer.seen import animated
from renderer.timeline import Segment

_QUALITY = 92


def glance(request: tuple[Segment, int, int], path: Path) -> None:
    """Write the picture of a segment's frame as JPEG, no wider than the width that is asked for."""
    segment, frame, width = request
    picture = _narrowed(paint(segment, frame), width)
    Image.fromarray(rgb(picture)).save(path, format="JPEG", quality=_QUALITY, subsampling=0)


def _narrowed(picture: Planes, width: int) -> Planes:
    """Return the picture no wider than a width, its sides in proportion and even."""
    high, wide = picture.y.shape
    if width >= wide:
        return picture
    return resized(picture, (max(2, width & ~1), max(2, round(high * width / wide) & ~1)))


def boxes(request: tuple[Segment, int], path: Path) -> dict[str, list[list[float]]]:
    """Write as JSON where a segment's layers stand in a frame, and return it.

    `boxes` has left, top, width and height in pixels of each layer of the shot that leaves, then
    of the one that enters, then of what lies over both.
    """
    segment, frame = request
    own = segment.first + frame
    groups = (
        (segment.behind, segment.behind_first + own),
        (segment.layers, own),
        (segment.over, own),
    )
    placed = (
        layout([animated(layer, at) for layer in layers], segment.canvas) for layers, at in groups
    )
    found = [[box.x, box.y, box.width, box.height] for each in placed for box in each]
    path.write_text(json.dumps(found), encoding="utf-8")
    return {"boxes": found}
