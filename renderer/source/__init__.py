"""YAML text → plain data that knows where each value stands. The only door to PyYAML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from renderer.errors import Place, Problem, in_order
from renderer.inputs import read_ordinary
from renderer.source.cautions import UNCLOSED, cautions, explained, unclosed
from renderer.source.nodes import BIDI, NODES, Builder, Node, Refused, lines_of
from renderer.source.scalars import LONGEST, NotAValue, Scalar, value_of

__all__ = [
    "BIDI",
    "LARGEST",
    "LONGEST",
    "NODES",
    "Document",
    "NotAValue",
    "Scalar",
    "Steps",
    "parse",
    "read",
    "scalar",
]

LARGEST = 1 << 20
"""Bytes that a file may have."""

Steps = Sequence[str | int]
"""The keys and indexes that lead from the top of a document to a value."""

_REFUSED = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """One file read: its data (plain dict, list, str, int, float, bool, None) and its problems.

    Paths in it lead from `folder`; a `template` fills in texts that others wrote.
    """

    file: str
    data: Any
    problems: tuple[Problem, ...] = ()
    root: Node | None = None
    folder: Path | None = None
    template: bool = False

    def place(self, path: Steps = (), key: bool = False) -> Place:
        """Return where the value at a path stands, or its key; the nearest one where it is not."""
        node, found = self.root, None
        for step in path:
            child = node.children.get(step) if node else None
            if node is None or child is None:
                break
            found, node = node.keys.get(str(step)), child
        else:
            if key and found is not None:
                return found.place
        return node.place if node else Place(self.file, 1, 1)

    def places(self, path: Steps) -> tuple[Place, ...]:
        """Return where the value at a path and every value in it stands; none where it is not."""
        node = self.root
        for step in path:
            node = node.children.get(step) if node else None
        return tuple(node.places()) if node else ()


def read(path: Path, name: str | None = None) -> Document:
    """Return the document in a file; `name` is what problems call it.

    Raises OSError, and NotRead where it is no ordinary file.
    """
    document = parse(read_ordinary(path, LARGEST), name or str(path))
    return replace(document, folder=path.resolve().parent)


def parse(content: bytes | str, file: str) -> Document:
    """Return the document that a text holds; its `problems` say what is wrong with it."""
    written = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(written) > LARGEST:
        says = f"the file is larger than 1 MiB ({len(written):,} bytes)"
        return Document(file, None, (Problem("too-large", says, Place(file, 1, 1)),))
    try:
        text = written.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return Document(file, None, (_not_utf8(written, error.start, file),))
    if found := _REFUSED.search(text):
        return Document(file, None, (_not_printable(text, found.start(), file),))
    return _built(Builder(text, file))


def scalar(written: str) -> Scalar:
    """Return the value of one plain scalar, as `--var` gives it; raises NotAValue."""
    return value_of(written.strip())


_TOO_DEEP = "maximum nesting depth"
"""What newer versions of libyaml say before they tell where; PyYAML's own parser has no limit."""


def _built(builder: Builder) -> Document:
    try:
        root = builder.build()
    except Refused as refused:
        found = (*builder.problems, refused.problem)
        return Document(builder.file, None, in_order(found))
    except yaml.YAMLError as error:
        if _TOO_DEEP in str(error):
            return _built(Builder(builder.text, builder.file, yaml.SafeLoader))
        return Document(builder.file, None, in_order([*builder.problems, _unread(builder, error)]))
    found = (*builder.problems, *(cautions(root, builder.lines) if root else ()))
    return Document(builder.file, root.data if root else None, in_order(found), root)


def _unread(builder: Builder, error: yaml.YAMLError) -> Problem:
    begun, mark = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    says = getattr(error, "problem", None) or str(error)
    if begun and mark and getattr(error, "context", None) in UNCLOSED:
        return unclosed(builder.place(begun), builder.place(mark), says)
    at = mark or begun
    return explained(builder.place(at) if at else Place(builder.file, 1, 1), says)


def _not_utf8(content: bytes, at: int, file: str) -> Problem:
    before = content[:at].decode("utf-8", "replace")
    lines = lines_of(before)
    place = Place(file, len(lines), len(lines[-1]) + 1)
    return Problem("not-utf8", "the file is not UTF-8 text", place, "save it as UTF-8")


def _not_printable(text: str, at: int, file: str) -> Problem:
    lines = lines_of(text[:at])
    place = Place(file, len(lines), len(lines[-1]) + 1, 1, lines_of(text)[len(lines) - 1])
    says = f"the control character U+{ord(text[at]):04X}"
    return Problem("control-character", says, place, "remove it")
