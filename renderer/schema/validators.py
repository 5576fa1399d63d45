"""The validator of the language, which tells what is wrong. The only door to jsonschema.

It is loaded when there is something to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from renderer.schema.assemble import Schema
from renderer.schema.compiled import KEYWORDS, is_expression, kind_of


@cache
def validator(*, final: bool) -> Any:
    """Return the class of validators; where data are not `final` expressions pass for all."""
    from jsonschema import Draft7Validator, validators

    theirs = {name: check for name, check in Draft7Validator.VALIDATORS.items() if name in KEYWORDS}
    keywords: dict[str, Any] = {name: _only_not_yet(check) for name, check in theirs.items()}
    keywords |= {"type": theirs["type"], "x-kinds": _only_not_yet(_kinds), "x-not-yet": _not_yet}
    if not final:
        keywords = {name: _unless_expression(check) for name, check in keywords.items()}
    return validators.create({}, keywords, type_checker=Draft7Validator.TYPE_CHECKER)


def _error(says: str, **about: Any) -> Any:
    from jsonschema import ValidationError

    return ValidationError(says, **about)


def _kinds(validator: Any, kinds: Schema, value: Any, schema: Schema) -> Iterator[Any]:
    kind = kind_of(value, schema)
    if kind is not None:
        yield from validator.descend(value, kinds[kind])
    elif not isinstance(value, dict):
        yield _error("object", validator="type", validator_value="object")
    elif "x-else" in schema:
        yield from validator.descend(value, schema["x-else"])
    else:
        yield _error("no kind")


def _not_yet(validator: Any, names: Any, value: Any, schema: Schema) -> Iterator[Any]:
    whole = names is True and ("type" not in schema or _has_type(validator, value, schema["type"]))
    if whole or (names is not True and (isinstance(value, str) and value in names)):
        yield _error("not yet")


def _has_type(validator: Any, value: Any, types: str | list[str]) -> bool:
    named = [types] if isinstance(types, str) else types
    return any(validator.is_type(value, name) for name in named)


def _only_not_yet(validator: Any) -> Any:
    """Wrap a keyword so that it is silent where all of the value is not built yet."""

    def check(checker: Any, wanted: Any, value: Any, schema: Schema) -> Any:
        if schema.get("x-not-yet") is True:
            return ()
        return validator(checker, wanted, value, schema) or ()

    return check


def _unless_expression(validator: Any) -> Any:
    def check(checker: Any, wanted: Any, value: Any, schema: Schema) -> Any:
        if is_expression(value) and not schema.get("x-spelled"):
            return ()
        return validator(checker, wanted, value, schema)

    return check
