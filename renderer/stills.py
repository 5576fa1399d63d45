"""One frame of a segment as a PNG file."""

from __future__ import annotations

from pathlib import Path

from renderer.paint import paint, still_png
from renderer.timeline import Segment


def still(request: tuple[Segment, int], path: Path) -> None:
    """Write the picture of a segment's frame as PNG."""
    segment, frame = request
    still_png(paint(segment, frame), path)
