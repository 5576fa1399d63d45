"""MP4: H.264 and AAC, joined from the segments in the store; plays everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from renderer.media.film import join
from renderer.media.parts import Film

SUFFIX = ".mp4"
JOINS = True


def write(film: Film, path: Path) -> dict[str, Any]:
    """Write a film by copying its packets; return its number of `frames` and its `sha256`."""
    frames, sha256 = join(film, path)
    return {"frames": frames, "sha256": sha256}
