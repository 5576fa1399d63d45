"""A schema made ready to check with: references written out, kinds told apart by their key.

Our own keywords beside draft-07's:

- `x-not-yet`: true, or the values that the language names and the program does not have yet;
- `x-kinds`, `x-key`, `x-else`: which schema holds, by the value of a key or by which key is there;
- `x-type`: the name of the definition that the schema was written out from;
- `x-spelled`: a map or a list that no expression may stand for;
- `x-own`, `x-moves`, `x-required`: of a layer kind, which keys are its own, which of them says for
  how long it moves, and that a key has to be there;
- `x-drifts`, `x-letters`: of a layer kind, with which of its keys it moves as long as its scene,
  and that it can be typed;
- `x-free`: a value whose form is not this schema's matter;
- `x-code`, `x-wants`: the code and the words of a problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft7Validator, ValidationError, validators

from renderer.schema.assemble import Schema


def written_out(schema: Schema, root: Schema) -> Schema:
    """Return the schema without references, none circular; `root` holds what they point to."""
    if "$ref" in schema:
        target = written_out(_target(schema["$ref"], root), root)
        own = {key: value for key, value in schema.items() if key != "$ref"}
        name = schema["$ref"].rpartition("/")[2]
        schema = {**target, "x-type": name, **{k: _part(k, v, root) for k, v in own.items()}}
    else:
        schema = {key: _part(key, value, root) for key, value in schema.items()}
    if "x-kinds" in schema:
        schema.pop("anyOf", None)
    return schema


def _part(key: str, value: Any, root: Schema) -> Any:
    if key == "properties":
        return {name: written_out(part, root) for name, part in value.items()}
    if key == "x-kinds":
        named = value.items()
        return {name: written_out(root["definitions"][part], root) for name, part in named}
    if key == "x-else":
        return written_out(root["definitions"][value], root)
    if key in ("items", "additionalProperties", "propertyNames") and isinstance(value, dict):
        return written_out(value, root)
    return [written_out(branch, root) for branch in value] if key == "anyOf" else value


def _target(pointer: str, root: Schema) -> Schema:
    found: Any = root
    for step in pointer.removeprefix("#/").split("/"):
        found = found[step]
    target: Schema = found
    return target


def is_expression(value: object) -> bool:
    """Return whether a value is a text with `{{ … }}`, whose value is known only later."""
    return isinstance(value, str) and "{{" in value


def kind_of(value: object, schema: Schema) -> str | None:
    """Return the kind that a map says it is, or None where it names none or several."""
    if not isinstance(value, dict):
        return None
    if "x-key" in schema:
        named = value.get(schema["x-key"])
        return named if isinstance(named, str) and named in schema["x-kinds"] else None
    named = [key for key in value if key in schema["x-kinds"]]
    return named[0] if len(named) == 1 else None


def _kinds(validator: Any, kinds: Schema, value: Any, schema: Schema) -> Iterator[ValidationError]:
    kind = kind_of(value, schema)
    if kind is not None:
        yield from validator.descend(value, kinds[kind])
    elif not isinstance(value, dict):
        yield ValidationError("object", validator="type", validator_value="object")
    elif "x-else" in schema:
        yield from validator.descend(value, schema["x-else"])
    else:
        yield ValidationError("no kind")


def _not_yet(validator: Any, names: Any, value: Any, schema: Schema) -> Iterator[ValidationError]:
    whole = names is True and ("type" not in schema or _has_type(validator, value, schema["type"]))
    if whole or (names is not True and (isinstance(value, str) and value in names)):
        yield ValidationError("not yet")


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


_USED = (
    *("enum", "const", "pattern", "minLength", "maxLength", "anyOf"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("items", "minItems", "maxItems", "uniqueItems", "required", "properties"),
    *("propertyNames", "additionalProperties", "minProperties", "maxProperties"),
)
_KEYWORDS = {
    **{name: _only_not_yet(Draft7Validator.VALIDATORS[name]) for name in _USED},
    "type": Draft7Validator.VALIDATORS["type"],
    "x-kinds": _only_not_yet(_kinds),
    "x-not-yet": _not_yet,
}
_OPTIONS: dict[str, Any] = {"type_checker": Draft7Validator.TYPE_CHECKER}
Final = validators.create({}, _KEYWORDS, **_OPTIONS)
Written = validators.create(
    {}, {k: _unless_expression(v) for k, v in _KEYWORDS.items()}, **_OPTIONS
)
