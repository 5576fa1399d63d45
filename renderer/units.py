"""Units of text: graphemes by UAX 29, and where a line may end by UAX 14 and Thai's dictionary.

Both are uniseg's. It takes some 60 µs a character, and 30 ms to load, so it is loaded and asked
only for what is not plain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from itertools import accumulate, groupby, pairwise

_PLAIN = (
    r"[\u0020-\u00a8\u00aa-\u00ac\u00af-\u02ff\u0370-\u03ff\u0400-\u0482\u048a-\u0556"
    r"\u05d0-\u05ea\u0620-\u064a\u0660-\u066f\u0671-\u06d3\u06f0-\u06ff]"
)
"""Characters that are graphemes of their own but for the marks that may follow."""

_BETWEEN = re.compile(f"(?<={_PLAIN})(?={_PLAIN})")
_WORDS = re.compile(r"(?<=[^\W_] )(?=[^\W_])")
_WHOLE = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u0482\u05d0-\u05ea\u0620-\u064a\u0671-\u06d3]+ ?")
_TOWER = 8
_MODIFIERS = frozenset([0x200D, *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE0080)])
"""Joiner, skin tones and tags, which are no marks by their category."""

_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_OTHERS = re.compile(r"[\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Lao, Burmese and Khmer, which would need dictionaries too."""


def graphemes(text: str) -> list[str]:
    """Return the text in graphemes: what is seen as one letter, its marks included."""
    return [part for piece in _BETWEEN.split(text) for part in _graphemes(piece)]


@lru_cache(maxsize=4096)
def _graphemes(piece: str) -> tuple[str, ...]:
    return (
        (piece,)
        if len(piece) == 1
        else tuple(_divided(piece, _uniseg("graphemecluster", "grapheme_clusters")))
    )


def opportunities(text: str) -> list[int]:
    """Return the indexes before which a line may end, the end of the text included."""
    units = [unit for word in _WORDS.split(text) for unit in _units(word)]
    return list(accumulate(map(len, units)))


@lru_cache(maxsize=4096)
def _units(word: str) -> tuple[str, ...]:
    """Return a stretch of text in units; between letters on both sides of a space one ends."""
    if _WHOLE.fullmatch(word):
        return (word,)
    divide = _uniseg("linebreak", "line_break_units")
    return tuple(part for unit in _divided(word, divide) for part in _thai(unit))


@cache
def _uniseg(module: str, name: str) -> Callable[[str], Iterable[str]]:
    """Return a function of uniseg's that divides a text."""
    divide: Callable[[str], Iterable[str]] = getattr(import_module(f"uniseg.{module}"), name)
    return divide


def _divided(text: str, divide: Callable[[str], Iterable[str]]) -> list[str]:
    """Return the units of a text, found in it without what is high in a tower of marks.

    What a tower ends with decides how it is divided; uniseg's time grows with its square.
    """
    stacks = list(_stacks(text))
    if len(stacks) == len(text):
        return list(divide(text))
    lower = [stack[-2:] for stack in stacks]
    ends = dict(zip(accumulate(map(len, lower)), accumulate(map(len, stacks)), strict=True))
    found = accumulate(map(len, divide("".join(lower))))
    cuts = [0, *(ends[end] for end in found if end in ends)]
    return [text[start:stop] for start, stop in pairwise(cuts)]


def _stacks(text: str) -> Iterator[str]:
    """Yield the text in characters, and in towers of more marks than any script has."""
    for high, group in groupby(text, _extends):
        letters = list(group)
        yield from ["".join(letters)] if high and len(letters) > _TOWER else letters


def _extends(character: str) -> bool:
    """Return whether a character is a mark, a joiner or a modifier of the one before it."""
    return ord(character) in _MODIFIERS or unicodedata.category(character) in ("Mn", "Me", "Mc")


def undivided(letter: str) -> bool:
    """Return whether a letter is of a script whose words would need a dictionary that is not there.

    No line is broken in a stretch of such, but where it must.
    """
    missing = _THAI.match(letter) and _dictionary() is None
    return bool(missing or _OTHERS.match(letter))


def _thai(unit: str) -> list[str]:
    """Return a unit in its Thai words, where the dictionary is installed."""
    words = _dictionary() if _THAI.search(unit) else None
    if words is None:
        return [unit]
    parts = [word for word in words(unit) if word]
    return _kept(parts) if "".join(parts) == unit else [unit]


def _kept(parts: list[str]) -> list[str]:
    """Return the parts of a unit, ended only between Thai letters."""
    found: list[str] = []
    for part in parts:
        if found and not (_THAI.fullmatch(found[-1][-1]) and _THAI.match(part)):
            found[-1] += part
        else:
            found.append(part)
    return found


@cache
def _dictionary() -> Callable[[str], list[str]] | None:
    """Return what splits Thai into words (the extra `thai`), None where it is not installed."""
    if find_spec("pythainlp") is None:
        return None
    segment: Callable[[str], list[str]] = import_module("pythainlp.tokenize.newmm").segment
    return segment
