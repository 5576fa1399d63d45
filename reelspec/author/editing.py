"""A spec as people edit it: scenes moved, removed and changed, every other line left as it is.

A scene is a stretch of lines: the comment lines right above it and all up to the next scene's. What
is changed inside a scene goes through a YAML round trip, so its comments stay too.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from reelspec.author.composing import GENERATED, fingerprint
from renderer.errors import Problem, SpecError, UsageError
from renderer.source import Document, parse

Change = Callable[[Any], None]
_WIDE = 1_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text of a spec: the lines before its scenes, those of each scene, those after."""

    head: tuple[str, ...]
    blocks: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...]
    scenes: tuple[Any, ...]

    @property
    def text(self) -> str:
        """Return the whole text."""
        lines = [*self.head, *(line for block in self.blocks for line in block), *self.foot]
        return "\n".join(lines).rstrip("\n") + "\n"

    def without(self, index: int) -> Sheet:
        """Return the spec without a scene."""
        return replace(
            self,
            blocks=self.blocks[:index] + self.blocks[index + 1 :],
            scenes=self.scenes[:index] + self.scenes[index + 1 :],
        )

    def moved(self, index: int, to: int) -> Sheet:
        """Return the spec with a scene at another place."""
        order = [each for each in range(len(self.blocks)) if each != index]
        order.insert(to, index)
        blocks = tuple(_parted(self.blocks[each]) for each in order)
        return replace(self, blocks=blocks, scenes=tuple(self.scenes[each] for each in order))

    def having(self, index: int, block: str, scene: Any) -> Sheet:
        """Return the spec with other lines for a scene."""
        blocks = list(self.blocks)
        blocks[index] = _parted(tuple(block.rstrip("\n").split("\n")))
        scenes = (*self.scenes[:index], scene, *self.scenes[index + 1 :])
        return replace(self, blocks=tuple(blocks), scenes=scenes)

    def changed(self, index: int, change: Change) -> Sheet:
        """Return the spec with a scene changed; raises SpecError where its lines cannot be."""
        lines = self.blocks[index]
        first = next(at for at, line in enumerate(lines) if line.lstrip().startswith("- "))
        indent = len(lines[first]) - len(lines[first].lstrip())
        text, scene = _round("\n".join(lines[first:]), indent, change)
        return self.having(index, "\n".join([*lines[:first], text]), scene)

    def written(self, key: str, value: str) -> Sheet:
        """Return the spec with a plain value for a key of the film, added where it is missing."""
        line = f"{key}: {value}"
        at = next((n for n, each in enumerate(self.head) if each.startswith(f"{key}:")), None)
        head = list(self.head)
        if at is None:
            head.insert(len(head) - 1, line)
        else:
            comment = head[at].partition(" #")[2]
            head[at] = f"{line} #{comment}" if comment else line
        return replace(self, head=tuple(head))


def untouched(sheet: Sheet, index: int) -> bool:
    """Return whether a scene is as it was generated: its fingerprint is that of its data."""
    mark = f"# {GENERATED} {fingerprint(sheet.scenes[index])}"
    return any(mark in line for line in sheet.blocks[index])


def sheet_of(content: bytes, name: str) -> Sheet:
    """Return the sheet of a spec's text.

    Raises SpecError where it is no YAML, UsageError where its scenes are not lines of their own.
    """
    document = parse(content, name)
    errors = [problem for problem in document.problems if problem.level == "error"]
    if errors:
        raise SpecError(*errors)
    data = document.data
    found = data.get("scenes") if isinstance(data, dict) else None
    lines = content.decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n").split("\n")
    if not isinstance(found, list) or not found:
        raise UsageError(Problem("no-scenes", f"'{name}' has no list of scenes"))
    starts = _starts(document, lines, len(found))
    if starts is None:
        hint = "write each on lines of its own, as `render fmt` does with block style"
        raise UsageError(
            Problem("flow-style", f"the scenes of '{name}' stand in brackets", hint=hint)
        )
    end = _end(lines, starts[-1])
    edges = [*starts, end]
    blocks = tuple(tuple(lines[a:b]) for a, b in pairwise(edges))
    return Sheet(tuple(lines[: starts[0]]), blocks, tuple(lines[end:]), tuple(found))


def _starts(document: Document, lines: list[str], count: int) -> list[int] | None:
    """Return the line at which each scene begins, comment lines right above it included."""
    starts = []
    for index in range(count):
        at = document.place(("scenes", index)).line - 1
        if not lines[at].lstrip().startswith("- "):
            return None
        while at and lines[at - 1].lstrip().startswith("#") and lines[at - 1][:1] == " ":
            at -= 1
        starts.append(at)
    return starts if len(set(starts)) == count else None


def _end(lines: list[str], last: int) -> int:
    """Return the line after the last scene: the next key of the film, or the end."""
    indent = len(lines[last]) - len(lines[last].lstrip())
    for at in range(last + 1, len(lines)):
        line = lines[at]
        depth = len(line) - len(line.lstrip())
        ends = depth < indent or (depth == indent == 0 and not line.startswith(("- ", "#")))
        if line.strip() and ends and not line.lstrip().startswith("#"):
            return at
    return len(lines)


def _parted(block: tuple[str, ...]) -> tuple[str, ...]:
    """Return a block with one empty line at its end."""
    lines = list(block)
    while lines and not lines[-1].strip():
        lines.pop()
    return (*lines, "")


def _round(body: str, indent: int, change: Change) -> tuple[str, Any]:
    """Return a list of one scene with a change made in it, and the scene as plain data.

    The list stays indented as it is, so that comments stay in their columns.
    """
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=indent + 2, offset=indent)
    out = io.StringIO()
    try:
        loaded = yaml.load(body)
        change(loaded[0])
        yaml.dump(loaded, out)
    except (YAMLError, ValueError) as error:
        reason = str(error).splitlines()[0]
        hint = "change it by hand; it may use an anchor from elsewhere"
        problem = Problem("bad-scene", f"the scene cannot be edited: {reason}", hint=hint)
        raise SpecError(problem) from error
    return out.getvalue(), parse(out.getvalue().encode(), "scene").data[0]
