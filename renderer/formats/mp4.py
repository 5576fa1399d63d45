"""MP4: H.264 and AAC, joined from the segments in the store; plays everywhere."""

from __future__ import annotations

from pathlib import Path

from renderer.media.film import join
from renderer.media.parts import Film

SUFFIX = ".mp4"
JOINS = True


def write(film: Film, path: Path) -> int:
    """Write a film by copying its packets and return the number of its frames."""
    return join(film, path)
