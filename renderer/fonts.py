"""Faces: which font files there are, which characters they have, and what stands in for what.

The faces come with `pymupdf_fonts` or from files of the project; system fonts are never used, so
that a film looks the same everywhere. Coverage is read from the files' `cmap` tables.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pymupdf_fonts
from fontTools.ttLib import TTFont, TTLibError

from renderer.errors import AssetError, MissingError, Problem, did_you_mean
from renderer.inputs import NotRead, read_ordinary

Family = str | tuple[str, str]
"""A family's name, or the absolute path and the SHA-256 of a font file."""

_FAMILIES = {
    "FiraGO": ("figo", "figbo", "figit", "figbi"),
    "Noto Sans": ("notos", "notosbo", "notosit", "notosbi"),
    "Fira Mono": ("fimo", "fimbo", "fimo", "fimbo"),
    "Space Mono": ("spacemo", "spacembo", "spacemit", "spacembi"),
    "Ubuntu": ("ubuntu", "ubuntubo", "ubuntuit", "ubuntubi"),
    "Ubuntu Mono": ("ubuntm", "ubuntmbo", "ubuntmit", "ubuntmbi"),
    "Cascadia Mono": ("cascadia", "cascadiab", "cascadiai", "cascadiabi"),
    "Noto Sans Symbols": ("symbol1",) * 4,
    "Noto Sans Symbols 2": ("symbol2",) * 4,
    "Noto Sans Math": ("math",) * 4,
    "Noto Music": ("music",) * 4,
}
DEFAULT = "FiraGO"
MONO = "Fira Mono"
_FALLBACK = (
    *(DEFAULT, "Noto Sans", MONO, "Noto Sans Symbols", "Noto Sans Symbols 2"),
    *("Noto Sans Math", "Noto Music"),
)
_LARGEST_FILE = 30 * 1024 * 1024
_MAGIC = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: the key of a shipped one, or an absolute path and its SHA-256."""

    key: str
    sha256: str = ""

    @property
    def data(self) -> bytes:
        """Return the file's bytes; raises AssetError if it cannot be read or has changed."""
        return _from_file(self.key, self.sha256) if self.sha256 else _shipped(self.key)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file's bytes."""
        return self.sha256 or hashlib.sha256(self.data).hexdigest()


def unknown(names: Iterable[str]) -> list[Problem]:
    """Return a problem for each name that is not a family of the program's own."""
    return [
        Problem("unknown-font", f"no font is named '{name}'", hint=did_you_mean(name, _FAMILIES))
        for name in names
        if name not in _FAMILIES
    ]


def faces(
    names: Sequence[Family], weight: str = "regular", italic: bool = False, lang: str = "en"
) -> tuple[Face, ...]:
    """Return the fallback chain: the asked families first, then those that cover the rest.

    `weight` is `regular` or `bold`. Every language so far has the same chain after the asked
    families. Files are read when they are needed. Raises MissingError for an unknown name.
    """
    del lang
    return _chain(tuple(names), weight == "bold", italic)


@lru_cache(maxsize=64)
def _chain(names: tuple[Family, ...], bold: bool, italic: bool) -> tuple[Face, ...]:
    problems = unknown(name for name in names if isinstance(name, str))
    if problems:
        raise MissingError(*problems)
    variant = bold + 2 * italic
    found = (_face(name, variant) for name in (*names, *_FALLBACK))
    return tuple({face.key: face for face in found}.values())


def _face(family: Family, variant: int) -> Face:
    if isinstance(family, str):
        return Face(_FAMILIES[family][variant])
    return Face(*family)


@lru_cache(maxsize=32)
def _shipped(key: str) -> bytes:
    return bytes(pymupdf_fonts.myfont(key))


@lru_cache(maxsize=16)
def _from_file(file: str, sha256: str) -> bytes:
    path = Path(file)
    try:
        data = read_ordinary(path, _LARGEST_FILE)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except NotRead as refused:
        raise _unreadable(path, refused.says) from refused
    if len(data) > _LARGEST_FILE:
        raise _unreadable(path, "it is larger than 30 MiB")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise _unreadable(path, "it changed while the film was made")
    if not data.startswith(_MAGIC):
        raise _unreadable(path, "it is not a ttf, otf or ttc file")
    return data


def _unreadable(path: Path, reason: str) -> AssetError:
    return AssetError(Problem("bad-font", f"the font '{path.name}' cannot be used: {reason}"))


@lru_cache(maxsize=64)
def _characters(face: Face) -> frozenset[int]:
    try:
        with TTFont(io.BytesIO(face.data), fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, KeyError, ValueError, AssertionError) as error:
        raise _unreadable(Path(face.key), str(error) or type(error).__name__) from error


def covers(face: Face, codepoint: int) -> bool:
    """Return whether the face has a glyph for a code point."""
    return codepoint in _characters(face)


def ignorable(character: str) -> bool:
    """Return whether a character needs no glyph: controls, joiners, spaces, variation selectors."""
    if unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp"):
        return True
    return "\ufe00" <= character <= "\ufe0f"


def missing(text: str, chain: Sequence[Face]) -> list[tuple[int, int]]:
    """Return (index in the text, code point) of each character that no face of the chain has."""
    return [
        (index, ord(character))
        for index, character in enumerate(text)
        if not ignorable(character) and not any(covers(face, ord(character)) for face in chain)
    ]
