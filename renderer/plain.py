"""Dataclasses as JSON values: what a recipe says of them, and what people are shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

_HIDDEN = {"place", "sound", "file"}
"""Names of what decides nothing: where things are written, and where their files lie."""

_NESTED = {dict, list, tuple}
_PLAIN = {str, int, float, bool, type(None)}
_NAMES: dict[type, tuple[str, ...]] = {}
"""Type → the names of its fields that are shown, none where it is no dataclass."""


def canonical(value: object) -> str:
    """Return a value as JSON that is the same for equal values; raises ValueError on NaN.

    Dataclasses, mappings and fractions are written as `plain` returns them.
    """
    return _JSON.encode(value)


def opened(value: object, *without: str) -> dict[str, Any]:
    """Return the fields of a dataclass that `plain` shows, but for some, for `canonical`.

    They are the very values, not made plain, where they hold nothing to be left out.
    """
    kind = type(value)
    named = _NAMES.get(kind) or _named(kind)
    fields = [(name, getattr(value, name)) for name in named if name not in without]
    return {
        name: plain(part) if type(part) in _NESTED and _hides(part) else part
        for name, part in fields
    }


def _hides(value: Any) -> bool:
    """Return whether a map or a list holds something that is left out."""
    if type(value) is dict:
        if not _HIDDEN.isdisjoint(value):
            return True
        value = value.values()
    return any(_hides(part) for part in value if type(part) in _NESTED)


def _written(value: object) -> Any:
    """Return what the encoder is to write for what is no JSON value; raises TypeError."""
    if is_dataclass(value):
        return opened(value)
    if isinstance(value, Mapping | Fraction):
        return plain(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


_JSON = json.JSONEncoder(
    sort_keys=True,
    ensure_ascii=False,
    allow_nan=False,
    separators=(",", ":"),
    default=_written,
)


def plain(value: object) -> Any:
    """Return dataclasses, tuples and fractions as JSON values; places and paths are left out."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    named = _NAMES.get(kind)
    if named is None:
        named = _named(kind)
    if named:
        values = [(name, getattr(value, name)) for name in named]
        return {name: part if type(part) in _PLAIN else plain(part) for name, part in values}
    if isinstance(value, (dict, Mapping)):
        shown = [(str(key), part) for key, part in value.items() if key not in _HIDDEN]
        return {key: part if type(part) in _PLAIN else plain(part) for key, part in shown}
    if isinstance(value, tuple | list):
        return [part if type(part) in _PLAIN else plain(part) for part in value]
    return str(value) if isinstance(value, Fraction) else value


def _named(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields that are shown; none for another type."""
    names = (item.name for item in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES.setdefault(kind, tuple(name for name in names if name not in _HIDDEN))
