"""Tables, lists and sentences → series of numbers, each the very number that the source has.

What can be read in two ways is no number: 1.870 is one thing in English and another in German, and
in a table of no language it is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reelspec.author.notes import Series
from reelspec.author.segmentation import base

LEAST, MOST = 3, 24
"""How many rows a chart has."""

_MOST_COLUMNS = 3
_MOST_SLICES = 6
_ENOUGH_FOR_A_LINE = 8
_LONGEST_NAME = 40
_COMMA = frozenset(
    [
        *("bg", "ca", "cs", "da", "de", "el", "es", "fi", "fr", "hr", "hu", "id", "it", "nb"),
        *("nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi"),
    ]
)
"""Languages that write a comma before the tenths, and a point between the thousands."""

_CELL = re.compile(
    r"([$€£¥]?)\s?([+\-−–]?\d(?:[\d.,٬٫’'\u00a0\u202f ]*\d)?)\s?([^\d\s][^\d]{0,19})?"
)
_HEAD = re.compile(r"(.+?)\s*[(\[（]([^()\[\]（）]{1,14})[)\]）]")
_ITEM = re.compile(r"(.{1,40}?)\s*(?:[:：]|\s[–—-])\s*([$€£¥+\-−]?\s?\d.*)")
_ABSENT = frozenset(["", "-", "–", "—", "?", "…", "n/a", "na", "n.a.", "null", "none"])
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and the unit that stands with it."""

    number: int | float
    unit: str = ""


def number_of(digits: str, lang: str) -> int | float | None:
    """Return the number that digits of any script write in a language, None where it is unsure.

    Without a language a mark before exactly three digits may part thousands or tenths.
    """
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in digits)
    plain = re.sub(r"[\u00a0\u202f ’'٬](?=\d{3}(?!\d))", "_", plain).replace("٫", "d")
    plain = plain.replace("−", "-").replace("–", "-")
    tenths, thousands = (",", ".") if base(lang) in _COMMA else (".", ",")
    unsure = re.fullmatch(r"[+-]?\d{1,3}[.,]\d{3}", plain) and not plain.startswith("0")
    if not lang and unsure:
        return None
    if re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}(?:[{thousands}]\d{{3}})+(?:[{tenths}]\d+)?", plain):
        plain = plain.replace(thousands, "_")
    return _exact(re.sub(r"[.,d]", ".", plain))


def _exact(written: str) -> int | float | None:
    if not re.fullmatch(r"[+-]?(?:\d+|\d{1,3}(?:_\d{3})+)(?:\.\d+)?", written) or len(written) > 20:
        return None
    number = Decimal(written.replace("_", ""))
    return int(number) if number == number.to_integral_value() else float(number)


def amount(text: str, lang: str) -> Amount | None:
    """Return the number and unit that a cell holds and nothing else, None where it holds more."""
    found = _CELL.fullmatch(text.strip())
    if not found:
        return None
    number = number_of(found[2], lang)
    unit = (found[1] or found[3] or "").strip()
    return None if number is None else Amount(number, unit)


def of_table(rows: Sequence[Sequence[str]], lang: str) -> Series | None:
    """Return the series in a table whose first row is its head, None where it has none.

    The names are the first column, or the second where the first only counts the rows.
    """
    head, body = rows[0], rows[1:]
    if not LEAST <= len(body) <= MOST:
        return None
    at = 1 if len(head) > 2 and _counts([row[0] for row in body]) else 0
    names = [row[at] for row in body]
    found = [(head[n], _column(head[n], [row[n] for row in body], lang)) for n in _after(head, at)]
    columns = [(name, column) for name, column in found if column is not None]
    if not columns or not _are_names(names):
        return None
    unit = columns[0][1][0]
    same = [(name, numbers) for name, (own, numbers) in columns if own == unit][:_MOST_COLUMNS]
    numbers = zip(*(column for _, column in same), strict=True)
    return _series(
        _bare(head[at]) or "name", [_bare(name) for name, _ in same], names, numbers, unit
    )


