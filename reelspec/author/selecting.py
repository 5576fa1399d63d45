"""Passages → units with a score → those that a film of a given length has room for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from reelspec.author.audience import eases, wanted_ease
from reelspec.author.leaning import leans, promises, refers
from reelspec.author.notes import Research
from reelspec.author.passages import Passage
from reelspec.author.quantities import series, year
from reelspec.author.ranking import ranks
from reelspec.author.reading import rows_of
from reelspec.author.request import Manner
from reelspec.author.segmentation import content_words, length, spaced
from reelspec.author.series import of_items, of_table
from reelspec.author.topicality import Topic, mentions, on_topic
from reelspec.author.units import MOST_ITEMS, Unit

MOST_SENTENCES = 400
"""Sentences that are ranked; comparing each with each takes the square of it."""

_LONGEST = 45
_LONGEST_SIGNS = 110
_ALIKE = 0.6
_WITHIN = 0.8
_SUITS = 0.8
_EXCHANGES = 3
_WORSE = 1.2

Cost = Callable[[Sequence[Unit]], float]


def units(research: Research, manner: Manner) -> list[Unit]:
    """Return all that the sources say on the topic, in their order, with a score each."""
    topic = Topic(research.topic, research.lang)
    told = [_untitled(on_topic(one, topic), one.title, topic) for one in research.sources]
    found = [unit for passages in told for unit in _units(passages, research)]
    numbered = [replace(unit, order=order) for order, unit in enumerate(found)]
    good = [unit for unit in numbered if _sayable(unit, research.lang, manner)][:MOST_SENTENCES]
    return _scored(good, research, manner)


def _untitled(found: Sequence[Passage], title: str, topic: Topic) -> list[Passage]:
    """Return passages without headings that only say what the whole film is about."""
    whole = {title.casefold(), topic.text.casefold()}
    return [replace(one, heading="") if one.heading.casefold() in whole else one for one in found]


def _units(found: Sequence[Passage], research: Research) -> Iterator[Unit]:
    """Yield the units of passages; the sentence before a list, code or table leads to it."""
    held: Unit | None = None
    for passage in found:
        if passage.kind == "prose":
            yield from [held] if held else []
            *said, held = _joined(passage, research.lang)
            yield from said
            continue
        near = held is not None and held.heading == passage.heading
        opens = held is not None and held.sentences[-1].endswith((":", "："))
        whole = _shown(passage, research)
        leads = held is not None and (opens or (near and whole is not None and bool(whole.series)))
        if held and not leads:
            yield held
        if whole:
            lead = " ".join(held.sentences) if held and leads else ""
            yield replace(whole, lead=lead, language=passage.language)
        held = None
    yield from [held] if held else []


def _shown(passage: Passage, research: Research) -> Unit | None:
    """Return the unit of a list, a quotation, code or a table; None where it cannot be shown."""
    unit = Unit(passage.kind, passage.parts, passage.source, passage.heading, 0)
    if passage.kind == "table":
        return _tabled(unit, research)
    found = of_items(passage.parts, research.lang) if passage.kind in ("bullets", "steps") else None
    return replace(unit, kind="series", series=found) if found else unit


def _tabled(unit: Unit, research: Research) -> Unit | None:
    """Return a table as a series, a short one of words as a list."""
    rows = rows_of(unit.sentences)
    source = research.source(unit.source)
    said = tuple(f"{row[0]}: {row[1]}" for row in rows[1:] if row[0] and row[1])
    found = of_table(rows, source.lang if source else "")
    if found:
        return replace(unit, kind="series", sentences=said, series=found)
    short = len(rows[0]) == 2 and 2 <= len(said) <= MOST_ITEMS
    return replace(unit, kind="bullets", sentences=said) if short else None


def _joined(passage: Passage, lang: str) -> list[Unit]:
    """Return the units of a paragraph: a sentence that leans on the one before stays with it."""
    groups: list[list[str]] = []
    for sentence in passage.parts:
        if groups and _hangs(sentence, groups[-1][-1], lang) and len(groups[-1]) < 3:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return [Unit("prose", tuple(group), passage.source, passage.heading, 0) for group in groups]


def _hangs(sentence: str, before: str, lang: str) -> bool:
    return leans(sentence, lang) or refers(sentence, lang) or promises(before, lang)


def _sayable(unit: Unit, lang: str, manner: Manner) -> bool:
    """Return whether a unit can be spoken as it is, and has no word that is to be avoided."""
    text = " ".join((unit.heading, unit.lead, *unit.sentences))
    longest = max(length(sentence, lang) for sentence in unit.sentences)
    most = _LONGEST if spaced(lang) else _LONGEST_SIGNS
    avoided = any(mentions(text, wish) for wish in manner.avoid)
    leaning = unit.kind == "prose" and leans(unit.sentences[0], lang)
    if unit.kind == "code":
        return bool(unit.lead) and not avoided and unit.sentences[0].count("\n") < 16
    if unit.kind == "series":
        return not avoided
    return not avoided and not leaning and 3 <= longest <= most


def _scored(found: Sequence[Unit], research: Research, manner: Manner) -> list[Unit]:
    lang = research.lang
    texts = [" ".join(unit.say) for unit in found]
    rated, easy = ranks(texts, lang), eases(texts, lang)
    ease = _SUITS * wanted_ease(manner.audience)
    topic = Topic(research.topic, lang)
    return [
        replace(unit, score=rank + ease * easily + _bonus(unit, research, topic, manner.include))
        for unit, rank, easily in zip(found, rated, easy, strict=True)
    ]


def _bonus(unit: Unit, research: Research, topic: Topic, wanted: Iterable[str]) -> float:
    text = " ".join(unit.say)
    shared = topic.share(text)
    noted = max((n.weight for n in research.notes if n.quote in text or text in n.quote), default=0)
    asked = 2.0 * sum(mentions(text, wish) for wish in wanted)
    telling = 0.2 if unit.kind != "prose" or any(sign.isdigit() for sign in text) else 0.0
    telling += 0.3 if any(series(each, research.lang) for each in unit.sentences) else 0.0
    return 0.5 * shared + 0.3 * min(noted, 1.0) + asked + telling


def select(found: Sequence[Unit], cost: Cost, room: float, lang: str) -> list[Unit]:
    """Return the best units whose cost is as near to `room` as can be, in order, never over it.

    The best are taken while there is room, none that says again what another says; then one is
    exchanged where that fills the room better.
    """
    best = _filled([], found, cost, room, lang)
    for _ in range(_EXCHANGES):
        other = _filled(_exchanged(best, found, cost, room, lang), found, cost, room, lang)
        if other == best:
            break
        best = other
    return best


def _filled(
    taken: list[Unit], found: Sequence[Unit], cost: Cost, room: float, lang: str
) -> list[Unit]:
    """Return a selection with the best of what there still is room for."""
    for unit in sorted(found, key=lambda unit: (-unit.score, unit.order)):
        tried = _ordered([*taken, unit])
        fits = unit not in taken and not told_again(unit, taken, lang) and cost(tried) <= room
        taken = tried if fits else taken
    return taken


def _ordered(some: Iterable[Unit]) -> list[Unit]:
    return sorted(some, key=lambda unit: unit.order)


def in_time(chosen: Sequence[Unit], lang: str) -> list[Unit]:
    """Return units with those in a row that each tell of a year in the order of the years."""
    ordered: list[Unit] = []
    for dated, run in groupby(chosen, key=lambda unit: _year(unit, lang) is not None):
        found = list(run)
        ordered += sorted(found, key=lambda unit: _year(unit, lang) or 0) if dated else found
    return ordered


def _year(unit: Unit, lang: str) -> int | None:
    return year(unit.sentences[0], lang) if unit.kind == "prose" else None


def told_again(unit: Unit, taken: Iterable[Unit], lang: str) -> bool:
    """Return whether others say already what a unit says."""
    mine = set(content_words(" ".join(unit.say), lang))
    others = (set(content_words(" ".join(other.say), lang)) for other in taken)
    return any(_says_again(mine, other) for other in others)


def _says_again(mine: set[str], other: set[str]) -> bool:
    shared = len(mine & other)
    return shared > _ALIKE * max(1, len(mine)) or shared > max(3, _WITHIN * len(other))


def _exchanged(
    taken: list[Unit], found: Sequence[Unit], cost: Cost, room: float, lang: str
) -> list[Unit]:
    """Return the selection with one unit exchanged for another where that comes nearest to room."""
    best, nearest = taken, room - cost(taken)
    if nearest <= 0.02 * room:
        return taken
    spare = [unit for unit in found if unit not in taken]
    for out in sorted(taken, key=lambda unit: unit.score)[:8]:
        kept = [unit for unit in taken if unit is not out]
        for unit in spare:
            tried = _ordered([*kept, unit])
            left = room - cost(tried)
            good = unit.score >= out.score - _WORSE
            if good and 0 <= left < nearest and not told_again(unit, kept, lang):
                best, nearest = tried, left
    return best
