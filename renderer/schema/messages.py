"""Errors of the validator → problems in the language's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from renderer.errors import Problem, did_you_mean
from renderer.schema.words import a_or_an, one_of, shown, type_of, type_words

Told = Iterator[Problem]
Error = Any
"""A ValidationError, whose fields its library types as possibly unset."""

Places = Callable[..., Any]
"""`place(path, key=False)` → the Place of a value, or of its key."""


def told(error: Error, place: Places, at: Sequence[str | int] = ()) -> Told:
    """Yield the problems that an error of the validator stands for; `at` leads to the data."""
    path = (*at, *error.absolute_path)
    tell = _TELLERS.get(str(error.validator), _invalid)
    yield from tell(error, place, path)


def _unknown_keys(error: Error, place: Places, path: Sequence[Any]) -> Told:
    known = error.schema.get("properties", {})
    for key in error.instance:
        if key not in known:
            yield unknown_key(key, known, place((*path, key), key=True))


def unknown_key(key: str, known: Mapping[str, Any] | set[str], where: Any) -> Problem:
    """Return the problem for a key that is not in the language at its place."""
    hint = did_you_mean(key, known) or (f"known here: {one_of(known)}" if len(known) < 8 else "")
    return Problem("unknown-key", f"unknown key '{key}'", where, hint)


def _missing(error: Error, place: Places, path: Sequence[Any]) -> Told:
    for key in error.schema["required"]:
        if key not in error.instance:
            where = place(path, key=True)
            schema = error.schema.get("properties", {}).get(key, {})
            example = schema.get("examples", [None])[0]
            hint = f"for example `{key}: {shown(example)}`" if example is not None else ""
            yield Problem("missing", f"'{key}' is missing", where, hint)
            # each missing key comes as an error of its own
            if f"'{key}'" in error.message:
                return


def _type(error: Error, place: Places, path: Sequence[Any]) -> Told:
    wanted = type_words(error.validator_value)
    yield _wrong(error, f"{wanted} is expected here", place(path))


def _wrong(error: Error, wanted: str, where: Any) -> Problem:
    value = error.instance
    if value is None:
        return Problem("wrong-type", f"nothing stands here; {wanted}", where)
    alone = isinstance(value, dict) and list(value.values()) == [None]
    number = isinstance(value, int | float) and "text" in wanted
    hint = 'quote it if it is text: "…"' if alone else ""
    hint = f'quote it: "{shown(value)}"' if number else hint
    return Problem("wrong-type", f"{wanted}, not {a_or_an(type_of(value))}", where, hint)


def _enum(error: Error, place: Places, path: Sequence[Any]) -> Told:
    known = error.validator_value
    says, where = f"'{shown(error.instance)}' is not known here", place(path)
    if not isinstance(error.instance, str | int | float | bool):
        yield _wrong(error, f"one of {one_of(known)} is expected here", where)
        return
    if isinstance(error.instance, str) and error.instance in map(str, known):
        yield Problem("wrong-type", "a number is expected here, not text", where, "unquote it")
        return
    noun = str(error.schema.get("x-type", "")).removesuffix("_name")
    if noun in _NOUNS:
        says = f"no {_NOUNS[noun]} is named '{shown(error.instance)}'"
    hint = did_you_mean(str(error.instance), map(str, known)) or f"known: {one_of(known)}"
    yield Problem("unknown-name", says, where, hint)


_NOUNS = {
    "theme": "theme",
    "template": "template",
    "transition": "transition",
    "engine": "voice engine",
    "format": "format",
    "ease": "easing",
    "place": "place",
}


def _range(error: Error, place: Places, path: Sequence[Any]) -> Told:
    least = error.schema.get("minimum", error.schema.get("exclusiveMinimum"))
    most = error.schema.get("maximum", error.schema.get("exclusiveMaximum"))
    if "exclusiveMinimum" in error.schema:
        wanted = f"more than {least:,}" + (f" and at most {most:,}" if most is not None else "")
    elif least is not None:
        wanted = f"at least {least:,}" if most is None else f"from {least:,} to {most:,}"
    else:
        wanted = f"at most {most:,}"
    says = f"{shown(error.instance)} is out of range; {wanted} is allowed"
    yield Problem("out-of-range", says, place(path))


def _size(error: Error, place: Places, path: Sequence[Any]) -> Told:
    limit, found = error.validator_value, len(error.instance)
    thing = "characters" if isinstance(error.instance, str) else "entries"
    if found == 0 and limit == 1:
        yield Problem("empty", "this must not be empty", place(path))
        return
    bound = "at least" if str(error.validator).startswith("min") else "at most"
    says = f"{found:,} {thing}; {bound} {limit:,} are allowed"
    yield Problem("out-of-range", says, place(path))


def _pattern(error: Error, place: Places, path: Sequence[Any]) -> Told:
    yield _wanted(error, error.schema, place(path))


def _wanted(error: Error, schema: Mapping[str, Any], where: Any) -> Problem:
    wants = schema.get("x-wants", "of the form that is expected here")
    examples = ", ".join(f"`{shown(example)}`" for example in schema.get("examples", ()))
    hint = "" if "x-wants" in schema else f"for example {examples}" if examples else ""
    hint = _ratio(error.instance) or hint
    says = f"'{shown(error.instance)}' is not {wants}"
    return Problem(schema.get("x-code", "bad-value"), says, where, hint)


def _ratio(value: object) -> str:
    """Return the hint for a ratio given as a size."""
    sizes = {"16:9": "1080p", "9:16": "vertical", "1:1": "square"}
    size = sizes.get(value) if isinstance(value, str) else None
    return f"{value} is a ratio, not a size; write `{size}`" if size else ""


def _any(error: Error, place: Places, path: Sequence[Any]) -> Told:
    """Yield what is wrong with the alternative that was meant, going by its type."""
    branches: dict[Any, list[Error]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    meant = [errors for errors in branches.values() if not any(map(_of_other_type, errors))]
    structure = isinstance(error.instance, dict | list)
    ranges = [inner for inner in _leaves(error) if inner.validator in _RANGES]
    if ranges and isinstance(error.instance, int | float):
        for problem in _range(ranges[0], place, path):
            yield replace(problem, code=error.schema.get("x-code", problem.code))
    elif "x-code" in error.schema and not (structure and meant):
        yield _wanted(error, error.schema, place(path))
    elif meant:
        for inner in min(meant, key=len):
            at = path[: len(path) - len(error.absolute_path)]
            yield from told(inner, place, at)
    else:
        yield _wrong(error, f"{_alternatives(error)} is expected here", place(path))


def _leaves(error: Error) -> Iterator[Error]:
    """Yield the errors inside an error that have none inside."""
    if not error.context:
        yield error
    for inner in error.context or ():
        yield from _leaves(inner)


def _of_other_type(error: Error) -> bool:
    """Return whether an error says that the whole value is of another type."""
    if error.path and error.parent is not None and len(error.relative_path) > 0:
        return False
    if error.validator == "anyOf":
        return all(_of_other_type(inner) for inner in error.context or ())
    if error.validator == "enum":
        return isinstance(error.instance, dict | list)
    return bool(error.validator == "type")


def _alternatives(error: Error) -> str:
    kinds: list[str] = []
    for branch in error.schema["anyOf"]:
        named = branch.get("type", "object" if "x-kinds" in branch else "string")
        kinds += [named] if isinstance(named, str) else named
    return type_words(list(dict.fromkeys(kinds)))


def _kind(error: Error, place: Places, path: Sequence[Any]) -> Told:
    """Yield what is wrong with a map that has no kind key, or several."""
    kinds = error.schema["x-kinds"]
    named = [key for key in error.instance if key in kinds]
    if len(named) > 1:
        says = f"a layer has one kind; this has '{named[0]}' and '{named[1]}'"
        where = place((*path, named[1]), key=True)
        yield Problem("conflict", says, where, "write them as two layers")
        return
    known = {key for kind in kinds.values() for key in kind["properties"]}
    strange = [key for key in error.instance if key not in known]
    for key in strange:
        yield unknown_key(key, known, place((*path, key), key=True))
    if not strange:
        says = f"a layer needs a kind: {one_of(kinds)}"
        yield Problem("missing", says, place(path), 'for example `text: "…"`')


def _not_yet(error: Error, place: Places, path: Sequence[Any]) -> Told:
    whole = error.validator_value is True
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    what = f"'{key}'" if whole else f"'{shown(error.instance)}'"
    where = place(path, key=whole and bool(path) and isinstance(path[-1], str))
    if kind := error.schema.get("x-kind"):
        what, where = f"'{kind}'", place((*path, kind), key=True)
    yield Problem("not-yet", f"{what} is in the language but not built yet", where)


def _invalid(error: Error, place: Places, path: Sequence[Any]) -> Told:
    yield Problem("bad-value", f"'{shown(error.instance)}' is not allowed here", place(path))


_RANGES = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_TELLERS: dict[str, Callable[[Error, Places, Sequence[Any]], Told]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing,
    "type": _type,
    "enum": _enum,
    "const": _enum,
    **dict.fromkeys(_RANGES, _range),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _size),
    "pattern": _pattern,
    "anyOf": _any,
    "x-kinds": _kind,
    "x-not-yet": _not_yet,
}
