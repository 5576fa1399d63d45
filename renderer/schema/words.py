"""Values and types of JSON in words, for problems."""

from __future__ import annotations

import json
from collections.abc import Iterable

_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a map",
    "null": "nothing",
}


def type_words(types: str | list[str]) -> str:
    """Return the types that a schema allows, in words: `text or a list`."""
    named = [_TYPES[name] for name in ([types] if isinstance(types, str) else types)]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def type_of(value: object) -> str:
    """Return the type of a value, in words and without an article."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    names = {str: "text", int: "number", float: "number", list: "list", dict: "map"}
    return names[type(value)]


def a_or_an(noun: str) -> str:
    """Return a noun with its article, where it takes one."""
    return noun if noun in ("text", "true", "false", "nothing") else f"a {noun}"


def shown(value: object) -> str:
    """Return a value as it would be written, cut after 60 characters."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


def one_of(names: Iterable[object]) -> str:
    """Return names as a list: `a, b or c`."""
    known = [shown(name) for name in names]
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} or {known[-1]}"
