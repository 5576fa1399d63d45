"""Written words and spoken ones: substitution, estimates, and word times from an engine's events.

A span is `(first, last)`: the characters `text[first:last]`. Times are in milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from renderer.units import graphemes

Span = tuple[int, int]
Event = tuple[int, int, int]  # ms, first character, number of characters
Timed = tuple[int, int, int]  # ms, first, last
Reading = tuple[int, int, str]  # first, last, what is said for these characters

NORMAL_RATE = 175  # words a minute; eSpeak's own default
_CHARACTERS_PER_SECOND = 13.0
_DIGIT = 6.0  # a digit takes about as long to say as six letters


def written(text: str) -> list[Span]:
    """Return the span of every word, that is of every run of characters without white space."""
    return [match.span() for match in re.finditer(r"\S+", text)]


_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""A letter of a script that sets no spaces between words: Thai, Lao, Burmese, Khmer, Han, kana."""


def timeable(text: str) -> list[Span]:
    """Return the span of what has a time of its own: words, and letters where no space divides.

    Punctuation goes with the letter before it, an opening mark with the one after it.
    """
    found: list[Span] = []
    for first, last in written(text):
        run = text[first:last]
        found += _letters(run, first) if _UNSPACED.search(run) else [(first, last)]
    return found


def _letters(run: str, at: int) -> Iterator[Span]:
    first, before = at, ""
    for letter in graphemes(run):
        kind = _kind(letter)
        ends = kind in ("letter", "opening") or (kind == "word" and before == "letter")
        if before and before != "opening" and ends:
            yield first, at
            first = at
        before, at = kind if kind != "mark" else before or kind, at + len(letter)
    yield first, at


def _kind(letter: str) -> str:
    """Return what a grapheme is: `letter` by itself, of a `word`, `opening` or another `mark`."""
    if _UNSPACED.match(letter):
        return "letter"
    if unicodedata.category(letter[0]) in ("Ps", "Pi"):
        return "opening"
    return "word" if letter[0].isalnum() else "mark"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an engine is given for a written text: `pieces` are (spoken first, last, written first).

    A piece whose text was replaced stands for one written character, its first.
    """

    text: str
    pieces: tuple[tuple[int, int, int, bool], ...]

    def position(self, index: int) -> int:
        """Return the written character that the spoken one at `index` stands for."""
        for first, last, origin, replaced in self.pieces:
            if first <= index < last:
                return origin if replaced else origin + index - first
        return self.pieces[-1][2] if self.pieces else 0


def replaced_words(text: str, say_as: Mapping[str, str]) -> dict[str, str]:
    """Return the entries of `say_as` whose word occurs in the text."""
    return {word: say for word, say in say_as.items() if word and _whole(word).search(text)}


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")


def spoken(text: str, say_as: Mapping[str, str], readings: Sequence[Reading] = ()) -> Spoken:
    """Return the text to speak: every whole word that `say_as` names is said as it says.

    Of two words that begin at one place the longer one counts. `readings` are stretches of the
    text with what is said for them, in order; where one meets a word of `say_as`, that counts.
    """
    own = list(_named(text, say_as))
    met = [(first, last, said) for first, last, said in readings if _free(first, last, own)]
    parts: list[tuple[str, int, bool]] = []
    end = 0
    for first, last, said in sorted([*own, *met]):
        parts += [(text[end:first], end, False), (said, first, True)]
        end = last
    return _joined([*parts, (text[end:], end, False)])


def _free(first: int, last: int, taken: Sequence[Reading]) -> bool:
    return all(last <= begin or end <= first for begin, end, _ in taken)


def _named(text: str, say_as: Mapping[str, str]) -> Iterator[Reading]:
    """Yield the words of a text that `say_as` names, with what is said for them."""
    words = sorted(replaced_words(text, say_as), key=len, reverse=True)
    pattern = re.compile("|".join(_whole(word).pattern for word in words) or r"(?!)")
    for match in pattern.finditer(text):
        yield *match.span(), say_as[match[0]]


def _joined(parts: list[tuple[str, int, bool]]) -> Spoken:
    parts = [part for part in parts if part[0]]
    edges = list(accumulate((len(text) for text, _, _ in parts), initial=0))
    pieces = tuple(
        (first, last, origin, replaced)
        for (first, last), (_, origin, replaced) in zip(pairwise(edges), parts, strict=True)
    )
    return Spoken("".join(text for text, _, _ in parts), pieces)


def weight(text: str) -> float:
    """Return how long a text takes to say, in letters; digits count more, marks and spaces less."""
    return sum(_character_weight(character) for character in text)


def _character_weight(character: str) -> float:
    if character.isdigit():
        return _DIGIT
    return 1.0 if character.isalpha() else 0.3


def speed(rate: float | str) -> float:
    """Return a rate as a factor of the normal one; `160wpm` is words a minute.

    Raises ValueError where it is neither, or more than ten times too slow or too fast.
    """
    match = re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(wpm)?\s*", str(rate))
    factor = float(match[1]) / (NORMAL_RATE if match[2] else 1) if match else 0.0
    if not 0.1 <= factor <= 10:
        raise ValueError(f"a rate of {rate} cannot be spoken")
    return factor


def estimate(text: str, rate: float | str) -> float:
    """Return about how many seconds a text takes to say."""
    return max(0.3, weight(text) / _CHARACTERS_PER_SECOND / speed(rate))


def timed(text: str, events: Iterable[Event], length: int) -> list[Timed]:
    """Return what is `timeable` with its start, in order, from events that refer to the same text.

    Several events in a word count as its first; a word without one lies between its neighbours,
    by the weight of the words. Starts never decrease and lie in 0…`length` ms.
    """
    spans = timeable(text)
    known = _known(spans, events)
    starts = _between(spans, text, known, length)
    return [(start, *span) for start, span in zip(starts, spans, strict=True)]


def shared(text: str, events: Iterable[Event]) -> bool:
    """Return whether letters that no space divides have no event, so that they share the time."""
    spans = timeable(text)
    known = _known(spans, events)
    joined = (b[0] == a[1] and n not in known for n, (a, b) in enumerate(pairwise(spans), 1))
    return any(joined)


def _known(spans: Sequence[Span], events: Iterable[Event]) -> dict[int, int]:
    """Return the starts that events give, by the number of the span."""
    known: dict[int, int] = {}
    for start, first, _ in sorted(events):
        index = _word_at(spans, first)
        if index is not None:
            known.setdefault(index, start)
    return known


def _word_at(spans: Sequence[Span], character: int) -> int | None:
    found = (index for index, (first, last) in enumerate(spans) if first <= character < last)
    return next(found, None)


def _between(spans: Sequence[Span], text: str, known: Mapping[int, int], length: int) -> list[int]:
    """Fill in the starts that are not known; the sound's edges count as known."""
    places = list(accumulate((weight(text[a:b]) for a, b in spans), initial=0.0))
    anchors = [(0.0, 0), *((places[i], known[i]) for i in sorted(known)), (places[-1], length)]
    starts: list[int] = []
    for index in range(len(spans)):
        raw = known[index] if index in known else _interpolated(anchors, places[index])
        starts.append(max(starts[-1] if starts else 0, min(length, max(0, raw))))
    return starts


def _interpolated(anchors: Sequence[tuple[float, int]], place: float) -> int:
    for (left, early), (right, late) in pairwise(anchors):
        if left <= place <= right and right > left:
            return round(early + (late - early) * (place - left) / (right - left))
    return anchors[-1][1]
