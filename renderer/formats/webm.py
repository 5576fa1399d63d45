"""WebM: VP9 and Opus, transparent where the film is."""

from __future__ import annotations

from pathlib import Path

from renderer.media.movie import Movie
from renderer.media.writing import Coding
from renderer.media.writing import write as written

SUFFIX = ".webm"
_CODING = Coding(
    "webm",
    "libvpx-vp9",
    "yuv420p",
    "libopus",
    clear="yuva420p",
    options={
        "crf": "31",
        "b": "0",
        "deadline": "good",
        "cpu-used": "4",
        "row-mt": "1",
        "auto-alt-ref": "0",
    },
    bit_rate=128_000,
)


def write(movie: Movie, path: Path) -> dict[str, int]:
    """Write a film and return the number of its frames."""
    return written(movie, _CODING, path)
