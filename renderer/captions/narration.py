"""What a scene says as one text: when each word is spoken, and where the text may be broken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate

from renderer.nouns import Cue, Word
from renderer.times import SAMPLE_RATE
from renderer.units import opportunities, undivided

Span = tuple[int, int]
"""The first index of some characters, and the one after the last."""

SENTENCE, PHRASE, WORD, SHORT = range(4)
"""What ends before a break, the most natural one first; `SHORT` is a word of a few letters, which
belongs to what follows it."""

_SENTENCE = re.compile(r"[.!?…؟۔।。！？][\"'”’»)\]]*$")
_PHRASE = re.compile(r"[,;:،؛、，；：–—)\]»”]+[\"'”’»)\]]*$")
_FEW = 3


@dataclass(frozen=True, slots=True)
class Timed:
    """A spoken word: its characters in the narration, and from when to when, in seconds.

    `estimated` says that the times were not given by the voice.
    """

    span: Span
    begin: Fraction
    end: Fraction
    estimated: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """Characters that are not broken, when they are spoken in seconds, and what ends with them."""

    span: Span
    begin: Fraction
    end: Fraction
    rank: int


@dataclass(frozen=True, slots=True)
class Narration:
    """A scene's text; `columns` are the widths of its beginnings, by number of characters."""

    text: str
    words: tuple[Timed, ...]
    units: tuple[Unit, ...]
    columns: tuple[int, ...]

    def wide(self, first: int, last: int) -> int:
        """Return the width in columns of the units from one up to but not including another."""
        return self.columns[self.units[last - 1].span[1]] - self.columns[self.units[first].span[0]]


def narration(cues: Sequence[tuple[Cue, Fraction]]) -> Narration:
    """Return what some cues, each with its start in seconds of the scene, say together."""
    text = " ".join(cue.text for cue, _ in cues)
    starts = accumulate((len(cue.text) + 1 for cue, _ in cues), initial=0)
    words: list[Timed] = []
    units: list[Unit] = []
    for (cue, begin), at in zip(cues, starts, strict=False):
        breaks = opportunities(cue.text)
        own = list(_words(cue, begin, at, breaks))
        words += own
        units += _units(cue, at, own, breaks)
    columns = tuple(accumulate(map(_column, text), initial=0))
    return Narration(text, tuple(words), tuple(units), columns)


def _words(cue: Cue, begin: Fraction, at: int, breaks: Sequence[int]) -> Iterator[Timed]:
    """Yield what is marked as one: a word, or letters between which no line may end."""
    end = begin + Fraction(cue.samples, SAMPLE_RATE)
    words = list(_joined(cue, set(breaks)))
    starts = [begin + Fraction(word.start, 1000) for word in words]
    for word, start, following in zip(words, starts, [*starts[1:], end], strict=True):
        span = at + word.first, at + word.last
        yield Timed(span, start, max(start, following), cue.estimated)


def _joined(cue: Cue, ends: Collection[int]) -> Iterator[Word]:
    """Yield a cue's words; one with those that follow without a space where no line may end."""
    first = 0
    for number, word in enumerate(cue.words, 1):
        following = cue.words[number] if number < len(cue.words) else None
        apart = following is None or following.first > word.last or word.last in ends
        if apart or undivided(cue.text[word.first]):
            yield replace(cue.words[first], last=word.last)
            first = number


def _units(cue: Cue, at: int, words: Sequence[Timed], breaks: Sequence[int]) -> Iterator[Unit]:
    """Yield what lies between the places of a cue where a line may end (UAX 14)."""
    first, rest = 0, iter(words)
    word = next(rest, None)
    for end in breaks:
        stop = first + len(cue.text[first:end].rstrip())
        while word and word.span[1] <= at + first:
            word = next(rest, None)
        if stop > first and word:
            span = at + first, at + stop
            until = next((one for one in words if one.span[1] >= span[1]), word)
            rank = _rank(cue.text[first:stop], end == len(cue.text))
            yield Unit(span, _time(word, span[0]), _time(until, span[1]), rank)
        first = end


def _time(word: Timed, index: int) -> Fraction:
    """Return when a character of a word is spoken, as if all took the same time."""
    first, last = word.span
    share = Fraction(min(max(index, first), last) - first, last - first)
    return word.begin + (word.end - word.begin) * share


def _rank(text: str, ends: bool) -> int:
    if _SENTENCE.search(text) and ends:
        return SENTENCE
    if ends or _PHRASE.search(text):
        return PHRASE
    return SHORT if len(text) <= _FEW and text.isalpha() else WORD


def _column(character: str) -> int:
    """Return how many columns a character takes: marks none, wide ones two (UAX 11)."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
