"""Units of text → beats: what kind of thing each tells, and what of it may stand on screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reelspec.author.facts import Number, contrast, enumeration, number, quotation, series
from reelspec.author.notes import Beat, Series
from reelspec.author.phrases import Matter, begun, capital, clauses, closed, phrase
from reelspec.author.segmentation import content_words, spaced

MOST_ITEMS = 6
_SHORT_ITEM = 28
_SEARCHED = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """How many characters fit on screen: of an item, a heading, a statement."""

    item: int = 46
    title: int = 44
    statement: int = 60


WIDE = Limits()
DENSE = Limits(item=16, title=16, statement=24)
"""For scripts whose characters are as wide as they are high."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences that stand or fall together, as one source says them under one heading.

    `kind` is that of a passage; `order` is its place among all, `score` how much it matters.
    """

    kind: str
    sentences: tuple[str, ...]
    source: str
    heading: str
    order: int
    score: float = 0.0
    lead: str = ""
    language: str = ""
    series: Series | None = None

    @property
    def say(self) -> tuple[str, ...]:
        """Return what is spoken of it; short items are one sentence, code is not spoken.

        Of a series it is the sentence that leads to it, else its rows.
        """
        lead = (self.lead,) if self.lead else ()
        if self.kind == "code":
            return lead
        if self.kind == "series":
            return self._counted()
        if self.kind not in ("bullets", "steps"):
            return (*lead, *map(_sentence, self.sentences))
        items = [closed(item) for item in self.sentences]
        if max(map(len, items)) > _SHORT_ITEM:
            return (*lead, *(_sentence(capital(item)) for item in self.sentences))
        listed = _comma(items[0]).join(items)
        return (_sentence(f"{self.lead} {listed}" if lead else capital(listed)),)

    def _counted(self) -> tuple[str, ...]:
        """Return the sentence before a series, or its rows; of many the first and the last."""
        if self.lead and not self.lead.endswith((":", "：")):
            return (self.lead,)
        ends = (self.sentences[0], self.sentences[-1])
        rows = self.sentences if len(self.sentences) <= MOST_ITEMS else ends
        lead = (_sentence(closed(self.lead)),) if self.lead else ()
        return (*lead, *map(_sentence, rows))


def _comma(text: str) -> str:
    if _dense(text):
        return "、"
    return "، " if any("\u0600" <= sign <= "\u06ff" for sign in text) else ", "


def _sentence(text: str) -> str:
    return text if text[-1] in ".!?…؟۔।。！？" else f"{text}。" if _dense(text) else f"{text}."


def _dense(text: str) -> bool:
    return any("\u3040" <= sign <= "\u9fff" for sign in text)


def limits(lang: str) -> Limits:
    """Return how much text of a language fits on screen."""
    return WIDE if spaced(lang) else DENSE


def beat_of(units: Sequence[Unit], matter: Matter, before: Beat | None = None) -> Beat:
    """Return the beat that units of one source make, shown otherwise than the one before it."""
    first = units[0]
    say = tuple(sentence for unit in units for sentence in unit.say)
    beat = Beat("point", say, (first.source,), title=heading(first.heading, matter.lang))
    made = _special(first, beat, matter) if len(units) == 1 else None
    if made is None and len(units) > 1 and before and before.kind == "list":
        made = next(filter(None, (_telling(each, beat, matter) for each in say)), None)
    made = made or _points(beat, matter)
    again = before is not None and before.title == made.title and made.kind == "list"
    return replace(made, title="") if again else made


def searches(said: Iterable[str], matter: Matter) -> str:
    """Return a note with the words to search pictures with: those that the film has most of."""
    if not spaced(matter.lang):
        return ""
    found = dict.fromkeys(word for text in said for word in content_words(text, matter.lang))
    long = [word for word in found if len(word) > 3]
    best = sorted(long, key=lambda word: -matter.counts[word])[:_SEARCHED]
    return f"b-roll: {' '.join(best)}" if best else ""


def heading(text: str, lang: str) -> str:
    """Return a heading where it is short enough for a screen, else nothing."""
    return text if len(text) <= limits(lang).title else ""


def _special(unit: Unit, beat: Beat, matter: Matter) -> Beat | None:
    if unit.kind == "code":
        return replace(beat, kind="code", value=unit.sentences[0], author=unit.language)
    if unit.series:
        return replace(beat, kind="series", series=unit.series)
    if unit.kind in ("bullets", "steps"):
        return _list(beat, unit.sentences, unit.lead, matter, ordered=unit.kind == "steps")
    if unit.kind == "quote":
        return replace(beat, kind="quote", value=" ".join(unit.sentences), title="")
    for sentence in beat.say:
        made = _telling(sentence, beat, matter)
        if made:
            return made
    return None


def _telling(sentence: str, beat: Beat, matter: Matter) -> Beat | None:
    """Return the beat that one telling sentence makes, None where it is like any other."""
    lang = matter.lang
    if (quoted := quotation(sentence)) and (quoted.author or len(quoted.text) > 40):
        return replace(beat, kind="quote", value=quoted.text, author=quoted.author, title="")
    if found := enumeration(sentence, lang):
        return _list(beat, found[1], found[0], matter)
    if counted := series(sentence, lang):
        return replace(beat, kind="series", series=counted)
    if told := number(sentence, lang):
        label = _label(sentence, told, matter)
        if label:
            return replace(beat, kind="number", value=told.value, title=label)
    if sides := contrast(sentence, lang):
        items = tuple(phrase(side, matter, limits(lang).item) for side in sides)
        if all(items):
            return replace(beat, kind="contrast", items=items)
    return None


def _label(sentence: str, told: Number, matter: Matter) -> str:
    """Return what a number is said of: what follows it, its clause, or a phrase of the sentence."""
    room = limits(matter.lang)
    clause = next((each for each in clauses(sentence) if told.digits in each), sentence)
    after = clause.partition(told.written)[2].strip(" ,،，")
    if len(after) <= room.title and len(content_words(after, matter.lang)) >= 2:
        return "" if any(map(str.isdigit, after)) else after
    if len(clause) <= room.statement:
        return capital(begun(clause, matter))
    return phrase(sentence, matter, room.statement)


def _list(
    beat: Beat, items: Iterable[str], lead: str, matter: Matter, ordered: bool = False
) -> Beat:
    room = limits(matter.lang)
    short = [
        closed(item) if len(closed(item)) <= room.statement else phrase(item, matter, room.item)
        for item in items
    ]
    shown = tuple(map(capital, dict.fromkeys(filter(None, short))))[:MOST_ITEMS]
    title = closed(lead) if 0 < len(closed(lead)) <= room.title else ""
    if len(shown) < 2:
        return _points(beat, matter)
    return replace(beat, kind="list", items=shown, title=title or beat.title, ordered=ordered)


def _points(beat: Beat, matter: Matter) -> Beat:
    """Return a beat with a phrase of each sentence, or one statement for a single sentence."""
    room = limits(matter.lang)
    if len(beat.say) == 1:
        text = phrase(beat.say[0], matter, room.statement, [beat.title])
        whole = closed(beat.say[0])
        text = text or (whole if len(whole) <= 1.4 * room.statement else beat.title)
        return replace(beat, kind="point", items=(), value=text)
    items: list[str] = []
    for sentence in beat.say:
        found = phrase(sentence, matter, room.item, [*items, beat.title])
        items += [found] if found else []
    if len(items) < 2:
        return replace(beat, kind="point", value="".join(items) or beat.title)
    return replace(beat, kind="list", items=tuple(items))
