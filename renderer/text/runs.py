"""From marked-up text to paragraphs whose characters each know their face and level."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from uniseg.graphemecluster import grapheme_clusters

from renderer.fonts import MONO, Face, Family, covers, faces, ignorable, spelled
from renderer.scripts import joins
from renderer.text.direction import levels
from renderer.text.markup import Span, spans

_NEW_LINE = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_JOINER = "\u200d"
_CONTROLS = dict.fromkeys([0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_NOT_JOINING_FORWARD = frozenset("ءآأؤإةاىدذرزوٱڈڑژۆۇۈۉۋەۓے")

Fonts = tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the source: its characters, and the face, level and stress of each."""

    text: str
    faces: tuple[Face, ...]
    levels: tuple[int, ...]
    strong: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters in logical order that share a face, a level and a stress."""

    text: str
    face: Face
    level: int
    strong: bool


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
        found.append(Paragraph(line, chosen, levels(line, rtl), stress))
        start += len(line) + 1
    return tuple(found)


def _faces(line: str, looks: Sequence[Span], asked: _Asked) -> tuple[Face, ...]:
    found: list[Face] = []
    for cluster in grapheme_clusters(line):
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


def stretches(paragraph: Paragraph, start: int, stop: int) -> list[Stretch]:
    """Return the characters from `start` to `stop` in stretches, in logical order."""
    cuts = list(_grouped(paragraph, start, stop))
    found = []
    for first, last in cuts:
        text = paragraph.text[first:last].translate(_CONTROLS)
        before = _JOINER if first > start and _joined(paragraph.text, first) else ""
        after = _JOINER if last < stop and _joined(paragraph.text, last) else ""
        look = paragraph.faces[first], paragraph.levels[first], paragraph.strong[first]
        found += [Stretch(before + text + after, *look)] if text else []
    return found


def _grouped(paragraph: Paragraph, start: int, stop: int) -> Iterator[tuple[int, int]]:
    looks = (paragraph.faces, paragraph.levels, paragraph.strong)
    for _, group in groupby(zip(*(look[start:stop] for look in looks), strict=True)):
        length = sum(1 for _ in group)
        yield start, start + length
        start += length


def _joined(text: str, cut: int) -> bool:
    """Return whether the letters on both sides of a cut join, and must keep their joined forms."""
    before = next((c for c in reversed(text[:cut]) if not unicodedata.combining(c)), " ")
    after = next((c for c in text[cut:] if not unicodedata.combining(c)), " ")
    letters = joins(before) and joins(after) and before.isalpha() and after.isalpha()
    return letters and before not in _NOT_JOINING_FORWARD
