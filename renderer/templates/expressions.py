"""`{{ expression }}` in texts: evaluated by Jinja2 in a sandbox. The only door to Jinja2.

Only expressions, no statements: the text around `{{ … }}` is taken as it stands. Data are reached
by key and index, never by Python attribute, and nothing can be called but a short list of filters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from renderer.errors import did_you_mean
from renderer.numerals import digits

LONGEST = 20_000
"""Characters that a text may have once its expressions have their values."""

_LONGEST_EXPRESSION = 1_000
_DEEPEST = 30
_MARKED = re.compile(r"""\{\{((?:[^"'}]|"[^"]*"|'[^']*'|\}(?!\}))*)\}\}""")
_FILTERS = (
    *("abs", "capitalize", "default", "first", "float", "int", "join", "last", "length", "lower"),
    *("max", "min", "replace", "round", "sort", "string", "sum", "title", "trim", "upper"),
)
_FAILURES = (
    *(jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError),
    *(AttributeError, RecursionError, SyntaxError, MemoryError),
)


class BadExpression(Exception):
    """An expression has no value; carries a problem's code, message and hint."""

    def __init__(self, code: str, says: str, hint: str = "") -> None:
        super().__init__(says)
        self.code, self.says, self.hint = code, says, hint


_KINDS = {dict: "map", list: "list", str: "text", int: "number", float: "number"}


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, narrowed: keys instead of attributes, no calls, bounded operators."""

    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, jinja2.Undefined):
            str(obj)
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return self._nothing(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, jinja2.Undefined):
            str(obj)
        try:
            return obj[argument]
        except (TypeError, LookupError):
            return self._nothing(obj, argument)

    def _nothing(self, obj: Any, name: Any) -> Any:
        """Return an undefined value that says what an object lacks."""
        keys = [str(key) for key in obj] if isinstance(obj, Mapping) else []
        hint = did_you_mean(str(name), keys)
        says = f"there is no '{str(name)[:60]}' in this {_KINDS.get(type(obj), 'value')}"
        return self.undefined(hint=f"{says}; {hint}" if hint else says)

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        _bound(operator, left, right)
        return super().call_binop(context, operator, left, right)


def _bound(operator: str, left: Any, right: Any) -> None:
    """Refuse what could grow without bound; raises BadExpression."""
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    if not numbers and operator != "+":
        raise BadExpression("bad-expression", f"`{operator}` works with numbers only")
    if numbers and max(abs(left), abs(right)) > (100 if operator == "**" else 1e15):
        raise BadExpression("bad-expression", f"`{operator}` with a number that is too large")


def _replaced(text: object, old: object, new: object) -> str:
    """Return a text with every `old` in it replaced, unless it would be too long."""
    whole, part, other = str(text), str(old), str(new)
    if len(whole) + whole.count(part) * len(other) > LONGEST:
        raise BadExpression("too-long", f"the text would be longer than {LONGEST:,} characters")
    return whole.replace(part, other)


def _required(value: object, says: str) -> object:
    """Return a value that is there; raises BadExpression with these words where it is empty."""
    if not value:
        raise BadExpression("missing-value", says)
    return value


def _environment() -> _Environment:
    environment = _Environment(undefined=jinja2.StrictUndefined, optimized=False)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters |= {"replace": _replaced, "digits": digits, "required": _required}
    environment.tests = {
        name: environment.tests[name] for name in ("defined", "undefined", "none", "even", "odd")
    }
    return environment


_ENVIRONMENT = _environment()


@lru_cache(maxsize=4096)
def _compiled(expression: str) -> Any:
    if len(expression) > _LONGEST_EXPRESSION or _depth(expression) > _DEEPEST:
        raise BadExpression("bad-expression", "the expression is too long or nested too deep")
    return _ENVIRONMENT.compile_expression(expression, undefined_to_none=False)


def _depth(expression: str) -> int:
    """Return a bound on how deep an expression nests."""
    return max(map(expression.count, "([{-+~")) if expression else 0


def filled(text: str, names: Mapping[str, Any]) -> Any:
    """Return a text with every `{{ … }}` replaced by its value; raises BadExpression.

    A text that is exactly one expression gives the value itself, with its type.
    """
    whole = _MARKED.fullmatch(text.strip())
    if whole:
        return _plain(_value(whole[1], names))
    result = _MARKED.sub(lambda found: _written(_value(found[1], names)), text)
    if len(result) > LONGEST:
        raise BadExpression("too-long", f"the text is longer than {LONGEST:,} characters")
    if "{{" in _MARKED.sub("", text):
        raise BadExpression("bad-expression", "`{{` has no `}}`", "write {{ '{{' }} for braces")
    return result


def only_name(text: str) -> str | None:
    """Return the first name of a text that is exactly `{{ name }}` or `{{ with.name }}`."""
    found = re.fullmatch(r"\s*\{\{\s*(?:with\.)?([A-Za-z_]\w*)\s*\}\}\s*", text)
    return found[1] if found else None


def _value(expression: str, names: Mapping[str, Any]) -> Any:
    try:
        value = _compiled(expression.strip())(names)
        if isinstance(value, jinja2.Undefined):
            str(value)
    except jinja2.UndefinedError as error:
        raise _undefined(error, names) from None
    except _FAILURES as error:
        says = str(error).split("\n", 1)[0] or type(error).__name__
        raise BadExpression("bad-expression", f"`{{{{{expression}}}}}`: {says}") from None
    return value


def _undefined(error: jinja2.UndefinedError, names: Mapping[str, Any]) -> BadExpression:
    found = re.match(r"'(.+)' is undefined", str(error))
    if not found:
        return BadExpression("unknown-name", str(error))
    hint = did_you_mean(found[1], names)
    return BadExpression("unknown-name", f"nothing is named '{found[1]}' here", hint)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, str | int):
        return str(value)
    raise BadExpression("wrong-type", "a list or a map cannot stand in the middle of a text")


def _plain(value: Any) -> Any:
    """Return a value as the data of YAML, or raise BadExpression where it is none."""
    if isinstance(value, str) and len(value) > LONGEST:
        raise BadExpression("too-long", f"the text is longer than {LONGEST:,} characters")
    if isinstance(value, float) and not -1e308 < value < 1e308:
        raise BadExpression("bad-number", "the value is not a finite number")
    if isinstance(value, tuple):
        return list(value)
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    raise BadExpression("wrong-type", f"the value is a {type(value).__name__}")
