"""Dataclasses as JSON values: what a recipe says of them, and what people are shown.

What many recipes share is written out once: a value goes beside its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any, NamedTuple


class Written(NamedTuple):
    """A JSON value, and the same as canonical JSON. The value is shared, so nobody changes it."""

    value: Any
    text: str


_HIDDEN = {"place", "sound", "file"}
"""Names of what decides nothing: where things are written, and where their files lie."""

_PLAIN = {str, int, float, bool, type(None)}
_NAMES: dict[type, tuple[str, ...]] = {}
"""Type → the names of its fields that are shown, none where it is no dataclass."""


_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_MOST = 1 << 13
_known: dict[tuple[int, str], tuple[object, Written]] = {}
"""What was written of things, by their identity; they are held, so that it stays theirs."""


def canonical(value: object) -> str:
    """Return a value as JSON that is the same for equal values; raises ValueError on NaN."""
    return str(value) if type(value) is int else _JSON.encode(value)


def written(value: object) -> Written:
    """Return a value as `plain` has it, written out."""
    shown = plain(value)
    return Written(shown, canonical(shown))


def known(value: object, without: str = "") -> Written:
    """Return a thing that nobody changes, written out but for a name; it is written once."""
    key = id(value), without
    kept = _known.get(key)
    if kept is None:
        shown = plain(value)
        if without:
            del shown[without]
        if len(_known) >= _MOST:
            _known.clear()
        kept = _known[key] = value, Written(shown, canonical(shown))
    return kept[1]


def joined(parts: Mapping[str, Written]) -> Written:
    """Return an object of parts that are written out, by plain names."""
    text = ",".join(f'"{name}":{parts[name].text}' for name in sorted(parts))
    return Written({name: part.value for name, part in parts.items()}, f"{{{text}}}")


def listed(parts: Iterable[Written]) -> Written:
    """Return a list of parts that are written out."""
    every = list(parts)
    return Written([part.value for part in every], f"[{','.join(part.text for part in every)}]")


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
