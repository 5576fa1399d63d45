"""PNG: a folder with each frame as a picture, transparent where the film is, without sound."""

from __future__ import annotations

import zipfile
from pathlib import Path

from renderer.media.movie import Movie
from renderer.media.writing import png

SUFFIX = ""
FOLDER = True


def write(movie: Movie, path: Path) -> dict[str, int]:
    """Write frames as `000001.png` and on into a ZIP file, unpacked where the film is published."""
    count = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for count, picture in enumerate(movie.pictures(), 1):
            pixels = movie.rgba(picture) if movie.clear else movie.rgb(picture.planes)
            file.writestr(zipfile.ZipInfo(f"{count:06}.png"), png(pixels))
    return {"frames": count}
