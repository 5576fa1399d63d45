"""Program text as far as it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from renderer.layers._lexing import Stretch
from renderer.scripts import joins

Lines = tuple[tuple[Stretch, ...], ...]


def count(lines: Lines) -> int:
    """Return in how many letters a program is typed; ends of lines take none."""
    return sum(len(text) for line in lines for _, text in line)


def typed(lines: Lines, letters: int) -> Lines:
    """Return as many lines, as far as so many letters of them are there.

    A stretch whose letters join is there once all of it is, for its beginning has other forms.
    """
    done: list[tuple[Stretch, ...]] = []
    for line in lines:
        done.append(_begun(line, letters))
        letters -= sum(len(text) for _, text in line)
    return tuple(done)


def _begun(line: Sequence[Stretch], letters: int) -> tuple[Stretch, ...]:
    kept: list[Stretch] = []
    for kind, text in line:
        if letters >= len(text):
            kept.append((kind, text))
        elif letters > 0 and not any(map(joins, text)):
            kept.append((kind, text[:letters]))
        letters -= len(text)
    return tuple(kept)
