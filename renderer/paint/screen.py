"""Frames for a screen: a small JPEG quickly, and where the layers in it stand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from renderer.media.planes import Planes
from renderer.paint import layout, paint, rgb
from renderer.paint.colors import resized
from renderer.paint.poses import pose
from renderer.seen import animated
from renderer.timeline import Canvas, Layer, Segment

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
    of the one that enters, then of what lies over both; of one that comes or goes where it is then.
    """
    segment, frame = request
    own = segment.first + frame
    groups = (
        (segment.behind, segment.behind_first + own),
        (segment.layers, own),
        (segment.over, own),
    )
    found = [box for layers, at in groups for box in _seen(layers, segment.canvas, at)]
    path.write_text(json.dumps(found), encoding="utf-8")
    return {"boxes": found}


def _seen(layers: Sequence[Layer], canvas: Canvas, frame: int) -> Iterator[list[float]]:
    """Yield the box of each layer in a frame, before the layer is scaled and turned by itself."""
    standing = [animated(layer, frame) for layer in layers]
    for layer, box in zip(standing, layout(standing, canvas), strict=True):
        how = pose(layer, box, canvas, frame)
        x, y = (
            place + length * share * (1 - how.scale) + shift
            for place, length, share, shift in zip(
                (box.x, box.y), (box.width, box.height), how.about, how.shift, strict=True
            )
        )
        yield [x, y, box.width * how.scale, box.height * how.scale]
