"""MP4 with H.265 (HEVC) and AAC: about half of the size, for newer players."""

from __future__ import annotations

from pathlib import Path

from renderer.media.movie import Movie
from renderer.media.writing import Coding
from renderer.media.writing import write as written

SUFFIX = ".mp4"
_CODING = Coding(
    "mp4",
    "libx265",
    "yuv420p",
    "aac",
    options={
        "preset": "fast",
        "crf": "23",
        "x265-params": "pools=none:frame-threads=1:log-level=none",
    },
    muxing={"movflags": "+faststart"},
    tag="hvc1",
    bit_rate=192_000,
)


def write(movie: Movie, path: Path) -> dict[str, int]:
    """Write a film and return the number of its frames."""
    return written(movie, _CODING, path)
