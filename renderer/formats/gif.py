"""GIF: 256 colours and no sound; for places that take nothing else."""

from __future__ import annotations

from pathlib import Path

from renderer.media import gif
from renderer.media.movie import Movie

SUFFIX = ".gif"


def write(movie: Movie, path: Path) -> dict[str, int]:
    """Write a film's pictures and return the number of its frames."""
    return gif.write(movie, path)
