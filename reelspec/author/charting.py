"""Rows that somebody wants to chart, against the sources that they are said to come from.

A row stands in a source where a row of a table, an item or a sentence has its number under its
name. All rows have to come from one column of one table, or from sentences with one number each, so
that no number is shown under another's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reelspec.author.grounding import script_of
from reelspec.author.grounding.analysis import said
from reelspec.author.notes import Series, Source
from reelspec.author.passages import passages
from reelspec.author.quantities import series
from reelspec.author.reading import rows_of
from reelspec.author.segmentation import words
from reelspec.author.series import amount, named

Values = frozenset[Fraction]


@dataclass(frozen=True, slots=True)
class Row:
    """A name and a number as somebody writes them, the number with its unit."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a source says: the words that a number stands under, the years in them, its values."""

    text: str
    years: Values
    values: Values


def charted(
    rows: Sequence[Row], name: str, column: str, sources: Sequence[Source], lang: str
) -> tuple[Series | None, tuple[Row, ...]]:
    """Return the series of those rows that stand in the sources, and the other rows.

    `name` is what the names are, `column` what the numbers are, `lang` the language of the film;
    numbers are read as the sources write them. There is no series where fewer than three rows or
    several units are left.
    """
    found = [entries for source in sources for entries in _columns(source)]
    found.append([entry for source in sources for entry in _sentences(source)])
    kept = max((_there(rows, entries, lang) for entries in found), key=len)
    written = sources[0].lang if sources else lang
    pairs = [(row.name, amount(row.number, written)) for row in kept]
    made = named([(text, one) for text, one in pairs if one], name or "name", column)
    return made, tuple(row for row in rows if row not in kept)


def _there(rows: Sequence[Row], entries: Sequence[Entry], lang: str) -> list[Row]:
    """Return the rows that some entries have, each entry for one row."""
    free = list(entries)
    kept = []
    for row in rows:
        values, _ = _figures(row.number)
        have = (e for e in free if values & e.values and _under(row.name, e, lang))
        if values and (entry := next(have, None)):
            free.remove(entry)
            kept.append(row)
    return kept


def _under(name: str, entry: Entry, lang: str) -> bool:
    """Return whether a number stands under a name; in another script only numbers can be told."""
    years, _ = _figures(name)
    if years and entry.years:
        return years == entry.years
    if years or script_of(name) != script_of(entry.text):
        return not years
    wanted = set(words(name, lang))
    return bool(wanted) and wanted <= set(words(entry.text, lang))


def _columns(source: Source) -> Iterator[list[Entry]]:
    """Yield the numbers of each column of each table, under the first cell of their row."""
    for passage in passages(source):
        if passage.kind == "table":
            head, *body = rows_of(passage.parts)
            for at in range(1, len(head)):
                yield [_entry(row[0], _figures(row[at])[0]) for row in body]


def _sentences(source: Source) -> Iterator[Entry]:
    """Yield what sentences and items say: a number each, or years and numbers in turn."""
    for passage in passages(source):
        for part in passage.parts if passage.kind not in ("table", "code") else ():
            if counted := series(part, source.lang):
                yield from _in_turn(counted)
                continue
            values, years = _figures(part)
            numbers = values - years
            if len(numbers) == 1 or (len(values) == 1 and not years):
                yield Entry(part, years, numbers)


def _in_turn(counted: Series) -> Iterator[Entry]:
    for name, numbers in counted.rows:
        values = frozenset(Fraction(str(one)) for one in numbers if one is not None)
        yield _entry(str(name), values)


def _entry(text: str, values: Values) -> Entry:
    return Entry(text, _figures(text)[0], values)


def _figures(text: str) -> tuple[Values, Values]:
    """Return the values of the figures in a text, and those of them that are years."""
    found = [one for one in said(text).figures if one.sure]
    return _values(one.values for one in found), _values(one.values for one in found if one.date)


def _values(found: Iterable[Iterable[object]]) -> Values:
    return frozenset(value for one in found for value in one if isinstance(value, Fraction))
