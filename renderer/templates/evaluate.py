"""One expression → its value. Jinja2 reads it; what it means is worked out here, node by node.

Nothing is compiled and nothing can be called but the filters, data are reached by key and index and
never by Python attribute, and every value that is made is bounded, so that no expression can run
long, grow large or reach the program. The only door to Jinja2.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.parser import Parser

from renderer.errors import did_you_mean
from renderer.templates.effort import BadExpression, spend
from renderer.templates.filters import (
    FILTERS,
    MOST,
    TESTS,
    bounded,
    text_of,
)

Names = Mapping[str, Any]

_LONGEST_EXPRESSION = 1_000
_DEEPEST = 30
_LARGEST_NUMBER = 1e15
_KINDS = {dict: "map", list: "list", str: "text", int: "number", float: "number"}
_FAILURES = (ArithmeticError, LookupError, TypeError, ValueError, RecursionError)
_READER = jinja2.Environment(autoescape=False)


class _Missing(BadExpression):
    """A name or a key is not there, which `default` and `is defined` may ask."""


def value_of(expression: str, names: Names) -> Any:
    """Return the value of an expression, plain data of YAML; raises BadExpression."""
    try:
        spend(10)
        return _value(_read(expression.strip()), names)
    except _FAILURES as error:
        says = str(error).split("\n", 1)[0][:200] or type(error).__name__
        raise BadExpression("bad-expression", f"`{{{{{expression}}}}}`: {says}") from None


@lru_cache(maxsize=4096)
def _read(expression: str) -> nodes.Expr:
    """Return the tree of an expression; raises BadExpression."""
    nested = max(map(expression.count, "([{-+~"))
    if len(expression) > _LONGEST_EXPRESSION or nested > _DEEPEST:
        raise BadExpression("bad-expression", "the expression is too long or nested too deep")
    try:
        parser = Parser(_READER, expression, state="variable")
        tree = parser.parse_expression()
        if parser.stream.eos:
            return tree
        says = f"'{parser.stream.current.value}' is not expected here"
    except jinja2.TemplateSyntaxError as error:
        says = error.message or "not readable"
    raise BadExpression("bad-expression", f"`{{{{ {expression[:200]} }}}}`: {says}")


def _value(node: nodes.Node, names: Names) -> Any:
    """Return the value of a node; raises BadExpression, and what Python's operators raise."""
    work = _WORK.get(type(node))
    if work is None:
        says = f"{type(node).__name__.lower()} is not part of expressions"
        raise BadExpression("bad-expression", says)
    return work(node, names)


def _constant(node: nodes.Const, names: Names) -> Any:
    return node.value


def _name(node: nodes.Name, names: Names) -> Any:
    if node.name in names:
        return names[node.name]
    hint = did_you_mean(node.name, names)
    raise _Missing("unknown-name", f"nothing is named '{node.name}' here", hint)


def _attribute(node: nodes.Getattr, names: Names) -> Any:
    found = _value(node.node, names)
    if isinstance(found, dict) and node.attr in found:
        return found[node.attr]
    raise _lacking(found, node.attr)


def _entry(node: nodes.Getitem, names: Names) -> Any:
    found = _value(node.node, names)
    if not isinstance(found, str | list | dict):
        raise _lacking(found, "[…]")
    if isinstance(node.arg, nodes.Slice):
        parts = (node.arg.start, node.arg.stop, node.arg.step)
        ends = [None if part is None else _value(part, names) for part in parts]
        if isinstance(found, dict):
            raise BadExpression("wrong-type", "a map has no order to take a part of")
        return _kept(found[slice(*ends)])
    index = _value(node.arg, names)
    try:
        return found[index]
    except (LookupError, TypeError):
        raise _lacking(found, index) from None


def _lacking(value: Any, name: Any) -> _Missing:
    hint = did_you_mean(str(name), map(str, value)) if isinstance(value, dict) else ""
    says = f"there is no '{str(name)[:60]}' in this {_KINDS.get(type(value), 'value')}"
    return _Missing("unknown-name", says, hint)


def _list(node: nodes.List | nodes.Tuple, names: Names) -> list[Any]:
    return [_value(item, names) for item in node.items]


def _map(node: nodes.Dict, names: Names) -> dict[Any, Any]:
    return {text_of(_value(p.key, names)): _value(p.value, names) for p in node.items}


def _either(node: nodes.CondExpr, names: Names) -> Any:
    if _value(node.test, names):
        return _value(node.expr1, names)
    return None if node.expr2 is None else _value(node.expr2, names)


def _and(node: nodes.And, names: Names) -> Any:
    return _value(node.left, names) and _value(node.right, names)


def _or(node: nodes.Or, names: Names) -> Any:
    return _value(node.left, names) or _value(node.right, names)


