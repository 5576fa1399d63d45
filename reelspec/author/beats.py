"""Units of text → beats: what kind of thing each tells, and what of it may stand on screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reelspec.author.facts import block_quotation, contrast, enumeration, quotation
from reelspec.author.labels import label, without_year
from reelspec.author.leaning import leans
from reelspec.author.notes import Beat
from reelspec.author.phrases import Matter, capital, closed, nouns, phrase
from reelspec.author.quantities import number, series
from reelspec.author.segmentation import content_words, spaced
from reelspec.author.units import MOST_ITEMS, Unit

_MOST_QUOTED = 220
_SEARCHED = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """How many characters fit on screen: of an item, a heading, a statement."""

    item: int = 54
    title: int = 44
    statement: int = 64
    whole: int = 90


WIDE = Limits()
DENSE = Limits(item=18, title=16, statement=24, whole=34)
"""For scripts whose characters are as wide as they are high."""


def limits(lang: str) -> Limits:
    """Return how much text of a language fits on screen."""
    return WIDE if spaced(lang) else DENSE


def beat_of(units: Sequence[Unit], matter: Matter, before: Beat | None = None) -> Beat:
    """Return the beat that units of one source make, shown otherwise than the one before it."""
    first = units[0]
    say = tuple(sentence for unit in units for sentence in unit.say)
    beat = Beat("point", say, (first.source,), title=heading(first.heading, matter.lang))
    last = before.kind if before else ""
    made = _special(first, beat, matter) if len(units) == 1 else None
    if made is None or (made.kind == last == "number"):
        made = _history(beat, matter)
    if made is None and last in ("list", "point"):
        made = next(filter(None, (_telling(each, beat, matter) for each in say)), None)
    made = made or _points(beat, matter)
    again = before is not None and before.title == made.title and made.kind == "list"
    return replace(made, title="") if again else made


def stands_alone(unit: Unit, lang: str) -> bool:
    """Return whether a unit has a scene of its own: it quotes somebody, lists, counts through."""
    if unit.kind != "prose":
        return True
    quoted = (quotation(sentence) for sentence in unit.sentences)
    return any(one and one.author for one in quoted) or any(
        enumeration(sentence, lang) or series(sentence, lang) for sentence in unit.sentences
    )


def _history(beat: Beat, matter: Matter) -> Beat | None:
    """Return a list of years and what happened in them, where most of the sentences tell one."""
    dated = [
        (told, phrase(without_year(each, told), matter, limits(matter.lang).item))
        for each in beat.say
        if (told := number(each, matter.lang)) and told.year
    ]
    if len(dated) < 2 or 2 * len(dated) < len(beat.say) or not all(text for _, text in dated):
        return None
    return replace(beat, kind="list", items=tuple(f"{at.digits}: {text}" for at, text in dated))


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
        quoted = block_quotation(" ".join(unit.sentences))
        if len(quoted.text) > _MOST_QUOTED:
            return None
        return replace(beat, kind="quote", value=quoted.text, author=quoted.author, title="")
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
        shown = label(sentence, told, matter, limits(lang).title, limits(lang).statement)
        if shown:
            return replace(beat, kind="number", value=told.value, title=shown)
    if sides := contrast(sentence, lang):
        items = tuple(phrase(side, matter, limits(lang).item) for side in sides)
        if all(items):
            return replace(beat, kind="contrast", items=items)
    return None


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
    """Return a beat with a phrase of each sentence, or one statement where fewer than two have one.

    The statement is a phrase, a whole sentence that is short, the heading, or a noun.
    """
    room = limits(matter.lang)
    items: list[str] = []
    for sentence in beat.say if len(beat.say) > 1 else ():
        found = _phrase(sentence, matter, room.item, [*items, beat.title])
        items += [found] if found else []
    if len(items) > 1:
        return replace(beat, kind="list", items=tuple(items))
    shown = "".join(items) or next(filter(None, statements(beat, matter)), "")
    return replace(beat, kind="point", items=(), value=shown)


def _phrase(sentence: str, matter: Matter, most: int, taken: Iterable[str]) -> str:
    """Return a phrase that points back to nothing."""
    found = phrase(sentence, matter, most, taken)
    return "" if leans(found, matter.lang) else found


def statements(beat: Beat, matter: Matter) -> Iterable[str]:
    """Yield what may stand alone for a beat, the best first; some of it may be empty."""
    room = limits(matter.lang)
    for most in (room.statement, room.whole):
        for sentence in beat.say:
            yield _phrase(sentence, matter, most, [beat.title])
    yield beat.title
    for sentence in beat.say:
        yield nouns(sentence, matter, room.statement)
