"""MOV: ProRes 4444 and PCM, transparent where the film is; for editing."""

from __future__ import annotations

from pathlib import Path

from renderer.media.movie import Movie
from renderer.media.writing import Coding
from renderer.media.writing import write as written

SUFFIX = ".mov"
_CODING = Coding(
    "mov",
    "prores_ks",
    "yuv444p10le",
    "pcm_s16le",
    clear="yuva444p10le",
    options={"profile": "4444", "vendor": "apl0"},
)


def write(movie: Movie, path: Path) -> dict[str, int]:
    """Write a film and return the number of its frames."""
    return written(movie, _CODING, path)
