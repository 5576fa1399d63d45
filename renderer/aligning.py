"""Written words → when they are spoken, from the sound alone: an estimate for takes and engines.

Pauses in the sound are matched to the marks of punctuation, by how long the clauses between them
take to say; within a clause the words share the time in which there is sound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from math import inf

from renderer.words import Span, Timed, timeable, weight

_PAUSE = 180  # milliseconds of silence between two runs of sound
_MOST = 6  # clauses or runs that one match may join
_CLAUSE = re.compile(r"[.,;:!?…،؛؟。，！？–—]+[\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of sound without a pause: the milliseconds in it in which there is sound."""

    loud: tuple[int, ...]


def aligned(text: str, voiced: Sequence[bool], step: int) -> list[Timed]:
    """Return what is `timeable` with an estimated start.

    `voiced` says of each `step` ms whether there is sound. Starts never decrease.
    """
    spans = timeable(text)
    runs = _runs(voiced, step)
    if not spans or not runs:
        return [(0, *span) for span in spans]
    clauses = _clauses(text, spans)
    starts: list[int] = []
    for some, heard in _matched(text, clauses, runs):
        words = [span for clause in some for span in clause]
        starts += _shared(text, words, [at for run in heard for at in run.loud])
    return [(start, *span) for start, span in zip(starts, spans, strict=True)]


def _runs(voiced: Sequence[bool], step: int) -> list[_Run]:
    """Return the stretches of sound between pauses."""
    found: list[list[int]] = []
    for loud, places in groupby(range(len(voiced)), lambda at: bool(voiced[at])):
        times = [at * step for at in places]
        if not loud:
            continue
        if found and times[0] - found[-1][-1] < _PAUSE:
            found[-1] += times
        else:
            found.append(times)
    return [_Run(tuple(times)) for times in found]


def _clauses(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    """Return the words between marks of punctuation."""
    found: list[list[Span]] = [[]]
    for first, last in spans:
        found[-1].append((first, last))
        if _CLAUSE.search(text[first:last]):
            found.append([])
    return [clause for clause in found if clause]


def _matched(
    text: str, clauses: Sequence[list[Span]], runs: Sequence[_Run]
) -> list[tuple[Sequence[list[Span]], Sequence[_Run]]]:
    """Return clauses and runs that belong together, in order, by the least misfit of lengths."""
    told = [sum(weight(text[a:b]) for a, b in clause) or 0.3 for clause in clauses]
    heard = [float(len(run.loud)) for run in runs]
    pace = sum(heard) / sum(told)
    sums = [0.0, *accumulate(each * pace for each in told)], [0.0, *accumulate(heard)]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(1, len(clauses) + 1):
        for j in range(1, len(runs) + 1):
            best[i, j] = _best(best, sums, i, j)
    return _path(best, clauses, runs)


def _best(
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]],
    sums: tuple[Sequence[float], Sequence[float]],
    i: int,
    j: int,
) -> tuple[float, tuple[int, int]]:
    """Return the least misfit of the first clauses and runs, and what came before the last match.

    A match joins one clause with several runs, or several clauses with one run.
    """
    before = [(i - 1, j - n) for n in range(1, min(_MOST, j) + 1)]
    before += [(i - n, j - 1) for n in range(2, min(_MOST, i) + 1)]
    ways = []
    for a, b in before:
        wanted, there = sums[0][i] - sums[0][a], sums[1][j] - sums[1][b]
        misfit = (wanted - there) ** 2 / max(wanted, 1e-9)
        ways.append((best.get((a, b), (inf, (0, 0)))[0] + misfit, (a, b)))
    return min(ways)


def _path(
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]],
    clauses: Sequence[list[Span]],
    runs: Sequence[_Run],
) -> list[tuple[Sequence[list[Span]], Sequence[_Run]]]:
    """Return the matches of the best way; all in one where none leads to the end."""
    at = len(clauses), len(runs)
    if best[at][0] == inf:
        return [(clauses, runs)]
    found = []
    while at != (0, 0):
        before = best[at][1]
        found.append((clauses[before[0] : at[0]], runs[before[1] : at[1]]))
        at = before
    return found[::-1]


def _shared(text: str, spans: Sequence[Span], loud: Sequence[int]) -> list[int]:
    """Return when each of some words begins if they share the time with sound by their weight."""
    places = list(accumulate((weight(text[a:b]) for a, b in spans), initial=0.0))
    share = len(loud) / places[-1] if places[-1] else 0.0
    return [loud[min(int(place * share), len(loud) - 1)] for place in places[:-1]]
