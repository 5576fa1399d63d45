"""The schema as editors read it: references kept, and `{{ … }}` allowed for every value."""

from __future__ import annotations

import json
from typing import Any

from renderer.schema.assemble import Schema, ref

_SAYS = ("title", "description", "default", "examples")
_MAPS = ("properties", "definitions")
_PLAIN = ("expression", "version", "plain_file")


def published(schema: Schema) -> Schema:
    """Return a schema in which every typed leaf also takes a text with `{{ … }}`."""
    return {key: _part(key, value) for key, value in schema.items() if not _ours(key)}


def dumped(schema: Schema) -> str:
    """Return the text of a published schema, as it is committed."""
    return json.dumps(published(schema), indent=1, ensure_ascii=False) + "\n"


def _ours(key: str) -> bool:
    return key.startswith("x-")


def _part(key: str, value: Any) -> Any:
    if key in _MAPS:
        return {name: _either(name, part) for name, part in value.items()}
    if key == "items" or (key == "additionalProperties" and isinstance(value, dict)):
        return _either(key, value)
    if key == "anyOf":
        return [published(branch) for branch in value]
    if key == "then":
        return {"properties": dict(value["properties"])}
    return value


def _either(name: str, schema: Schema) -> Schema:
    """Return a schema beside the alternative of an expression, where its values are leaves."""
    inner = published(schema)
    if name in _PLAIN or not _is_leaf(schema):
        return inner
    says = {key: inner.pop(key) for key in _SAYS if key in inner}
    branches = inner["anyOf"] if set(inner) == {"anyOf"} else [inner]
    return {**says, "anyOf": [*branches, ref("expression")]}


def _is_leaf(schema: Schema) -> bool:
    """Return whether a schema's values have a form that an expression lacks."""
    if "$ref" in schema or "x-kinds" in schema or "properties" in schema:
        return False
    if "enum" in schema or "pattern" in schema:
        return True
    if "anyOf" in schema:
        return any(_is_leaf(branch) for branch in schema["anyOf"])
    types = schema.get("type", "string")
    types = [types] if isinstance(types, str) else types
    return not {"string", "object", "array"} & set(types)
