"""The program that decodes one picture, run as a child: `python -m renderer.pictures REQUEST`.

The request is a JSON file: the picture's file with its SHA-256, the file that its pixels go to,
where the reply goes and how long it may take. The pixels are RGBA, 8 bits, straight alpha, rows
from the top; the reply is JSON with `size`, or `error`: in words why there are none, and `hint`.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from renderer.child import limit_self
from renderer.inputs import NotRead, read_ordinary
from renderer.vectors import Refused, rasterised

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS = 50_000_000
_MOST_BYTES = 200 * 1024 * 1024
_MEMORY, _FILE_SIZE = 4 << 30, 1 << 30
_GRACE = 5.0  # seconds; an orphan ends itself then


def main(arguments: list[str]) -> int:
    """Decode the picture of a request and reply; return 0."""
    asked = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    limit_self(seconds=asked["seconds"] + _GRACE, memory=_MEMORY, file_size=_FILE_SIZE)
    try:
        picture = _decoded(Path(asked["file"]), asked["sha256"])
        Path(asked["pixels"]).write_bytes(picture.tobytes())
        reply: dict[str, Any] = {"size": picture.size}
    except Refused as refused:
        reply = {"error": refused.says, "hint": refused.hint}
    Path(asked["reply"]).write_text(json.dumps(reply), encoding="utf-8")
    return 0


def _decoded(file: Path, sha256: str) -> Image.Image:
    """Return the first picture of a file as RGBA, turned as its EXIF says; raises Refused."""
    data = _read(file, sha256)
    return _opened(rasterised(data) if file.suffix.lower() == ".svg" else data)


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                _refuse_large(picture)
                return _rgba(ImageOps.exif_transpose(picture))
    except UnidentifiedImageError as error:
        raise Refused("it is not a PNG, JPEG, WEBP, GIF or SVG") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("it has over 50 million pixels", "scale it down") from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise Refused(str(error) or type(error).__name__) from error


def _read(file: Path, sha256: str) -> bytes:
    try:
        data = read_ordinary(file, _MOST_BYTES)
    except OSError as error:
        raise Refused(error.strerror or str(error)) from error
    except NotRead as refused:
        raise Refused(refused.says) from refused
    if len(data) > _MOST_BYTES:
        raise Refused("it is larger than 200 MiB")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Refused("it changed while the film was made", "render again")
    return data


def _refuse_large(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(
            f"{picture.width}x{picture.height} is over 50 million pixels", "scale it down"
        )


def _rgba(picture: Image.Image) -> Image.Image:
    """Return a picture of any mode as RGBA; of 16 bits the upper eight are kept."""
    if picture.mode.startswith("I"):
        deep = np.asarray(picture).astype(np.uint32)
        picture = Image.fromarray((np.minimum(deep, 65535) >> 8).astype(np.uint8))
    if picture.mode not in ("1", "L", "LA", "P", "PA", "RGB", "RGBA"):
        picture = picture.convert("RGB")
    return picture.convert("RGBA")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
