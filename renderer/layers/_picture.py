"""Still pictures from outside, measured and decoded in a child of limited means."""

from __future__ import annotations

import json
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image

from renderer import pictures
from renderer.child import confined
from renderer.errors import AssetError, Problem

_SECONDS = 60.0
Corners = tuple[int, int, int, int]
"""Left, top, right and bottom of a part of a picture, in its pixels."""


@lru_cache(maxsize=256)
def measured(file: str, sha256: str) -> tuple[int, int]:
    """Return width and height of the first picture of a file, turned as its EXIF says.

    Raises AssetError if the file cannot be read, is too large, or is not what `sha256` says.
    """
    told, _ = _asked({"file": file, "sha256": sha256})
    return told


@lru_cache(maxsize=1)
def part(file: str, sha256: str, corners: Corners, size: tuple[int, int]) -> Image.Image:
    """Return a part of the picture that `measured` measures as RGBA, resampled to a size.

    The whole picture may take many times as much memory; it is gone with the child. Raises as
    `measured` does.
    """
    asked = {"file": file, "sha256": sha256, "part": corners, "as": size}
    return Image.frombytes("RGBA", *_asked(asked))


def _asked(request: dict[str, Any]) -> tuple[tuple[int, int], bytes]:
    """Return the size that a child answers a request with, and the pixels that it has written."""
    with tempfile.TemporaryDirectory(prefix="picture-") as name:
        folder = Path(name)
        pixels, reply, question = (folder / each for each in ("pixels", "reply", "request"))
        asked = {**request, "pixels": str(pixels), "reply": str(reply), "seconds": _SECONDS}
        question.write_text(json.dumps(asked), encoding="utf-8")
        ended = confined(pictures.main, [str(question)], folder=folder, seconds=_SECONDS)
        try:
            told = json.loads(reply.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            reason = f"decoding it failed: {ended.reason(_SECONDS)}"
            raise _unreadable(request["file"], reason) from error
        if "error" in told:
            raise _unreadable(request["file"], told["error"], told["hint"])
        width, height = told["size"]
        return (width, height), pixels.read_bytes() if pixels.exists() else b""


def _unreadable(file: str, reason: str, hint: str = "") -> AssetError:
    says = f"cannot read '{Path(file).name}': {reason}"
    return AssetError(Problem("bad-image", says, hint=hint))
