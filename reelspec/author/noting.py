"""Sources → notes: their sentences, weighed by what they share with the topic."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reelspec.author.notes import Note, Source
from reelspec.author.segmentation import content_words, sentences, words

_NO_PROSE = re.compile(r"#|```|\||\d{1,3}\. |- ")
_END = re.compile(r"[.!。！…।۔][\"'”’»)\]」』]*$")
_SHORTEST = 4
_LONGEST = 600


def notes(topic: str, sources: Sequence[Source]) -> tuple[Note, ...]:
    """Return every statement of the sources, in their order; `weight` is 1 to 2.

    The weight grows with the share of the topic's words, rarer ones counting more (inverse
    document frequency over the sentences).
    """
    found = [
        (source, quote) for source in sources for quote in statements(source.text, source.lang)
    ]
    seen = [frozenset(words(quote, source.lang)) for source, quote in found]
    often = Counter(word for each in seen for word in each)
    return tuple(
        Note(quote, source.id, quote, _weight(topic, source.lang, each, often, len(found)))
        for (source, quote), each in zip(found, seen, strict=True)
    )


def statements(text: str, lang: str) -> Iterator[str]:
    """Yield the sentences of a text in simple Markdown that state something, as they stand in it.

    Headings, items, tables, code and questions state nothing by themselves.
    """
    code = False
    for line in text.split("\n"):
        code ^= line.startswith("```")
        if code or not line or _NO_PROSE.match(line):
            continue
        for sentence in sentences(line.removeprefix("> ")):
            if _END.search(sentence) and len(sentence) <= _LONGEST and _long(sentence, lang):
                yield sentence


def _long(sentence: str, lang: str) -> bool:
    return len(words(sentence, lang)) >= _SHORTEST


def _weight(topic: str, lang: str, has: frozenset[str], often: Counter[str], count: int) -> float:
    asked = {word: math.log(1 + count / (1 + often[word])) for word in content_words(topic, lang)}
    shared = sum(weight for word, weight in asked.items() if word in has)
    return round(1 + shared / sum(asked.values()), 4) if asked else 1.0
