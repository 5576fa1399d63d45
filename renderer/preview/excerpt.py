"""A place in a spec → the lines that belong to it, as they stand in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from renderer import paths
from renderer.errors import Place
from renderer.inputs import NotRead, read_ordinary
from renderer.source import LARGEST

_MOST = 60


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some lines of a file; `first` is the number of the first of them, counted from 1."""

    file: str
    first: int
    lines: tuple[str, ...]


def excerpt(place: Place, root: Path) -> Excerpt:
    """Return the line of a place and those that belong to it; the line alone if the file changed.

    What belongs to a line is what stands deeper than its place; lines of templates that ship with
    the program are found too.
    """
    for path in (
        Path(place.file),
        root / place.file,
        paths.templates("scenes").parents[1] / place.file,
    ):
        lines = _lines(path)
        if len(lines) >= place.line and lines[place.line - 1] == place.text:
            return Excerpt(place.file, place.line, block(lines, place.line, place.column))
    return Excerpt(place.file, place.line, (place.text,))


def block(lines: Sequence[str], line: int, column: int) -> tuple[str, ...]:
    """Return a line, counted from 1, and the lines after it that stand at its column or deeper.

    The column is that of the value where it begins the line, else that of the line's first sign.
    """
    head = lines[line - 1]
    own = head[: column - 1].strip(" -") == ""
    least = column - 1 if own else _indent(head) + 1
    end = line
    for number in range(line, min(len(lines), line - 1 + _MOST)):
        if lines[number].strip():
            if _indent(lines[number]) < least:
                break
            end = number + 1
    return tuple(lines[line - 1 : end])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _lines(path: Path) -> list[str]:
    try:
        return read_ordinary(path, LARGEST).decode("utf-8-sig").splitlines()
    except (OSError, NotRead, UnicodeDecodeError):
        return []
