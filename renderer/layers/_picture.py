"""Still pictures from outside: formats named, size bounded, colours made RGBA."""

from __future__ import annotations

import hashlib
import io
import warnings
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from renderer.errors import AssetError, Problem
from renderer.inputs import NotRead, read_ordinary

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_MOST_PIXELS = 50_000_000
_MOST_BYTES = 200 * 1024 * 1024


@lru_cache(maxsize=8)
def opened(file: str, sha256: str) -> Image.Image:
    """Return the first picture of a file as RGBA, turned as its EXIF says.

    Raises AssetError if the file cannot be read, is too large, or is not what `sha256` says.
    """
    data = _read(Path(file), sha256)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                _refuse_large(Path(file), picture)
                return _rgba(ImageOps.exif_transpose(picture))
    except UnidentifiedImageError as error:
        raise _unreadable(Path(file), "it is not a PNG, JPEG, WEBP or GIF") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _unreadable(Path(file), "it has over 50 million pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise _unreadable(Path(file), str(error) or type(error).__name__) from error


def _read(path: Path, sha256: str) -> bytes:
    try:
        data = read_ordinary(path, _MOST_BYTES)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except NotRead as refused:
        raise _unreadable(path, refused.says) from refused
    if len(data) > _MOST_BYTES:
        raise _unreadable(path, "it is larger than 200 MiB")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise _unreadable(path, "it changed while the film was made", "render again")
    return data


def _refuse_large(path: Path, picture: Image.Image) -> None:
    if picture.width * picture.height > _MOST_PIXELS:
        raise _unreadable(
            path, f"{picture.width}x{picture.height} is over 50 million pixels", "scale it down"
        )


def _rgba(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        deep = np.asarray(picture).astype(np.uint32)
        picture = Image.fromarray((np.minimum(deep, 65535) >> 8).astype(np.uint8))
    if picture.mode not in ("1", "L", "LA", "P", "PA", "RGB", "RGBA"):
        picture = picture.convert("RGB")
    return picture.convert("RGBA")


def _unreadable(path: Path, reason: str, hint: str = "") -> AssetError:
    return AssetError(Problem("bad-image", f"cannot read '{path.name}': {reason}", hint=hint))
