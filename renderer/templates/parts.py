"""Pieces of documents that are filled in and merged, and still know where each value stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from renderer.errors import Place, Problem
from renderer.schema import is_expression
from renderer.source import Document
from renderer.templates.expressions import BadExpression, filled, only_name

Steps = tuple[str | int, ...]


_NOWHERE: Mapping[Steps, Origin] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Origin:
    """A value's place in a document: the keys and indexes that lead to it."""

    document: Document
    path: Steps = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Data, and where they come from; `traces` say so for those that come from elsewhere."""

    data: Any
    origin: Origin
    traces: Mapping[Steps, Origin] = field(default_factory=dict)

    def source(self, path: Steps = ()) -> Origin:
        """Return where the value at a path below this part was written."""
        if self.traces:
            for length in range(len(path), -1, -1):
                if found := self.traces.get(path[:length]):
                    return Origin(found.document, (*found.path, *path[length:]))
        return Origin(self.origin.document, self.origin.path + path)

    def place(self, path: Any = (), key: bool = False) -> Place:
        """Return the place of the value at a path below this part, or of its key."""
        found = self.source(tuple(path))
        return found.document.place(found.path, key)

    def child(self, step: str | int) -> Part:
        """Return the part for one entry of this one."""
        if not self.traces:
            origin = Origin(self.origin.document, (*self.origin.path, step))
            return Part(self.data[step], origin, _NOWHERE)
        inner = {
            path[1:]: origin
            for path, origin in self.traces.items()
            if len(path) > 1 and path[0] == step
        }
        return Part(self.data[step], self.source((step,)), inner)

    def children(self) -> Iterator[Part]:
        """Yield the parts for the entries of a list."""
        return (self.child(index) for index in range(len(self.data)))

    def over(self, under: Part) -> Part:
        """Return this map merged over another: its own keys win, key by key."""
        data, traces = {**under.data, **self.data}, dict(self.traces)
        for key in under.data:
            if key not in self.data:
                traces[(key,)] = under.source((key,))
                traces |= {path: o for path, o in under.traces.items() if path[:1] == (key,)}
        return Part(data, self.origin, traces)

    def without(self, *keys: str) -> Part:
        """Return this map without some of its keys."""
        kept = {key: value for key, value in self.data.items() if key not in keys}
        return Part(kept, self.origin, self.traces)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that expressions may use; `origins` are those of names given in `with`."""

    names: Mapping[str, Any]
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def having(self, names: Mapping[str, Any]) -> Scope:
        """Return the scope with more names, which hide those of the same name."""
        kept = {name: origin for name, origin in self.origins.items() if name not in names}
        return Scope({**self.names, **names}, kept)


def substituted(part: Part, scope: Scope, problems: list[Problem]) -> Part:
    """Return a part with every expression in it replaced by its value; problems are added."""
    traces = dict(part.traces)
    data = _filled(part, part.data, (), scope, traces, problems)
    return part if data is part.data else Part(data, part.origin, traces)


def _filled(
    part: Part,
    value: Any,
    path: Steps,
    scope: Scope,
    traces: dict[Steps, Origin],
    problems: list[Problem],
) -> Any:
    """Return a value with its expressions replaced; the very value where it has none."""
    if isinstance(value, dict | list):
        pairs = list(value.items() if isinstance(value, dict) else enumerate(value))
        done = [_filled(part, v, (*path, k), scope, traces, problems) for k, v in pairs]
        if all(new is old for new, (_, old) in zip(done, pairs, strict=True)):
            return value
        return done if isinstance(value, list) else dict(zip(value, done, strict=True))
    if not is_expression(value):
        return value
    name = only_name(value)
    if name is not None and name in scope.origins:
        traces[path] = scope.origins[name]
    try:
        return filled(value, scope.names)
    except BadExpression as error:
        problems.append(Problem(error.code, error.says, part.place(path), error.hint))
        return UNKNOWN


def holds_expression(value: Any) -> bool:
    """Return whether there is an expression somewhere in data."""
    if isinstance(value, dict):
        return any(map(holds_expression, value.values()))
    if isinstance(value, list):
        return any(map(holds_expression, value))
    return is_expression(value)


UNKNOWN: Any = "{{ unknown }}"
"""Stands for a value whose expression failed; its problem is known, so it passes every check."""
