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

from typing import Any

from renderer.schema.assemble import Schema

KEYWORDS = (
    *("type", "enum", "const", "pattern", "minLength", "maxLength", "anyOf"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("items", "minItems", "maxItems", "uniqueItems", "required", "properties"),
    *("propertyNames", "additionalProperties", "minProperties", "maxProperties"),
    *("x-kinds", "x-not-yet"),
)
"""The keywords that decide whether data fit; all others tell."""


class Root:
    """A schema that references lead into; each of its parts is written out once, and shared."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._parts: dict[str, Schema] = {}

    def written_out(self, schema: Schema) -> Schema:
        """Return a schema without references, none circular; nobody may change it."""
        if "$ref" in schema:
            pointer = schema["$ref"]
            own = {key: value for key, value in schema.items() if key != "$ref"}
            named = {"x-type": pointer.rpartition("/")[2]}
            schema = {**self._target(pointer), **named, **self._values(own)}
        else:
            schema = self._values(schema)
        if "x-kinds" in schema:
            schema.pop("anyOf", None)
        return schema

    def _values(self, schema: Schema) -> Schema:
        return {key: self._value(key, value) for key, value in schema.items()}

    def _value(self, key: str, value: Any) -> Any:
        if key == "properties":
            return {name: self.written_out(part) for name, part in value.items()}
        if key == "x-kinds":
            return {name: self._defined(part) for name, part in value.items()}
        if key == "x-else":
            return self._defined(value)
        if key in ("items", "additionalProperties", "propertyNames") and isinstance(value, dict):
            return self.written_out(value)
        return [self.written_out(branch) for branch in value] if key == "anyOf" else value

    def _defined(self, name: str) -> Schema:
        return self._target(f"#/definitions/{name}")

    def _target(self, pointer: str) -> Schema:
        """Return what a reference leads to, written out."""
        if pointer not in self._parts:
            found: Any = self.schema
            for step in pointer.removeprefix("#/").split("/"):
                found = found[step]
            self._parts[pointer] = self.written_out(found)
        return self._parts[pointer]


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
