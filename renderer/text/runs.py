"""From marked-up text to paragraphs whose characters each know their face and level."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby, pairwise

from renderer.fonts import MONO, Face, Family, covers, faces, ignorable, spelled
from renderer.scripts import joins
from renderer.text.direction import levels
from renderer.text.markup import Span, spans
from renderer.units import graphemes

_NEW_LINE = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_JOINER = "\u200d"
_CONTROLS = dict.fromkeys([0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
NO_WORD = -1
"""Number of what belongs to no word that is known."""

_NOT_JOINING_FORWARD = frozenset("ءآأؤإةاىدذرزوٱڈڑژۆۇۈۉۋەۓے")

Fonts = tuple[Family, ...]
Stretches = tuple[tuple[int, int], ...]
"""First index of some characters, and the one after their last, of each."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """Where the lines and words of a plain text stand in it; it has no markup."""

    lines: Stretches
    words: Stretches


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the source: its characters; the face, level, stress and word number of each.

    Where one of the four changes there is a cut, at each end too; `joined` are those cuts between
    letters that join. Words have numbers, and lines are there, only where they are fixed.
    """

    text: str
    faces: tuple[Face, ...]
    levels: tuple[int, ...]
    strong: tuple[bool, ...]
    words: tuple[int, ...]
    cuts: tuple[int, ...]
    joined: frozenset[int]
    lines: Stretches = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters in logical order that share a face, a level, a stress and a word's number."""

    text: str
    face: Face
    level: int
    strong: bool
    word: int


@dataclass(frozen=True, slots=True)
class _Asked:
    font: Fonts
    bold: bool
    italic: bool
    lang: str


@lru_cache(maxsize=256)
def paragraphs(
    written: str, font: Fonts, weight: str, italic: bool, rtl: bool, lang: str = "en"
) -> tuple[Paragraph, ...]:
    """Return the written text's paragraphs, its markup read; `rtl` is the direction of all."""
    asked = _Asked(font, weight == "bold", italic, lang)
    looks: list[Span] = []
    text = ""
    chain = faces(font, lang=lang)
    for span in spans(_NEW_LINE.sub("\n", written).replace("\t", "    ")):
        shown = spelled(span.text, chain)
        text += shown
        looks += [span] * len(shown)
    found, start = [], 0
    for line in text.split("\n"):
        chosen = _faces(line, looks[start : start + len(line)], asked)
        stress = tuple(look.strong for look in looks[start : start + len(line)])
        none = (NO_WORD,) * len(line)
        found.append(_paragraph(line, chosen, levels(line, rtl), stress, none))
        start += len(line) + 1
    return tuple(found)


@lru_cache(maxsize=256)
def fixed_paragraph(
    written: str, fixed: Fixed, font: Fonts, weight: str, italic: bool, rtl: bool, lang: str
) -> Paragraph:
    """Return a plain text as one paragraph, whose lines and words are known."""
    chain = faces(font, lang=lang)
    shown = [spelled(character, chain) for character in written]
    places = tuple(accumulate(map(len, shown), initial=0))
    text, asked = "".join(shown), _Asked(font, weight == "bold", italic, lang)
    numbers = [NO_WORD] * len(text)
    for number, (first, last) in enumerate(fixed.words):
        span = places[first], places[last]
        numbers[slice(*span)] = [number] * (span[1] - span[0])
    chosen = _faces(text, [Span(text)] * len(text), asked)
    stress = (False,) * len(text)
    found = _paragraph(text, chosen, levels(text, rtl), stress, tuple(numbers))
    return replace(found, lines=tuple((places[first], places[last]) for first, last in fixed.lines))


def _faces(line: str, looks: Sequence[Span], asked: _Asked) -> tuple[Face, ...]:
    found: list[Face] = []
    for cluster in graphemes(line):
        chain = _chain(looks[len(found)], asked, any(map(joins, cluster)))
        same = bool(found) and looks[len(found)] == looks[len(found) - 1]
        previous = found[-1] if same and found[-1] in chain else None
        found += [_face(cluster, chain, previous)] * len(cluster)
    return tuple(found)


def _chain(look: Span, asked: _Asked, joining: bool) -> tuple[Face, ...]:
    """Return the faces for a look; joining scripts are stressed by weight, never by slant."""
    bold = asked.bold or look.strong or (joining and look.emphasis)
    slanted = (asked.italic or look.emphasis) and not joining
    names = (MONO, *asked.font) if look.code else asked.font
    return faces(names, "bold" if bold else "regular", slanted, asked.lang)


def _face(cluster: str, chain: tuple[Face, ...], previous: Face | None) -> Face:
    """Return the first face that has all of a cluster; a space stays with what is before."""
    needed = [ord(character) for character in cluster if not ignorable(character)]
    if not needed and previous:
        return previous
    whole = (face for face in chain if all(covers(face, code) for code in needed))
    base = (face for face in chain if covers(face, (needed or [0x20])[0]))
    return next(whole, None) or next(base, chain[0])


def _paragraph(
    text: str,
    chosen: tuple[Face, ...],
    found: tuple[int, ...],
    stress: tuple[bool, ...],
    words: tuple[int, ...],
) -> Paragraph:
    groups = groupby(zip(chosen, found, stress, words, strict=True))
    cuts = tuple(accumulate((sum(1 for _ in group) for _, group in groups), initial=0))
    joined = frozenset(cut for cut in cuts[1:-1] if _joined(text, cut))
    return Paragraph(text, chosen, found, stress, words, cuts, joined)


def stretches(paragraph: Paragraph, start: int, stop: int) -> list[Stretch]:
    """Return the characters from `start` to `stop` in stretches, in logical order."""
    inner = paragraph.cuts[bisect_right(paragraph.cuts, start) : bisect_left(paragraph.cuts, stop)]
    found = []
    for first, last in pairwise((start, *inner, stop)):
        text = paragraph.text[first:last].translate(_CONTROLS)
        before = _JOINER if first > start and first in paragraph.joined else ""
        after = _JOINER if last < stop and last in paragraph.joined else ""
        if text:
            look = paragraph.faces[first], paragraph.levels[first], paragraph.strong[first]
            found.append(Stretch(before + text + after, *look, paragraph.words[first]))
    return found


def _joined(text: str, cut: int) -> bool:
    """Return whether the letters on both sides of a cut join, and must keep their joined forms."""
    before = _letter(text, range(cut - 1, -1, -1))
    after = _letter(text, range(cut, len(text)))
    letters = joins(before) and joins(after) and before.isalpha() and after.isalpha()
    return letters and before not in _NOT_JOINING_FORWARD


def _letter(text: str, places: range) -> str:
    """Return the first character that is no mark of those at some places, or a space."""
    return next((text[at] for at in places if not unicodedata.combining(text[at])), " ")
