"""Still pictures from outside, decoded in a child of limited means."""

from __future__ import annotations

import json
import tempfile
from functools import lru_cache
from pathlib import Path

from PIL import Image

from renderer import pictures
from renderer.child import confined
from renderer.errors import AssetError, Problem

_SECONDS = 60.0


@lru_cache(maxsize=8)
def opened(file: str, sha256: str) -> Image.Image:
    """Return the first picture of a file as RGBA, turned as its EXIF says.

    Raises AssetError if the file cannot be read, is too large, or is not what `sha256` says.
    """
    with tempfile.TemporaryDirectory(prefix="picture-") as name:
        folder = Path(name)
        pixels, reply, question = (folder / part for part in ("pixels", "reply", "request"))
        asked = {"file": file, "sha256": sha256, "pixels": str(pixels), "reply": str(reply)}
        question.write_text(json.dumps({**asked, "seconds": _SECONDS}), encoding="utf-8")
        ended = confined(pictures.main, [str(question)], folder=folder, seconds=_SECONDS)
        try:
            told = json.loads(reply.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise _unreadable(file, f"decoding it failed: {ended.reason(_SECONDS)}") from error
        if "error" in told:
            raise _unreadable(file, told["error"], told["hint"])
        return Image.frombytes("RGBA", tuple(told["size"]), pixels.read_bytes())


def _unreadable(file: str, reason: str, hint: str = "") -> AssetError:
    says = f"cannot read '{Path(file).name}': {reason}"
    return AssetError(Problem("bad-image", says, hint=hint))
