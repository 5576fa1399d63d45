"""Values as written → values as painted: pixels, `#rrggbbaa`, degrees. The schema says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from renderer import lexers
from renderer.errors import did_you_mean
from renderer.nouns import is_rtl
from renderer.numerals import figure
from renderer.schema import Schema, one_of
from renderer.spec.context import BASE_COLOURS, Context
from renderer.templates import Part


def resolved(part: Part, schema: Schema, context: Context) -> Any:
    """Return a checked value with lengths, colours and defaults resolved; problems are added."""
    kind = schema.get("x-type", "")
    if kind in _AXES:
        return pixels(part.data, _AXES[kind](*context.size))
    if kind in _FORMS:
        return _FORMS[kind](part, context)
    data = part.data
    if isinstance(data, dict) and "properties" in schema:
        return completed(part, schema, context)
    if isinstance(data, list) and "items" in schema:
        return [resolved(item, schema["items"], context) for item in part.children()]
    branch = next((b for b in schema.get("anyOf", ()) if _has_type(data, b)), None)
    return resolved(part, branch, context) if branch else data


def completed(part: Part, schema: Schema, context: Context) -> dict[str, Any]:
    """Return a map with every key resolved, those that are missing from the schema's defaults."""
    result = {}
    for key, inner in schema["properties"].items():
        if key in part.data:
            value, axis = part.data[key], _AXES.get(inner.get("x-type", ""))
            if axis:
                result[key] = pixels(value, axis(*context.size))
            elif type(value) in _SCALARS and not ("x-type" in inner or "anyOf" in inner):
                result[key] = value
            else:
                result[key] = resolved(part.child(key), inner, context)
        elif "default" in inner:
            result[key] = _standard(inner, part, context)
    return result


_SCALARS = (str, int, float, bool)


def _standard(schema: Schema, part: Part, context: Context) -> Any:
    """Return what the default of a schema is here, worked out once; schemas of a context stay."""
    if id(schema) in context.standard:
        return context.standard[id(schema)]
    faults = len(context.problems)
    found = resolved(Part(schema["default"], part.origin), schema, context)
    if len(context.problems) == faults:
        context.standard[id(schema)] = found
    return found


def pixels(written: float | str, whole: float) -> float:
    """Return a length in pixels, to three decimals: a number, `12px`, or `5%` of `whole`."""
    if not isinstance(written, str):
        return round(float(written), 3)
    number = written.strip().removesuffix("px")
    if number.endswith("%"):
        return round(float(number[:-1]) * whole / 100, 3)
    return round(float(number), 3)


def _of_width(width: int, height: int) -> int:
    return width


def _of_height(width: int, height: int) -> int:
    return height


def _of_type(width: int, height: int) -> int:
    return height if width >= height else width


_AXES: Mapping[str, Callable[[int, int], int]] = {
    "length_x": _of_width,
    "length_y": _of_height,
    "length_type": _of_type,
    "length_short": min,
}


def hexadecimal(written: str) -> str:
    """Return a colour of 3, 4, 6 or 8 hexadecimal digits as `#rrggbbaa`."""
    digits = written[1:].lower()
    digits = "".join(2 * digit for digit in digits) if len(digits) < 5 else digits
    return f"#{digits}" if len(digits) == 8 else f"#{digits}ff"


def _color(part: Part, context: Context) -> str:
    written = part.data
    if written.startswith("#"):
        return hexadecimal(written)
    known = {**BASE_COLOURS, **context.colours}
    if written not in known:
        hint = did_you_mean(written, known) or f"known: {one_of(known)}; or hexadecimal digits"
        says = f"no colour is named '{written}'"
        context.add("bad-colour", says, part.place(), hint)
    return known.get(written, "#000000ff")


def _gradient(part: Part, context: Context) -> dict[str, Any]:
    colours = [_color(colour, context) for colour in part.child("gradient").children()]
    return {"gradient": colours, "angle": degrees(part.data.get("angle", 90))}


def _paint(part: Part, context: Context) -> str | dict[str, Any]:
    return _color(part, context) if isinstance(part.data, str) else _gradient(part, context)


def degrees(written: float | str) -> float:
    """Return an angle in degrees written as a number or as `90deg`."""
    return float(written.removesuffix("deg") if isinstance(written, str) else written)


def _position(part: Part, context: Context) -> str | list[float]:
    if isinstance(part.data, str):
        return part.data
    return [pixels(at, whole) for at, whole in zip(part.data, context.size, strict=True)]


def _language(part: Part, context: Context) -> str:
    """Return the name of a programming language in small letters."""
    written = str(part.data)
    hint = lexers.unknown(written)
    if hint is not None:
        says = f"no programming language is named '{written}'"
        context.add("unknown-name", says, part.place(), hint)
    return written.lower()


def _side(part: Part, context: Context) -> str:
    """Return a side of the picture as it lies on the screen: `left right top` or `bottom`."""
    ends = ("right", "left") if is_rtl(context.lang) else ("left", "right")
    return dict(zip(("start", "end"), ends, strict=True)).get(part.data, str(part.data))


def _angle(part: Part, context: Context) -> float:
    return degrees(part.data)


def _zoom(part: Part, context: Context) -> float:
    """Return a size written as a factor or in % as a factor."""
    if isinstance(part.data, str):
        return round(float(part.data.strip().removesuffix("%")) / 100, 8)
    return float(part.data)


def _pan(part: Part, context: Context) -> str | list[float]:
    """Return a place by its name, or two shares of the free play, 0–1."""
    if isinstance(part.data, str):
        return part.data
    return [round(float(str(share).strip().removesuffix("%")) / 100, 8) for share in part.data]


def _figure(part: Part, context: Context) -> Any:
    """Return a number as it is written; one whose signs make no sense is a problem."""
    if isinstance(part.data, str) and "{{" not in part.data and figure(part.data) is None:
        says = f"'{part.data}' can be read as no number"
        context.add("bad-number", says, part.place(), 'such as `1600`, `"1,600"` or `"1.60"`')
        return 0
    return part.data


_FORMS: Mapping[str, Any] = {
    "color": _color,
    "gradient": _gradient,
    "paint": _paint,
    "angle": _angle,
    "position": _position,
    "side": _side,
    "code_language": _language,
    "zoom": _zoom,
    "pan": _pan,
    "figure": _figure,
}


def _has_type(data: Any, schema: Schema) -> bool:
    """Return whether a value may be of a schema, going by its type."""
    if "enum" in schema:
        return data in schema["enum"]
    names = {str: "string", list: "array", dict: "object", bool: "boolean"}
    named = schema.get("type", "object" if "x-kinds" in schema else ())
    wanted = [named] if isinstance(named, str) else named
    return names.get(type(data), "number") in wanted
