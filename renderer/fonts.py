"""Faces: which font files there are, which characters they have, and what stands in for what.

The faces come with `pymupdf_fonts`, from font packages that an extra installs, or from files of the
project; system fonts are never used, so that a film looks the same everywhere. Coverage is that of
the files' `cmap` tables; of shipped fonts it is written down.
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

from renderer import coverage, shelves
from renderer.errors import AssetError, MissingError, Problem, did_you_mean
from renderer.inputs import NotRead, read_ordinary

Family = str | tuple[str, str]
"""A family's name, or the absolute path and the SHA-256 of a font file."""

DEFAULT = "FiraGO"
MONO = "Fira Mono"
_FALLBACK = (
    *(DEFAULT, "Noto Sans", MONO, "Noto Sans Symbols", "Noto Sans Symbols 2"),
    *("Noto Sans Math", "Noto Music"),
)
_WEIGHTS = (400, 700)
_LARGEST_FILE = 30 * 1024 * 1024
_MAGIC = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: the key of a shipped one, or an absolute path and its SHA-256.

    A package's variable font has its path, and in `weight` where on its axis it is set.
    """

    key: str
    sha256: str = ""
    weight: int = 0

    @property
    def data(self) -> bytes:
        """Return the file's bytes; raises AssetError if it cannot be read or has changed."""
        if self.sha256:
            return _from_file(self.key, self.sha256)
        return Path(self.key).read_bytes() if self.weight else _shipped(self.key)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file's bytes."""
        return self.sha256 or hashlib.sha256(self.data).hexdigest()


def unknown(names: Iterable[str], others: Iterable[str] = ()) -> list[Problem]:
    """Return a problem for each name that is no family of ours, of a package or of `others`."""
    known = {*shelves.SHIPPED, *shelves.packed(), *others}
    return [
        Problem("unknown-font", f"no font is named '{name}'", hint=_hint(name, known))
        for name in names
        if name not in known
    ]


def _hint(name: str, known: Iterable[str]) -> str:
    extra = shelves.extra_of(name)
    return f"pip install 'reelspec[{extra}]'" if extra else did_you_mean(name, known)


def faces(
    names: Sequence[Family], weight: str = "regular", italic: bool = False, lang: str = "en"
) -> tuple[Face, ...]:
    """Return the fallback chain: the asked families first, then those that cover the rest.

    `weight` is `regular` or `bold`. Upright faces follow slanted ones, for scripts that have none.
    `lang` orders what packages bring. Files are read when they are needed. Raises MissingError for
    an unknown name.
    """
    return _chain(tuple(names), weight == "bold", italic, shelves.for_language(lang))


@lru_cache(maxsize=64)
def _chain(
    names: tuple[Family, ...], bold: bool, italic: bool, packed: tuple[str, ...]
) -> tuple[Face, ...]:
    problems = unknown(name for name in names if isinstance(name, str))
    if problems:
        raise MissingError(*problems)
    families = (*names, *_FALLBACK, *packed)
    variants = dict.fromkeys((bold + 2 * italic, int(bold), 0))
    return tuple(dict.fromkeys(_face(name, which) for which in variants for name in families))


def _face(family: Family, variant: int) -> Face:
    if not isinstance(family, str):
        return Face(*family)
    if family in shelves.SHIPPED:
        return Face(shelves.SHIPPED[family][variant])
    return Face(str(shelves.packed()[family]), weight=_WEIGHTS[variant % 2])


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
    shipped = not face.sha256 and not face.weight
    known = coverage.characters(face.key) if shipped else None
    return mapped(face) if known is None else known


def mapped(face: Face) -> frozenset[int]:
    """Return the code points that a face's `cmap` has glyphs for; raises AssetError."""
    from fontTools.ttLib import TTFont, TTLibError

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
    """Return (index in the text, code point) of each character that cannot be drawn with a chain.

    No face has it, nor all of the characters that `spelled` would write for it.
    """
    lacking = {code for code in _lacking(text, chain) if _spelling(code, chain) is None}
    return [(index, ord(letter)) for index, letter in enumerate(text) if ord(letter) in lacking]


def spelled(text: str, chain: Sequence[Face]) -> str:
    """Return the text, what no face has written by its compatible letters (NFKC), as for `ﷺ`."""
    lacking = _lacking(text, chain)
    return text.translate({code: _spelling(code, chain) or chr(code) for code in lacking})


def _lacking(text: str, chain: Sequence[Face]) -> set[int]:
    wanted = {ord(character) for character in text if not ignorable(character)}
    for face in chain:
        if not wanted:
            break
        wanted -= _characters(face)
    return wanted


def _spelling(code: int, chain: Sequence[Face]) -> str | None:
    """Return the letters that a character is compatible with, None where some are lacking too."""
    letters = unicodedata.normalize("NFKC", chr(code))
    return None if letters == chr(code) or _lacking(letters, chain) else letters
