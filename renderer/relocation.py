"""Values whose text now stands on other lines of its file: the same but for their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from renderer.errors import Place

Seen = Callable[[Any, Any], None]


@dataclass(frozen=True, slots=True)
class Shift:
    """Lines `first` to `last` of a file as they were, and by how many they are further down now."""

    file: str
    first: int
    last: int
    lines: int


def relocated(value: Any, shifts: Sequence[Shift], seen: Seen) -> Any:
    """Return a value with the places in it that lie in shifted lines where they are now.

    Looked into are dataclasses and tuples. What holds no such place is returned as it is; `seen`
    is told of each other value, as it is now and as it was.
    """
    kind = type(value)
    if kind is Place:
        return _place(value, shifts)
    if kind is tuple:
        inner = tuple([relocated(one, shifts, seen) for one in value])
        changed = any(a is not b for a, b in zip(inner, value, strict=True))
        new: Any = inner if changed else value
    elif names := _names(kind):
        new = _of_fields(value, names, shifts, seen)
    else:
        return value
    if new is not value:
        seen(new, value)
    return new


def _place(place: Place, shifts: Sequence[Shift]) -> Place:
    for shift in shifts:
        if shift.file == place.file and shift.first <= place.line <= shift.last:
            return replace(place, line=place.line + shift.lines)
    return place


def _of_fields(value: Any, names: Sequence[str], shifts: Sequence[Shift], seen: Seen) -> Any:
    found = {}
    for name in names:
        before = getattr(value, name)
        after = relocated(before, shifts, seen)
        if after is not before:
            found[name] = after
    return replace(value, **found) if found else value


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields that are given when it is made, else none."""
    known = _NAMES.get(kind)
    if known is None:
        given = fields(kind) if is_dataclass(kind) else ()
        known = _NAMES[kind] = tuple(one.name for one in given if one.init)
    return known