def _not(node: nodes.Not, names: Names) -> bool:
    return not _value(node.node, names)


def _compare(node: nodes.Compare, names: Names) -> bool:
    left = _value(node.expr, names)
    for operand in node.ops:
        right = _value(operand.expr, names)
        _spend_on(left)
        _spend_on(right)
        if not _COMPARISONS[operand.op](left, right):
            return False
        left = right
    return True


def _spend_on(value: Any) -> None:
    """Count the work that it is to compare a value."""
    spend(1)
    for one in value if isinstance(value, list) else ():
        _spend_on(one)
    for one in value.values() if isinstance(value, dict) else ():
        _spend_on(one)


def _concat(node: nodes.Concat, names: Names) -> str:
    return bounded("".join(text_of(_value(part, names)) for part in node.nodes))


def _sign(node: nodes.UnaryExpr, names: Names) -> Any:
    number = _value(node.node, names)
    _bound(node.operator or "", number, 0)
    return -number if isinstance(node, nodes.Neg) else number


def _binary(node: nodes.BinExpr, names: Names) -> Any:
    left, right = _value(node.left, names), _value(node.right, names)
    if node.operator == "+" and type(left) is type(right) and isinstance(left, str | list):
        if len(left) + len(right) > 2 * MOST:
            raise BadExpression("too-long", "what `+` gives would be too long")
        return _kept(left + right)
    _bound(node.operator, left, right)
    return _OPERATORS[node.operator](left, right)


def _bound(sign: str, left: Any, right: Any) -> None:
    """Refuse what are no numbers, and numbers that could grow without bound."""
    if not (isinstance(left, int | float) and isinstance(right, int | float)):
        raise BadExpression("bad-expression", f"`{sign}` works with numbers only")
    if max(abs(left), abs(right)) > (100 if sign == "**" else _LARGEST_NUMBER):
        raise BadExpression("bad-expression", f"`{sign}` with a number that is too large")


def _kept(value: Any) -> Any:
    """Return a text or a list that is short enough."""
    if isinstance(value, str):
        return bounded(value)
    spend(len(value))
    if len(value) > MOST:
        raise BadExpression("too-long", f"a list of more than {MOST:,} entries")
    return value


def _filter(node: nodes.Filter, names: Names) -> Any:
    if node.node is None or node.dyn_args is not None or node.dyn_kwargs is not None:
        raise BadExpression("bad-expression", "a filter follows a value: `value|filter`")
    given = [_value(one, names) for one in node.args]
    named: dict[str, Any] = {str(pair.key): _value(pair.value, names) for pair in node.kwargs}
    if node.name == "default":
        return _default(node.node, names, *given, **named)
    if node.name not in FILTERS:
        hint = did_you_mean(node.name, (*FILTERS, "default"))
        raise BadExpression("bad-expression", f"no filter is named '{node.name}'", hint)
    return FILTERS[node.name](_value(node.node, names), *given, **named)


def _default(node: nodes.Expr, names: Names, other: Any = "", boolean: Any = False) -> Any:
    """Return a value, or the other where it is not there; with `boolean`, where it is empty too."""
    try:
        found = _value(node, names)
    except _Missing:
        return other
    return other if boolean and not found else found


def _test(node: nodes.Test, names: Names) -> bool:
    if node.name in ("defined", "undefined"):
        return _is_there(node.node, names) == (node.name == "defined")
    if node.name not in TESTS:
        hint = did_you_mean(node.name, (*TESTS, "defined", "undefined"))
        raise BadExpression("bad-expression", f"no test is named '{node.name}'", hint)
    return TESTS[node.name](_value(node.node, names))


def _is_there(node: nodes.Expr, names: Names) -> bool:
    try:
        _value(node, names)
    except _Missing:
        return False
    return True


def _call(node: nodes.Call, names: Names) -> Any:
    raise BadExpression("bad-expression", "nothing can be called here", "write `value|filter`")


_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
_WORK: Mapping[type[nodes.Node], Callable[[Any, Names], Any]] = {
    nodes.Const: _constant,
    nodes.Name: _name,
    nodes.Getattr: _attribute,
    nodes.Getitem: _entry,
    nodes.List: _list,
    nodes.Tuple: _list,
    nodes.Dict: _map,
    nodes.CondExpr: _either,
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Not: _not,
    nodes.Compare: _compare,
    nodes.Concat: _concat,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.Call: _call,
    **dict.fromkeys((nodes.Neg, nodes.Pos), _sign),
    **dict.fromkeys((nodes.Add, nodes.Sub, nodes.Mul, nodes.Div), _binary),
    **dict.fromkeys((nodes.FloorDiv, nodes.Mod, nodes.Pow), _binary),
}
