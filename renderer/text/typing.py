"""A laid-out text as far as it is typed: letters come in the order in which they are read.

Nothing is shaped anew: of the run in which typing is, the part up to a letter's edge is seen. Where
that edge lies is told by the width of what is before it, held to the forms that it has in the word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from renderer.scripts import joins
from renderer.text.laying import Laid, Placed, Row
from renderer.text.shaping import Run, advance
from renderer.units import graphemes

_JOINER = "\u200d"

Line = tuple[Row, int, int]


def count(laid: Laid) -> int:
    """Return in how many letters, spaces among them, a text is typed."""
    return sum(len(_letters(placed.run)) for row in laid.rows for placed in row.runs)


def typed(lines: Sequence[Line], letters: int) -> list[Line]:
    """Return rows and their places as far as so many letters of them are there."""
    done: list[Line] = []
    for row, x, baseline in lines:
        kept = []
        for placed in sorted(row.runs, key=lambda one: one.order):
            number = len(_letters(placed.run))
            if letters > 0:
                kept.append(placed if letters >= number else _begun(placed, letters))
            letters -= number
        done.append((replace(row, runs=tuple(sorted(kept, key=lambda one: one.x))), x, baseline))
    return done


def _begun(placed: Placed, letters: int) -> Placed:
    """Return a run of which its first letters are seen."""
    run, whole = placed.run, advance(placed.run)
    edge = max(_edges(run)[:letters], default=0.0)
    seen = (whole - edge, None) if run.rtl else (None, edge)
    return replace(placed, seen=seen)


@lru_cache(maxsize=256)
def _edges(run: Run) -> tuple[float, ...]:
    """Return how far from a run's beginning each of its letters ends, in pixels."""
    whole, text, found = advance(run), "", []
    for letter in _letters(run):
        text += letter
        after = _JOINER if joins(text[-1:]) or any(map(joins, letter)) else ""
        found.append(min(whole, advance(replace(run, text=text + after))))
    return tuple(found)


@lru_cache(maxsize=256)
def _letters(run: Run) -> tuple[str, ...]:
    """Return a run's letters; a joiner at its beginning belongs to the first."""
    found = graphemes(run.text)
    if len(found) > 1 and found[0] == _JOINER:
        found = [found[0] + found[1], *found[2:]]
    return tuple(found)
