"""The filters and tests of expressions: each takes what it can bound, and refuses the rest.

They mean what Jinja2's filters of the same names mean
(https://jinja.palletsprojects.com/templates/#list-of-builtin-filters).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor, isfinite
from typing import Any

from renderer.numerals import digits, only_figure
from renderer.source import LONGEST
from renderer.templates.effort import BadExpression, spend

MOST = 10_000
"""Entries of a list that an expression may make, or look at one by one."""


def text_of(value: object) -> str:
    """Return a value as it stands in a text; raises BadExpression for a list or a map."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, str | int):
        return str(value)
    raise BadExpression("wrong-type", "a list or a map cannot stand in the middle of a text")


def bounded(text: str) -> str:
    """Return a text that is not too long; raises BadExpression."""
    spend(len(text) // 2)
    if len(text) > LONGEST:
        raise BadExpression("too-long", f"the text is longer than {LONGEST:,} characters")
    return text


def entries(value: object) -> Sequence[Any]:
    """Return the entries of a list or the keys of a map; raises BadExpression if they are none."""
    if isinstance(value, str | list | dict):
        if len(value) > MOST:
            says = f"a list of {len(value):,} entries; at most {MOST:,} can be worked on"
            raise BadExpression("too-long", says)
        spend(len(value))
        return list(value)
    raise BadExpression("wrong-type", "a list is expected here")


def _number(value: object) -> int | float:
    if isinstance(value, int | float):
        return value
    raise BadExpression("wrong-type", "a number is expected here")


def _join(value: object, between: object = "") -> str:
    texts = [text_of(entry) for entry in entries(value)]
    gap = text_of(between)
    if sum(map(len, texts)) + len(gap) * len(texts) > 2 * LONGEST:
        raise BadExpression("too-long", f"the text is longer than {LONGEST:,} characters")
    return gap.join(texts)


def _replace(value: object, old: object, new: object) -> str:
    whole, part, other = text_of(value), text_of(old), text_of(new)
    if len(whole) + (whole.count(part) * len(other)) > 2 * LONGEST:
        raise BadExpression("too-long", f"the text is longer than {LONGEST:,} characters")
    return whole.replace(part, other)


def _required(value: object, says: object) -> object:
    """Return a value that is there; raises BadExpression with these words where it is empty."""
    if not value:
        raise BadExpression("missing-value", text_of(says))
    return value


def _first(value: object) -> Any:
    found = entries(value)
    return found[0] if found else None


def _last(value: object) -> Any:
    found = entries(value)
    return found[-1] if found else None


def _length(value: object) -> int:
    if isinstance(value, str | list | dict):
        return len(value)
    raise BadExpression("wrong-type", "only a text, a list or a map has a length")


def _int(value: object, default: object = 0) -> object:
    try:
        return int(value) if isinstance(value, int | float) else int(text_of(value)[:33])
    except ValueError:
        return default


def _float(value: object, default: object = 0.0) -> object:
    try:
        found = float(value) if isinstance(value, int | float) else float(text_of(value)[:33])
    except ValueError:
        return default
    return found if isfinite(found) else default


def _round(value: object, places: object = 0, method: object = "common") -> float:
    number, digits_after = _number(value), int(_number(places))
    if not -15 <= digits_after <= 15:
        raise BadExpression("bad-expression", "`round` takes from -15 to 15 places")
    if method == "common":
        return float(round(number, digits_after))
    if method not in ("ceil", "floor"):
        raise BadExpression("bad-expression", "`round` takes 'common', 'ceil' or 'floor'")
    factor = 10.0**digits_after
    return (ceil if method == "ceil" else floor)(number * factor) / factor


def _sort(value: object, reverse: object = False) -> list[Any]:
    return sorted(entries(value), reverse=bool(reverse))


def _sum(value: object) -> int | float:
    return sum(map(_number, entries(value)))


def _counted(value: object) -> dict[str, Any] | None:
    """Return `around` and `number` of what can be counted up to, None where nothing can.

    `around` is a text with `{}` in place of its one number.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        plain = value == int(value) and (0 <= value < 10 or 1000 <= value < 3000)
        return None if plain else {"around": "{}", "number": value}
    text = text_of(value).strip()
    found = None if set(text) & _MARKUP else only_figure(text)
    return {"around": f"{found[0]}{{}}{found[2]}", "number": found[1]} if found else None


_MARKUP = set("*`{}\n")
"""Characters of a text that would mean something else, or nothing, in a counter."""


def _of_text(change: Callable[[str], str]) -> Callable[[object], str]:
    return lambda value: change(text_of(value))


def _of_list(choose: Callable[[Sequence[Any]], Any]) -> Callable[[object], Any]:
    return lambda value: choose(entries(value)) if entries(value) else None


FILTERS: Mapping[str, Callable[..., Any]] = {
    "abs": lambda value: abs(_number(value)),
    "capitalize": _of_text(str.capitalize),
    "counted": _counted,
    "digits": lambda value, lang: digits(text_of(value), text_of(lang)),
    "first": _first,
    "float": _float,
    "int": _int,
    "join": _join,
    "last": _last,
    "length": _length,
    "lower": _of_text(str.lower),
    "max": _of_list(max),
    "min": _of_list(min),
    "replace": _replace,
    "required": _required,
    "round": _round,
    "sort": _sort,
    "string": text_of,
    "sum": _sum,
    "title": _of_text(str.title),
    "trim": _of_text(str.strip),
    "upper": _of_text(str.upper),
}
"""Name → filter; `default` is not among them, for it alone takes a value that is not there."""

TESTS: Mapping[str, Callable[[Any], bool]] = {
    "none": lambda value: value is None,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "even": lambda value: _number(value) % 2 == 0,
    "odd": lambda value: _number(value) % 2 == 1,
}
"""Name → test; `defined` and `undefined` are not among them, for the same reason."""
