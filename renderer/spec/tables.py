"""The rows that a layer draws → labels and numbers: the film's data, a file, or written there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, TypeGuard

from renderer.errors import Place, did_you_mean
from renderer.schema import one_of, shown
from renderer.spec.context import Context
from renderer.spec.data import KINDS, rows_of
from renderer.spec.glyphs import check_letters
from renderer.templates import Part

MOST = {"bar": 60, "line": 10_000, "pie": 12}
"""Kind of chart → how many values of a column it can show."""

MOST_SERIES = 6
LARGEST, SMALLEST = 1e15, 1e-9
_LONGEST = 100

Row = Mapping[str, Any]


def charted(layer: Part, fonts: Sequence[Any], context: Context) -> dict[str, Any]:
    """Return `labels`, and `series` as maps of `name` and `values`, of a layer's `data`.

    A value that is missing is None. Problems are added, those of letters that `fonts` lack too;
    there is nothing where rows are wrong.
    """
    rows = _rows(layer, context)
    names = _columns(layer, rows, context) if rows else ()
    if not rows or not names:
        return {"labels": [], "series": []}
    x, *ys = names
    kind = str(layer.data["chart"])
    _check_count(kind, len(rows), len(ys), layer.place(("data",)), context)
    columns = [_values(y, rows, layer, context) for y in ys]
    _check_values(kind, columns, layer.place(("data",)), context)
    labels = [_label(row.get(x)) for row in rows]
    _check_texts([*map(str, labels), *ys], layer, fonts, context)
    named = zip(ys, columns, strict=True)
    return {"labels": labels, "series": [{"name": y, "values": found} for y, found in named]}


def _rows(layer: Part, context: Context) -> Sequence[Row]:
    part = layer.child("data")
    found = part.data if isinstance(part.data, list) else _named(part, context)
    if found == []:
        context.add("no-rows", "a chart of no rows shows nothing", part.place())
    for number, row in enumerate(found or (), 1):
        if not isinstance(row, Mapping) or not row:
            says = f"row {number:,} is no map of columns, such as `{{year: 2024, gw: 5}}`"
            context.add("wrong-type", says, _place(layer, number - 1))
            return ()
    return found or ()


def _named(part: Part, context: Context) -> list[Any] | None:
    """Return the rows of an entry of the film's data, or of a file; None and a problem else."""
    if part.data in context.tables:
        return list(context.tables[part.data])
    if part.data.lower().endswith(KINDS):
        return rows_of(part, context.root, context.folder, context.problems)
    says = f"no data is named '{part.data}', and a file of rows ends in .csv or .json"
    context.add("unknown-name", says, part.place(), did_you_mean(part.data, context.tables))
    return None


def _place(layer: Part, row: int) -> Place:
    inline = isinstance(layer.data["data"], list)
    return layer.place(("data", row) if inline else ("data",))


def _columns(layer: Part, rows: Sequence[Row], context: Context) -> tuple[str, ...]:
    """Return the column of the labels and those of the values; none and a problem if one lacks.

    By default they are the first column, and the first other one that holds a number.
    """
    known = list(dict.fromkeys(str(name) for row in rows for name in row))
    x = layer.data.get("x", known[0])
    others = [name for name in known if name != x]
    numbers = [name for name in others if any(_is_number(row.get(name)) for row in rows)]
    written = layer.data.get("y", numbers[:1] or others[:1] or [x])
    names = (x, *([written] if isinstance(written, str) else written))
    for key, name in zip(("x", *["y"] * (len(names) - 1)), names, strict=True):
        if name not in known:
            where = layer.place((key,)) if key in layer.data else layer.place(("data",))
            hint = did_you_mean(name, known) or f"there are {one_of(known[:20])}"
            context.add("unknown-name", f"the rows have no column '{name}'", where, hint)
            return ()
    return names


def _check_count(kind: str, rows: int, columns: int, place: Place, context: Context) -> None:
    if columns > (1 if kind == "pie" else MOST_SERIES):
        most = "one column" if kind == "pie" else f"at most {MOST_SERIES} columns"
        says = f"a {kind} chart shows {most} of values; this has {columns}"
        context.add("too-many", says, place, "choose columns with `y`")
    values = rows * (columns if kind == "bar" else 1)
    if values > MOST[kind]:
        says = f"a {kind} chart shows at most {MOST[kind]:,} values; this has {values:,}"
        hint = "put small ones together" if kind == "pie" else "use `line`, or fewer rows"
        context.add("too-many", says, place, hint if kind != "line" else "use fewer rows")


def _values(y: str, rows: Sequence[Row], layer: Part, context: Context) -> list[float | None]:
    """Return the numbers of a column; a problem names the first that is none."""
    found = [row.get(y) for row in rows]
    wrong = [at for at, value in enumerate(found) if value is not None and not _is_number(value)]
    if wrong:
        more = f", nor are {len(wrong) - 1:,} more" if len(wrong) > 1 else ""
        says = f"'{y}' is {shown(found[wrong[0]])} in row {wrong[0] + 1:,}, not a number{more}"
        hint = "write numbers without quotes, units and separators, and leave out what is missing"
        context.add("bad-number", says, _place(layer, wrong[0]), hint)
    return [value if _is_number(value) else None for value in found]


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _check_values(
    kind: str, columns: Sequence[Sequence[float | None]], place: Place, context: Context
) -> None:
    every = [value for column in columns for value in column if value is not None]
    largest = max(map(abs, every), default=0)
    if not every:
        context.add("no-rows", "no row has a value to draw", place)
    elif largest > LARGEST or 0 < largest < SMALLEST:
        size = "over 10^15" if largest > 1 else "under 10^-9"
        says = f"values {size} cannot be drawn; the largest is {largest:g}"
        context.add("out-of-range", says, place, "give them in another unit")
    elif kind == "pie" and (min(every) < 0 or largest == 0 or len(every) < len(columns[0])):
        fault = "one is below zero" if min(every) < 0 else "all are zero"
        fault = "one is missing" if len(every) < len(columns[0]) else fault
        says = f"a pie shows shares of a whole, but of its values {fault}"
        context.add("bad-number", says, place, "use `bar`")


def _label(value: Any) -> str | float:
    """Return a label: a number stays one, so that it can be written in the film's digits."""
    return value if _is_number(value) else "" if value is None else str(value)


def _check_texts(texts: Sequence[str], layer: Part, fonts: Sequence[Any], context: Context) -> None:
    place = layer.place(("data",))
    for text in texts:
        if len(text) > _LONGEST:
            says = f"a label of {len(text):,} characters; at most {_LONGEST} are allowed"
            context.add("too-long", says, place)
            return
    for where, written in ((place, "\n".join(texts)), *_around(layer)):
        check_letters(written, where, fonts, context)


def _around(layer: Part) -> Iterator[tuple[Place, str]]:
    if "title" in layer.data:
        yield layer.place(("title",)), str(layer.data["title"])
