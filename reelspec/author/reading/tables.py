"""Tables → simple Markdown: a row a line between bars, the second line parts head and body."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

_BAR = re.compile(r"(?<!\\)\|")
_FIELD = 200_000
_MOST_ROWS = 10_000


def is_rule(line: str) -> bool:
    """Return whether a line parts the head of a table from its body, as `|---|---|` does."""
    return "|" in line and "-" in line and not line.strip("-:| \t")


def table(lines: Sequence[str], inline: Callable[[str], str]) -> str:
    """Return the lines of a Markdown table in simple form; empty where they are no table.

    `inline` takes the marks out of a cell.
    """
    if len(lines) < 3 or not is_rule(lines[1]):
        return ""
    rows = [[inline(cell) for cell in _cells(line)] for line in (lines[0], *lines[2:])]
    return _written(rows)


def of_csv(text: str) -> str:
    """Return a CSV file, parted by commas, semicolons or tabs, as a table in simple Markdown.

    Raises csv.Error where it cannot be read.
    """
    first = text.lstrip("\ufeff \n").partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    csv.field_size_limit(_FIELD)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    rows = [[" ".join(cell.split()) for cell in row] for row in reader if any(row)]
    return _written(rows[:_MOST_ROWS])


def rows_of(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of a table in simple Markdown, its head first."""
    return [_cells(line) for number, line in enumerate(lines) if number != 1]


def _cells(line: str) -> list[str]:
    bare = line.strip()
    bare = bare[1:] if bare.startswith("|") else bare
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return [cell.replace("\\|", "|").strip() for cell in _BAR.split(bare)]


def _written(rows: list[list[str]]) -> str:
    """Return rows as lines, all as wide as the first; empty where it has one column or no row."""
    width = len(rows[0]) if rows else 0
    if width < 2 or len(rows) < 2:
        return ""
    even = [(row + [""] * width)[:width] for row in rows]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in even]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])