def _after(head: Sequence[str], at: int) -> range:
    return range(at + 1, len(head))


def _counts(cells: Sequence[str]) -> bool:
    return [cell.rstrip(".") for cell in cells] == [str(n) for n in range(1, len(cells) + 1)]


def _are_names(names: Sequence[str]) -> bool:
    good = all(0 < len(name) <= _LONGEST_NAME for name in names)
    return good and len(set(names)) == len(names)


def _bare(head: str) -> str:
    """Return the head of a column without its unit."""
    found = _HEAD.fullmatch(head)
    return (found[1] if found else head)[:_LONGEST_NAME]


def _column(
    head: str, cells: Sequence[str], lang: str
) -> tuple[str, list[int | float | None]] | None:
    """Return the unit and the numbers of a column, None where it is none of numbers."""
    amounts = [amount(cell, lang) for cell in cells]
    there = [one for one in amounts if one]
    absent = sum(cell.strip().lower() in _ABSENT for cell in cells)
    units = {one.unit for one in there}
    if len(there) + absent < len(cells) or len(there) < max(LEAST, absent) or len(units) > 1:
        return None
    written = _HEAD.fullmatch(head)
    unit = units.pop() or (written[2].strip() if written else "")
    return unit, [one.number if one else None for one in amounts]


def of_items(items: Sequence[str], lang: str) -> Series | None:
    """Return the series in the items of a list, each a name, a colon or a dash, and a number."""
    found = [_ITEM.fullmatch(item.rstrip(".。;,")) for item in items]
    pairs = [(one[1], amount(one[2], lang)) for one in found if one]
    if len(pairs) < len(items) or not all(one for _, one in pairs):
        return None
    return of_pairs([(name, one) for name, one in pairs if one])


def of_pairs(pairs: Sequence[tuple[str, Amount]]) -> Series | None:
    """Return the series of names and amounts, all of one unit, None where they make none."""
    return named(pairs, "name", "value")


def named(pairs: Sequence[tuple[str, Amount]], name: str, column: str) -> Series | None:
    """Return the series of names and amounts; `name` and `column` say what these are.

    None where they are too few or too many, of several units, or a name stands twice.
    """
    units = {one.unit for _, one in pairs if one.unit}
    names = [name.strip() for name, _ in pairs]
    if not LEAST <= len(pairs) <= MOST or len(units) > 1 or not _are_names(names):
        return None
    numbers = [(one.number,) for _, one in pairs]
    return _series(name, [column], names, numbers, units.pop() if units else "")


def _series(
    name: str,
    columns: Sequence[str],
    names: Sequence[str],
    numbers: Iterable[tuple[int | float | None, ...]],
    unit: str,
) -> Series | None:
    labels = [label or f"value {n}" for n, label in enumerate(columns, 1)]
    if len({name, *labels}) < 1 + len(labels):
        return None
    rows = tuple(zip(map(_name, names), numbers, strict=True))
    return Series(_kind(rows, unit), name, tuple(labels), rows, unit)


def _name(written: str) -> str | int:
    """Return a year as a number, so that it stands at its place; any other name as it is."""
    year = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in written)
    return int(year) if _YEAR.fullmatch(year) else written


def _kind(
    rows: Sequence[tuple[str | int, tuple[int | float | None, ...]]], unit: str
) -> Literal["bar", "line", "pie"]:
    """Return the kind of chart that suits: a line for many years, a pie for parts of a whole."""
    names = [name for name, _ in rows]
    if all(isinstance(name, int) for name in names):
        rising = names == sorted(names, key=int)
        return "line" if rising and len(rows) >= _ENOUGH_FOR_A_LINE else "bar"
    numbers = [values[0] for _, values in rows if len(values) == 1 and values[0] is not None]
    whole = len(numbers) == len(rows) <= _MOST_SLICES and all(number > 0 for number in numbers)
    return "pie" if whole and unit in ("%", "٪") and 99 <= sum(numbers) <= 101 else "bar"
