"""Values of expressions where text is wanted: a number becomes text, nothing a missing key."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from renderer.schema import Schema, is_expression
from renderer.templates import Part


def fitted(part: Part, written: Part, schema: Schema) -> Part:
    """Return a map whose expressions were replaced, fitted to its schema.

    A number becomes text where only text may stand; a key whose expression gave nothing is dropped.
    """
    data = dict(part.data)
    for key, value in part.data.items():
        text = written.data.get(key) if isinstance(written.data, dict) else written.data
        if not is_expression(text):
            continue
        if value is None:
            del data[key]
        elif key in schema["properties"]:
            data[key] = fitted_value(Part(value, part.origin), text, schema["properties"][key]).data
    return Part(data, part.origin, part.traces)


def fitted_value(part: Part, written: Any, schema: Schema) -> Part:
    """Return a value; as text where it is the number of an expression and text is wanted."""
    if is_expression(written) and _is_number(part.data) and schema.get("type") == "string":
        return replace(part, data=str(part.data))
    return part


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
