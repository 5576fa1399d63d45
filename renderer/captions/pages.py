"""Narration → pages: what is shown at once, and its lines.

Of all ways to break a narration the one of the least cost is taken (by dynamic programming, as in
D. Knuth, M. Plass: Breaking Paragraphs into Lines, 1981). The costs say what readers mind: broken
phrases, captions that flash by or run too fast, and one long line beside a short one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from renderer.captions.narration import SENTENCE, Narration, Span

FASTEST = 20
"""Characters a second beyond which a caption is hard to read."""

SHORTEST = Fraction(1)
"""Seconds that a caption is to be seen at the least."""

PAUSE = Fraction(1)
"""Seconds of silence that no caption stands through, unless it must."""

_PAGE = 4.0
_AFTER = (0.0, 4.0, 12.0, 18.0)
_JOINED = 8.0
_HASTY = 24.0
_SILENCE = 30.0
_EMPTY = 3.0
_LINE_AFTER = (0.0, 0.02, 0.1, 0.3)


@dataclass(frozen=True, slots=True)
class Room:
    """How much one caption holds: columns of a line, and lines."""

    columns: int
    lines: int


@dataclass(frozen=True, slots=True)
class Page:
    """The units that are shown at once, from `first` up to `last`, and the characters of each line.

    A unit that is wider than a line has its own.
    """

    first: int
    last: int
    lines: tuple[Span, ...]


def pages(said: Narration, room: Room) -> tuple[Page, ...]:
    """Return a narration in pages."""
    count, costs = len(said.units), _costs(said)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * count
    for first in range(count):
        for last in _ends(said, first, room):
            cost = best[first][0] + costs.of(said, first, last, room)
            best[last] = min(best[last], (cost, first))
    return tuple(reversed(list(_traced(said, best, room))))


def _traced(said: Narration, best: Sequence[tuple[float, int]], room: Room) -> Iterator[Page]:
    """Yield the cheapest pages, the last first."""
    last = len(best) - 1
    while last:
        first = best[last][1]
        yield Page(first, last, _lines(said, first, last, room))
        last = first


def _ends(said: Narration, first: int, room: Room) -> Iterator[int]:
    """Yield every end of a page that begins at a unit: as long as its lines hold it."""
    begin, lines = first, 1
    for last in range(first + 1, len(said.units) + 1):
        if last > begin + 1 and said.wide(begin, last) > room.columns:
            begin, lines = last - 1, lines + 1
        if lines > room.lines:
            return
        yield last


@dataclass(frozen=True, slots=True)
class _Costs:
    """What pages cost: the times of units in seconds, and how many sentences and silences end
    before each unit.
    """

    begins: tuple[float, ...]
    ends: tuple[float, ...]
    sentences: tuple[int, ...]
    silences: tuple[int, ...]

    def of(self, said: Narration, first: int, last: int, room: Room) -> float:
        """Return the cost of a page, its lines left aside."""
        length, columns = self.ends[last - 1] - self.begins[first], said.wide(first, last)
        cost = _PAGE + _AFTER[said.units[last - 1].rank]
        cost += _JOINED * (self.sentences[last - 1] - self.sentences[first])
        cost += _SILENCE * (self.silences[last - 1] - self.silences[first])
        cost += _HASTY * max(0.0, float(SHORTEST) - length)
        cost += max(0.0, columns / max(length, 0.04) - FASTEST)
        return cost + _EMPTY * (1 - min(1.0, columns / (room.columns * room.lines))) ** 2


def _costs(said: Narration) -> _Costs:
    units = said.units
    gaps = (later.begin - unit.end >= PAUSE for unit, later in pairwise(units))
    return _Costs(
        tuple(float(unit.begin) for unit in units),
        tuple(float(unit.end) for unit in units),
        tuple(accumulate((unit.rank == SENTENCE for unit in units), initial=0)),
        tuple(accumulate(gaps, initial=0)),
    )


def _lines(said: Narration, first: int, last: int, room: Room) -> tuple[Span, ...]:
    """Return the characters of each line: as few lines as hold the units, balanced."""
    for number in range(1, room.lines + 1):
        found = _broken(said, first, last, number, room.columns)
        if found:
            cuts = [first, *found[1], last]
            return tuple(
                (said.units[a].span[0], said.units[b - 1].span[1]) for a, b in pairwise(cuts)
            )
    return ((said.units[first].span[0], said.units[last - 1].span[1]),)


def _broken(
    said: Narration, first: int, last: int, number: int, columns: int
) -> tuple[float, tuple[int, ...]] | None:
    """Return the cost and the cuts of the best way to set units in so many lines, or None."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {first: (0.0, ())}
    even = said.wide(first, last) / number
    for line in range(number):
        ends = [last] if line == number - 1 else range(first + line + 1, last)
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in ends:
            ways = [
                (cost + _line_cost(said, begin, end, even, end == last), (*cuts, end))
                for begin, (cost, cuts) in best.items()
                if begin < end and (said.wide(begin, end) <= columns or end == begin + 1)
            ]
            if ways:
                found[end] = min(ways)
        best = found
    whole = best.get(last)
    return (whole[0], whole[1][:-1]) if whole else None


def _line_cost(said: Narration, begin: int, end: int, even: float, closing: bool) -> float:
    uneven = (said.wide(begin, end) / even - 1) ** 2
    return uneven + (0.0 if closing else _LINE_AFTER[said.units[end - 1].rank])
