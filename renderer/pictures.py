"""The program that decodes one picture, run as a child: `python -m renderer.pictures REQUEST`.

The request is a JSON file: the picture's file with its SHA-256, where the reply goes and how long
it may take; and where pixels are wanted the file that they go to, the `part` of the picture (left,
top, right, bottom) and the size that it is shown `as`. The pixels are RGBA, 8 bits, straight alpha,
rows from the top; the reply is JSON with `size`, of the pixels or else of the picture, or `error`:
in words why there are none, and `hint`. Where no pixels are wanted only the head of the file is
read, unless the picture has to be `whole`.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from renderer.child import limit_self
from renderer.inputs import NotRead, read_ordinary
from renderer.vectors import Refused, rasterised

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS = 50_000_000
_MOST_BYTES = 200 * 1024 * 1024
_MEMORY, _FILE_SIZE = 4 << 30, 1 << 30
_GRACE = 5.0  # seconds; an orphan ends itself then
_ACROSS = (5, 6, 7, 8)
"""Orientations of EXIF in which width and height change places."""
Told = TypeVar("Told")


def main(arguments: list[str]) -> int:
    """Decode the picture of a request and reply; return 0."""
    asked = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    limit_self(seconds=asked["seconds"] + _GRACE, memory=_MEMORY, file_size=_FILE_SIZE)
    try:
        reply: dict[str, Any] = {"size": _answered(asked)}
    except Refused as refused:
        reply = {"error": refused.says, "hint": refused.hint}
    Path(asked["reply"]).write_text(json.dumps(reply), encoding="utf-8")
    return 0


def _answered(asked: dict[str, Any]) -> tuple[int, int]:
    """Write the pixels that are asked for, if any, and return the size; raises Refused."""
    file = Path(asked["file"])
    data = _read(file, asked["sha256"])
    drawn = rasterised(data) if file.suffix.lower() == ".svg" else data
    if "part" not in asked:
        return _opened(drawn, _whole_size if asked.get("whole") else _size)
    left, top, right, bottom = asked["part"]
    width, height = asked["as"]
    wanted = partial(_part, corners=(left, top, right, bottom), size=(width, height))
    shown = _opened(drawn, wanted)
    Path(asked["pixels"]).write_bytes(shown.tobytes())
    return shown.size


def _opened(data: bytes, told: Callable[[Image.Image], Told]) -> Told:
    """Return what is to be told of the first picture in a file's bytes; raises Refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                _refuse_large(picture)
                return told(picture)
    except UnidentifiedImageError as error:
        raise Refused("it is not a PNG, JPEG, WEBP, GIF or SVG") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("it has over 50 million pixels", "scale it down") from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise Refused(str(error) or type(error).__name__) from error


def _size(picture: Image.Image) -> tuple[int, int]:
    """Return a picture's size, turned as its EXIF says."""
    across = picture.getexif().get(ExifTags.Base.Orientation, 1) in _ACROSS
    return picture.size[::-1] if across else picture.size


def _whole_size(picture: Image.Image) -> tuple[int, int]:
    """Return the same of a picture that can be decoded to its end."""
    picture.load()
    return _size(picture)


def _part(
    picture: Image.Image, corners: tuple[int, int, int, int], size: tuple[int, int]
) -> Image.Image:
    """Return a part of a picture, turned as its EXIF says, as RGBA of a size.

    What has no alpha is resampled without; Pillow weighs the colours of RGBA by theirs.
    """
    ImageOps.exif_transpose(picture, in_place=True)
    shown = _plain(picture if corners == (0, 0, *picture.size) else picture.crop(corners))
    if size != shown.size:
        shown = shown.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return shown.convert("RGBA")


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


def _plain(picture: Image.Image) -> Image.Image:
    """Return a picture of any mode as L or RGB without alpha, or RGBA; of 16 bits the upper eight.

    Colours that stand for a clear one are clear.
    """
    if picture.mode.startswith("I"):
        deep = np.asarray(picture).astype(np.uint32)
        picture = Image.fromarray((np.minimum(deep, 65535) >> 8).astype(np.uint8))
    if picture.mode not in ("1", "L", "LA", "P", "PA", "RGB", "RGBA"):
        picture = picture.convert("RGB")
    if picture.mode in ("L", "RGB") and "transparency" not in picture.info:
        return picture
    return picture.convert("RGBA")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
