"""`{{ expression }}` in texts: found, evaluated, and their values put in their places.

Only expressions, no statements: the text around `{{ … }}` is taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from renderer.source import LONGEST, NODES
from renderer.templates.effort import BadExpression, spend
from renderer.templates.evaluate import value_of
from renderer.templates.filters import bounded, text_of

__all__ = ["BadExpression", "filled", "only_name"]

_INNER = re.compile(r"""(?:[^"'}]+|"[^"]*"|'[^']*'|\}(?!\}))*+\}\}""")


def filled(text: str, names: Mapping[str, Any]) -> Any:
    """Return a text with every `{{ … }}` replaced by its value; raises BadExpression.

    A text that is exactly one expression gives the value itself, with its type.
    """
    pieces = _pieces(text)
    held = [piece for piece in pieces if piece[1] or piece[0].strip()]
    if len(held) == 1 and held[0][1]:
        return _plain(value_of(held[0][0], names))
    whole = ""
    for one, inner in pieces:
        whole = bounded(whole + (text_of(value_of(one, names)) if inner else one))
    return whole


@lru_cache(maxsize=256)
def only_name(text: str) -> str | None:
    """Return the first name of a text that is exactly `{{ name }}` or `{{ with.name }}`."""
    found = re.fullmatch(r"\s*\{\{\s*(?:with\.)?([A-Za-z_]\w*)\s*\}\}\s*", text)
    return found[1] if found else None


@lru_cache(maxsize=256)
def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """Return the stretches of a text in order, each with whether it is inside `{{ … }}`.

    Those of templates are asked for by every scene. Raises BadExpression.
    """
    found, at = list[tuple[str, bool]](), 0
    if len(text) > LONGEST:
        raise BadExpression("too-long", f"a text of more than {LONGEST:,} characters")
    while (begin := text.find("{{", at)) >= 0:
        inner = _INNER.match(text, begin + 2)
        if inner is None:
            hint = "write {{ '{{' }} for braces"
            raise BadExpression("bad-expression", "`{{` has no `}}`", hint)
        found += [(text[at:begin], False), (inner[0][:-2], True)]
        at = inner.end()
    return (*found, (text[at:], False))


def _plain(value: Any) -> Any:
    """Return a value that the data of YAML can have; raises BadExpression."""
    if isinstance(value, str):
        return bounded(value)
    if isinstance(value, int | float) and not -1e300 < value < 1e300:
        raise BadExpression("bad-number", "the value is not a finite number")
    if isinstance(value, list | dict) and _is_large(value):
        raise BadExpression("too-many", f"the value holds more than {NODES:,} values")
    return value


def _is_large(value: Any) -> bool:
    """Return whether data hold too many values, those that are there twice counted twice."""
    count, waiting = 0, [value]
    while waiting and count <= NODES:
        one = waiting.pop()
        count += 1
        spend(1)
        if isinstance(one, list | dict):
            waiting += one.values() if isinstance(one, dict) else one
    return count > NODES
