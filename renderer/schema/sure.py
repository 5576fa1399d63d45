"""Whether data surely have nothing wrong: a schema as plain functions, made once for each part.

A film of many scenes is checked against the same few schemas thousands of times, and nearly all of
it is right. What these functions do not vouch for goes to the validator, which alone says what is
wrong; so they may doubt too often, and a keyword that they do not know they always doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from renderer.schema.assemble import Schema
from renderer.schema.compiled import KEYWORDS, is_expression, kind_of

Sure = Callable[[Any], bool]
"""Returns whether data surely fit a schema."""


class Vouching:
    """Makes functions of schemas; where data are `written`, any text may be an expression."""

    def __init__(self, *, written: bool) -> None:
        self._written = written
        self._made: dict[int, tuple[Schema, Sure]] = {}

    def of(self, schema: Schema) -> Sure:
        """Return the function of a schema, which nobody changes."""
        known = self._made.get(id(schema))
        if known is None:
            known = self._made[id(schema)] = schema, self._function(schema)
        return known[1]

    def _function(self, schema: Schema) -> Sure:
        if schema.get("x-not-yet") is True:
            return _never
        used = [key for key in schema if key in KEYWORDS]
        sure = _all([self._test(key, schema) for key in used])
        return _or_expression(sure) if self._written and not schema.get("x-spelled") else sure

    def _test(self, key: str, schema: Schema) -> Sure:
        """Return the test that a keyword is."""
        value = schema[key]
        if key == "properties":
            return self._entries(schema)
        if key == "additionalProperties":
            return _always if "properties" in schema else self._entries(schema)
        if key == "items":
            return self._items(value) if isinstance(value, dict) else _never
        if key == "propertyNames":
            return self._names(value)
        if key == "anyOf":
            return _any([self.of(branch) for branch in value])
        if key == "x-kinds":
            return self._kinds(schema)
        return _PLAIN[key](value) if key in _PLAIN else _never

    def _items(self, schema: Schema) -> Sure:
        sure = self.of(schema)
        return lambda data: not isinstance(data, list) or all(map(sure, data))

    def _names(self, schema: Schema) -> Sure:
        sure = self.of(schema)
        return lambda data: not isinstance(data, dict) or all(map(sure, data))

    def _entries(self, schema: Schema) -> Sure:
        parts, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        other = self.of(others) if isinstance(others, dict) else _always if others else _never
        known: dict[str, Sure] = {}

        def of_key(key: str) -> Sure:
            found = known.get(key)
            if found is None and key in parts:
                found = known[key] = self.of(parts[key])
            return found or other

        return lambda data: (
            not isinstance(data, dict) or all(of_key(key)(data[key]) for key in data)
        )

    def _kinds(self, schema: Schema) -> Sure:
        kinds = schema["x-kinds"]
        other = self.of(schema["x-else"]) if "x-else" in schema else _never

        def sure(data: Any) -> bool:
            kind = kind_of(data, schema)
            return isinstance(data, dict) and (self.of(kinds[kind]) if kind else other)(data)

        return sure


def _always(data: Any) -> bool:
    return True


def _never(data: Any) -> bool:
    return False


def _all(tests: list[Sure]) -> Sure:
    if len(tests) == 1:
        return tests[0]
    return lambda data: all(test(data) for test in tests)


def _any(tests: list[Sure]) -> Sure:
    return lambda data: any(test(data) for test in tests)


def _or_expression(sure: Sure) -> Sure:
    return lambda data: is_expression(data) or sure(data)


def _is_number(data: Any) -> bool:
    return type(data) is int or type(data) is float


_SCALARS = (str, int, float, bool)
_TYPES: Mapping[str, Sure] = {
    "object": lambda data: isinstance(data, dict),
    "array": lambda data: isinstance(data, list),
    "string": lambda data: isinstance(data, str),
    "boolean": lambda data: isinstance(data, bool),
    "null": lambda data: data is None,
    "integer": lambda data: type(data) is int,
    "number": _is_number,
}


def _type(named: str | list[str]) -> Sure:
    return _TYPES[named] if isinstance(named, str) else _any([_TYPES[name] for name in named])


def _enum(values: list[Any]) -> Sure:
    plain = {(type(value), value) for value in values if type(value) in _SCALARS}
    return lambda data: type(data) in _SCALARS and (type(data), data) in plain


def _pattern(written: str) -> Sure:
    search = re.compile(written).search
    return lambda data: not isinstance(data, str) or search(data) is not None


def _required(keys: list[str]) -> Sure:
    return lambda data: not isinstance(data, dict) or all(key in data for key in keys)


def _not_yet(names: list[str]) -> Sure:
    return lambda data: not isinstance(data, str) or data not in names


def _sized(kind: type[Any], holds: Callable[[int, int], bool]) -> Callable[[int], Sure]:
    return lambda limit: lambda data: not isinstance(data, kind) or holds(len(data), limit)


def _ranged(holds: Callable[[float, float], bool]) -> Callable[[float], Sure]:
    return lambda limit: lambda data: not _is_number(data) or holds(data, limit)


def _least(found: float, limit: float) -> bool:
    return found >= limit


def _most(found: float, limit: float) -> bool:
    return found <= limit


_PLAIN: Mapping[str, Callable[[Any], Sure]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda value: _enum([value]),
    "pattern": _pattern,
    "required": _required,
    "x-not-yet": _not_yet,
    "minimum": _ranged(_least),
    "maximum": _ranged(_most),
    "exclusiveMinimum": _ranged(lambda found, limit: found > limit),
    "exclusiveMaximum": _ranged(lambda found, limit: found < limit),
    "minLength": _sized(str, _least),
    "maxLength": _sized(str, _most),
    "minItems": _sized(list, _least),
    "maxItems": _sized(list, _most),
    "minProperties": _sized(dict, _least),
    "maxProperties": _sized(dict, _most),
}
