"""Poster: the first scene as it stands at its end, as one PNG picture."""

from __future__ import annotations

from pathlib import Path

from renderer.media.movie import Movie
from renderer.media.writing import png

SUFFIX = ".png"


def write(movie: Movie, path: Path) -> dict[str, int]:
    """Write the film's poster and return the number of frames, one."""
    picture = movie.poster()
    path.write_bytes(png(movie.rgba(picture) if movie.clear else movie.rgb(picture.planes)))
    return {"frames": 1}
