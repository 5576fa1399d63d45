"""Plain scalars as YAML 1.2's core schema reads them (https://yaml.org/spec/1.2.2/#103-core-schema).

Two exceptions: numbers that are not finite are refused, and numbers of more than 32 characters.
"""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None

LONGEST_NUMBER = 32

LONGEST = 20_000
"""Characters that one text may have."""

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class NotAValue(ValueError):
    """A number that is not finite or is too long; the argument is the scalar as written."""


def value_of(written: str) -> Scalar:
    """Return the value of a plain scalar; raises NotAValue."""
    if written in _WORDS:
        return _WORDS[written]
    if written[0] not in "+-.0123456789":
        return written
    if _NOT_FINITE.fullmatch(written):
        raise NotAValue(written)
    return _number(written)


def _number(written: str) -> Scalar:
    forms = ((_INTEGER, 10), (_OCTAL, 8), (_HEXADECIMAL, 16))
    base = next((base for form, base in forms if form.fullmatch(written)), 0)
    if not base and not _FLOAT.fullmatch(written):
        return written
    if len(written) > LONGEST_NUMBER:
        raise NotAValue(written)
    if base:
        return int(written[2:] if base != 10 else written, base)
    if not math.isfinite(number := float(written)):
        raise NotAValue(written)
    return number


def number_trouble(written: str) -> str:
    """Return in words why `value_of` refuses a number."""
    if len(written) > LONGEST_NUMBER:
        return f"a number of {len(written):,} characters; at most {LONGEST_NUMBER} are allowed"
    return f"'{written}' is not a finite number"
