"""`for_each` and `when`: how often a scene or a layer is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from renderer.errors import Problem, did_you_mean
from renderer.schema import is_expression
from renderer.spec.context import Context
from renderer.templates import Origin, Part, Scope, substituted


def repeated(part: Part, scope: Scope, context: Context) -> Iterator[tuple[Part, Scope]]:
    """Yield a scene or a layer once for each row of its `for_each`, where its `when` holds.

    In the scope of a row, its name stands for the row and its name with `_number` for its number,
    counted from 1.
    """
    plain = part.without("for_each", "when")
    for inner in _scopes(part, scope, context):
        if _wanted(part, inner, context):
            yield plain, inner


def _scopes(part: Part, scope: Scope, context: Context) -> Iterator[Scope]:
    each = part.data.get("for_each")
    if not isinstance(each, dict) or not isinstance(each.get("in"), str):
        yield scope
        return
    named, rows = each.get("as", ""), _rows(part, each["in"], scope, context)
    origin = _origin(each["in"], scope)
    for number, row in enumerate(rows, 1):
        inner = scope.having({named: row, f"{named}_number": number})
        if origin:
            there = Origin(origin.document, (*origin.path, number - 1))
            inner = Scope(inner.names, {**inner.origins, named: there})
        yield inner


def _origin(named: str, scope: Scope) -> Origin | None:
    """Return where a list was given, if as a parameter or as a part of one."""
    name, *keys = named.split(".")
    found = scope.origins.get(name)
    return Origin(found.document, (*found.path, *keys)) if found else None


def _rows(part: Part, named: str, scope: Scope, context: Context) -> list[Any]:
    """Return the rows of a list that is named, or that lies in a named map: `left.items`."""
    where = part.place(("for_each", "in"))
    if is_expression(named):
        return _worked_out(part.child("for_each").child("in"), scope, context)
    rows: Any = scope.names
    for name in named.split("."):
        if not isinstance(rows, Mapping) or name not in rows:
            says = f"no list is named '{named}' here"
            context.add("unknown-name", says, where, did_you_mean(named, scope.names))
            return []
        rows = rows[name]
    if rows is None:
        return []
    if not isinstance(rows, list):
        context.add("wrong-type", f"'{named}' is not a list", where)
        return []
    return rows


def _worked_out(named: Part, scope: Scope, context: Context) -> list[Any]:
    """Return the rows that an expression gives."""
    wrong: list[Problem] = []
    rows = substituted(named, scope, wrong).data
    context.problems.extend(wrong)
    if isinstance(rows, list):
        return rows
    if rows is not None and not wrong:
        context.add("wrong-type", "a list is expected here", named.place())
    return []


def _wanted(part: Part, scope: Scope, context: Context) -> bool:
    """Return whether `when` is missing, or is not empty, false or zero."""
    if "when" not in part.data:
        return True
    wrong: list[Problem] = []
    value = substituted(part.child("when"), scope, wrong).data
    context.problems.extend(wrong)
    return bool(value) and not wrong


def row_of(part: Part, scope: Scope) -> int | None:
    """Return the number of the row that a repeated scene is made for, None where it is not."""
    each = part.data.get("for_each")
    number = scope.names.get(f"{each.get('as')}_number") if isinstance(each, dict) else None
    return number if isinstance(number, int) else None


def in_row(row: int | None) -> str:
    """Return `, in row 3`, or nothing where there is no row."""
    return "" if row is None else f", in row {row:,}"


def tell_row(problems: list[Problem], since: int, row: int | None) -> None:
    """Say in problems from an index on which row they are of; those of rows before stay alone."""
    if row is None:
        return
    known = {(problem.code, problem.place) for problem in problems[:since]} if row > 1 else set()
    new = [problem for problem in problems[since:] if (problem.code, problem.place) not in known]
    problems[since:] = [replace(one, message=f"{one.message}{in_row(row)}") for one in new]
