"""WAV: the film's sound alone, 48 kHz stereo, 16 bit."""

from __future__ import annotations

import shutil
from pathlib import Path

from renderer.media.movie import Movie

SUFFIX = ".wav"


def write(movie: Movie, path: Path) -> dict[str, int]:
    """Write the film's sound and return the number of pictures, none."""
    shutil.copyfile(movie.sound, path)
    return {"frames": 0}
