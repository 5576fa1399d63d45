"""MP4 with AV1 and AAC: the smallest, for the newest players."""

from __future__ import annotations

import os
from pathlib import Path

from renderer.media.movie import Movie
from renderer.media.writing import Coding
from renderer.media.writing import write as written

SUFFIX = ".mp4"
_CODING = Coding(
    "mp4",
    "libsvtav1",
    "yuv420p",
    "aac",
    options={"preset": "8", "crf": "32", "svtav1-params": "lp=1"},
    muxing={"movflags": "+faststart"},
    bit_rate=192_000,
)


def write(movie: Movie, path: Path) -> dict[str, int]:
    """Write a film and return the number of its frames."""
    os.environ.setdefault("SVT_LOG", "1")  # the encoder else tells of itself on standard error
    return written(movie, _CODING, path)
