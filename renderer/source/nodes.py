"""YAML text → nodes with their places, in one pass that stops at the first limit it meets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from renderer.errors import Place, Problem
from renderer.profile import profile
from renderer.source.scalars import LONGEST, NotAValue, number_trouble, value_of

DEPTH = 64
NODES = 100_000
"""Values that one file of rows, or one value of an expression, may hold."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Node:
    """One value of the file and where it stands; `children` are those of a map or a list.

    `size` counts the nodes it stands for, aliases written out; `keys` are a map's keys.
    """

    data: Any
    place: Place
    plain: bool = False
    size: int = 1
    keys: dict[str, Node] = field(default_factory=dict)
    children: dict[Any, Node] = field(default_factory=dict)

    def places(self) -> Iterator[Place]:
        """Yield where the value and every value in it stands."""
        yield self.place
        for child in self.children.values():
            yield from child.places()


class Refused(Exception):
    """The text is refused as a whole; carries the one problem to name."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def lines_of(text: str) -> list[str]:
    """Return the lines of a text as YAML counts them, without their ends."""
    return _BREAK.split(text)


class Builder:
    """Turns one YAML document into a node; `problems` are those that do not stop it."""

    def __init__(self, text: str, file: str, loader: Any = _LOADER) -> None:
        self.text = text
        self.lines = lines_of(text)
        self.file = file
        self.problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)
        self._anchors: dict[str, Node | None] = {}
        self._count = 0

    def build(self) -> Node | None:
        """Return the document's node, None where the text is empty; raises Refused."""
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self._refuse("several-documents", "one file is one film", event, "remove `---`")
                node = self._node(next(self._events), 1)
        return node

    def place(self, mark: Any, end: Any = None) -> Place:
        """Return the place from a mark to another, as far as it lies on the first's line."""
        text = self.lines[mark.line] if mark.line < len(self.lines) else ""
        length = 1
        if end is not None and end.line == mark.line:
            length = max(1, end.column - mark.column)
        elif end is not None:
            length = max(1, len(text.rstrip()) - mark.column)
        return Place(self.file, mark.line + 1, mark.column + 1, length, text)

    def _refuse(self, code: str, says: str, event: yaml.Event, hint: str = "") -> None:
        raise Refused(Problem(code, says, self.place(event.start_mark, event.end_mark), hint))

    def _add(self, size: int, event: yaml.Event) -> None:
        self._count += size
        if self._count > (most := profile().nodes):
            says = f"more than {most:,} values, aliases written out"
            self._refuse("too-many", says, event, "split the film, or use fewer aliases")

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        self._add(1, event)
        if depth > DEPTH:
            self._refuse("too-deep", f"nested more than {DEPTH} deep", event)
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if tag is not None:
            self._refuse("tag", f"tags such as '{tag[:40]}' are not allowed", event, "remove it")
        if anchor is not None:
            self._anchors[anchor] = None
        node = self._value(event, depth)
        if anchor is not None:
            self._anchors[anchor] = node
        return node

    def _value(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(event, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._map(event, depth)
        return self._scalar(event)

    def _alias(self, event: yaml.AliasEvent) -> Node:
        if not profile().aliases:
            self._refuse("alias", "aliases are not allowed here", event, "write the value out")
        node = self._anchors.get(event.anchor or "")
        if node is None:
            known = "refers to itself" if event.anchor in self._anchors else "is not set before it"
            self._refuse("bad-alias", f"the anchor '{event.anchor}' {known}", event)
        assert node is not None
        self._add(node.size, event)
        return node

    def _list(self, start: yaml.CollectionStartEvent, depth: int) -> Node:
        items, size, event = [], 1, next(self._events)
        while not isinstance(event, yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
            size += items[-1].size
            event = next(self._events)
        place = self._extent(start, event)
        return Node([n.data for n in items], place, False, size, {}, dict(enumerate(items)))

    def _map(self, start: yaml.CollectionStartEvent, depth: int) -> Node:
        node, event = Node({}, Place(self.file, 1, 1)), next(self._events)
        while not isinstance(event, yaml.MappingEndEvent):
            key = self._key(event, bool(start.flow_style))
            value = self._node(next(self._events), depth + 1)
            node.size += 1 + value.size
            if self._fresh(node, key):
                node.keys[key.data], node.children[key.data] = key, value
                node.data[key.data] = value.data
            event = next(self._events)
        node.place = self._extent(start, event)
        return node

    def _extent(self, start: yaml.CollectionStartEvent, end: yaml.Event) -> Place:
        """Return the place of a list or a map: all of it in flow style, else its first line."""
        last = end.end_mark if start.flow_style else None
        return self.place(start.start_mark, last)

    def _key(self, event: yaml.Event, flow: bool) -> Node:
        """Return the node of a key, whose data is the key as it is written."""
        if not isinstance(event, yaml.ScalarEvent):
            if flow and isinstance(event, yaml.MappingStartEvent):
                self._refuse("unquoted-expression", "`{{ … }}` is not quoted", event, QUOTE_BRACES)
            self._refuse("bad-key", "a key must be a plain word", event, "quote it if it is text")
        assert isinstance(event, yaml.ScalarEvent)
        node = self._node(event, 1)
        node.data = event.value
        if BIDI.search(event.value):
            says = "a key holds a bidirectional control character, which cannot be seen"
            self.problems.append(Problem("bidi-control", says, node.place, "remove it"))
        return node

    def _fresh(self, node: Node, key: Node) -> bool:
        """Return whether a key is the first of its name, and a name that may be a key."""
        if key.data == "<<" and key.plain:
            raise Refused(
                Problem("merge-key", "merge keys are not allowed", key.place, "write the keys out")
            )
        if key.data not in node.keys:
            return True
        first = node.keys[key.data].place.line
        says = f"'{key.data}' is written twice, first in line {first}"
        self.problems.append(Problem("duplicate-key", says, key.place, "remove one of them"))
        return False

    def _scalar(self, event: Any) -> Node:
        place = self.place(event.start_mark, event.end_mark)
        plain = bool(event.implicit[0])
        if len(event.value) > LONGEST and not (plain and event.value[0] in "+-.0123456789"):
            says = f"a text of {len(event.value):,} characters; at most {LONGEST:,} are allowed"
            self.problems.append(Problem("too-long", says, place, "write it in parts"))
            return Node(event.value[:LONGEST], place)
        if _UNSPEAKABLE.search(event.value):
            says = "a control character or half of a surrogate pair"
            self.problems.append(Problem("control-character", says, place, "remove it"))
            return Node(_UNSPEAKABLE.sub("", event.value), place)
        if not plain:
            return Node(event.value, place)
        return Node(self._plain(event.value, place), place, True)

    def _plain(self, written: str, place: Place) -> Any:
        try:
            return value_of(written)
        except NotAValue:
            says = number_trouble(written)
            self.problems.append(Problem("bad-number", says, place, "quote it if it is text"))
            return written


QUOTE_BRACES = 'quote it: "{{ … }}"'
