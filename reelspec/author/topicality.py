"""Whether sources speak of the topic: its words in their sentences, in whatever form they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from reelspec.author.grounding import families, script_of
from reelspec.author.notes import Research, Source
from reelspec.author.passages import Passage, passages
from reelspec.author.segmentation import base, content_words, spaced, stop_words
from renderer.errors import Problem

_GENERAL = {
    "en": "how what why when where who work works working worked make makes made introduction "
    "guide story history basics overview science facts explained explain understand understanding "
    "everything short brief thing things way ways use using film video today world",
    "ar": "كيف ماذا لماذا متى أين ما هو هي تعمل يعمل نعمل عمل مقدمة شرح تاريخ قصة دليل نبذة فيلم "
    "معلومات حقائق أساسيات العالم",
    "es": "cómo qué por cuándo dónde quién funciona funcionan funcionar trabaja introducción guía "
    "historia resumen película vídeo mundo breve hacer hace hacen",
    "fr": "comment pourquoi quand où qui fonctionne fonctionnent introduction guide histoire film",
    "de": "wie was warum wann wo wer funktioniert funktionieren einführung geschichte film",
}
"""Language → words of a topic that any text may have."""

_GENERAL_SIGNS = re.compile("如何|怎么样?|怎样|什么是?|为什么|工作|原理|介绍|历史|基础|是|的")
_DENSE = 0.15
_WHOLE = 0.4
_NAMED = 5


@dataclass(frozen=True)
class Topic:
    """The words of a topic that tell it from others; none where it has no such word."""

    text: str
    lang: str

    @cached_property
    def words(self) -> dict[str, frozenset[str]]:
        """Return each word with its family: the forms in which it may stand in a text."""
        text = self.text if spaced(self.lang) else _GENERAL_SIGNS.sub(" ", self.text)
        every = families(text)
        general = {*families(_GENERAL.get(base(self.lang), "")), *stop_words(self.lang)}
        return {word: kin for word, kin in every.items() if word not in general} or every

    def found(self, text: str) -> frozenset[str]:
        """Return those words of the topic that a text has in any form."""
        has = frozenset().union(*families(text).values())
        return frozenset(word for word, kin in self.words.items() if not kin.isdisjoint(has))

    def share(self, text: str) -> float:
        """Return the share of the topic's words that a text has, from 0 to 1."""
        return len(self.found(text)) / len(self.words) if self.words else 0.0


def mentions(text: str, wish: str) -> bool:
    """Return whether a text has all the words of a wish, in any form, and its digits."""
    words = families(wish)
    has = frozenset().union(*families(text).values())
    digits = re.findall(r"\d+", wish)
    there = all(re.search(rf"(?<!\d){number}(?!\d)", text) for number in digits)
    if not words and not digits:
        return wish.casefold() in text.casefold()
    return there and all(not kin.isdisjoint(has) for kin in words.values())


@dataclass(frozen=True, slots=True)
class Spoken:
    """How much a source speaks of a topic: the topic's words that it has and how many it has not.

    `sentences` of `of` have one of them; `central` says that the source's title or beginning does.
    """

    found: tuple[str, ...]
    asked: int
    sentences: int
    of: int
    central: bool

    @property
    def off(self) -> bool:
        """Return whether the source speaks of something else."""
        if not self.found:
            return True
        whole = len(self.found) == self.asked or self.central
        return not whole and (2 * len(self.found) < self.asked or self._share < _DENSE)

    @property
    def throughout(self) -> bool:
        """Return whether all of the source may be taken to be on the topic."""
        return self.central or self._share >= _WHOLE

    @property
    def _share(self) -> float:
        return self.sentences / max(1, self.of)


def spoken(source: Source, topic: Topic) -> Spoken | None:
    """Return how much a source speaks of a topic, None where the two cannot be compared.

    They cannot where they are written in different languages or scripts, and where the source is
    tables and no text.
    """
    every = passages(source)
    other = source.lang and base(source.lang) != base(topic.lang)
    if other or not topic.words or script_of(topic.text) != script_of(source.text[:2000]):
        return None
    if all(passage.kind == "table" for passage in every):
        return None
    parts = [part for passage in every for part in passage.parts]
    has = [topic.found(part) for part in parts]
    begin = [source.title, *parts[:2]]
    central = any(map(topic.found, begin))
    found = tuple(sorted(frozenset().union(*has, topic.found(source.title))))
    return Spoken(found, len(topic.words), sum(map(bool, has)), len(parts), central)


def on_topic(source: Source, topic: Topic) -> tuple[Passage, ...]:
    """Return the passages of a source that speak of a topic; all where the source as a whole does.

    A list, a table or code belongs to the paragraph before it.
    """
    every, told = passages(source), spoken(source, topic)
    if told is None or told.throughout:
        return every
    return () if told.off else tuple(_near(every, topic))


def _near(every: Sequence[Passage], topic: Topic) -> Iterable[Passage]:
    near = ""
    for passage in every:
        text = " ".join((passage.heading, *passage.parts))
        if topic.found(text) or (passage.kind != "prose" and near == passage.heading):
            near = passage.heading
            yield passage
        else:
            near = ""


def nothing_on_topic(research: Research) -> Problem:
    """Return the error of sources that all speak of something else, with what they do speak of."""
    topic = Topic(research.topic, research.lang)
    told = [(source, spoken(source, topic)) for source in research.sources]
    numbers = "; ".join(f"'{source.title}': {_numbers(one, topic)}" for source, one in told if one)
    text = " ".join(source.text for source in research.sources)
    counts = Counter(word for word in content_words(text, research.lang) if len(word) > 1)
    most = ", ".join(sorted(counts, key=lambda word: (-counts[word], word))[:_NAMED])
    hint = f"name other sources, or the topic in their words; most frequent in them are {most}"
    return Problem("off-topic", f"no source speaks of '{topic.text}': {numbers}", hint=hint)


def off_topic(research: Research) -> tuple[Problem, ...]:
    """Return a warning for each source that speaks of something else, with its numbers."""
    topic = Topic(research.topic, research.lang)
    told = [(source, spoken(source, topic)) for source in research.sources]
    return tuple(_warning(source, one, topic) for source, one in told if one and one.off)


def _warning(source: Source, told: Spoken, topic: Topic) -> Problem:
    says = f"'{source.title}' does not speak of '{topic.text}': {_numbers(told, topic)}"
    return Problem("off-topic", says, hint="its sentences are left out", level="warning")


def _numbers(told: Spoken, topic: Topic) -> str:
    asked = ", ".join(topic.words)
    if not told.found:
        return f"none of its {told.of} sentences has a word of the topic ({asked})"
    return (
        f"{told.sentences} of its {told.of} sentences have '{', '.join(told.found)}', "
        f"of the topic's words {asked}"
    )
