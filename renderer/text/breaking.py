"""Where lines end: break opportunities by UAX 14, lines filled and balanced by measured width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from renderer.scripts import joins
from renderer.units import graphemes, opportunities

Measure = Callable[[int, int], float]
"""From the first and last index of some characters to their width."""
Line = tuple[int, int]
"""The first and last index of a line's characters, without the space at its end."""

_BALANCED_LINES = 4
_STEPS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters between two break opportunities: `stop` leaves out the space that `end` has.

    `width` is that of the characters up to `stop`, `full` that of all of them.
    """

    start: int
    stop: int
    end: int
    width: float
    full: float


@lru_cache(maxsize=512)
def _units(text: str) -> tuple[Line, ...]:
    ends = opportunities(text)
    return tuple(zip([0, *ends[:-1]], ends, strict=True)) if ends else ()


def pieces(text: str, measure: Measure) -> tuple[Piece, ...]:
    """Return the text between its break opportunities, measured."""
    return tuple(_piece(text, start, end, measure) for start, end in _units(text))


def _piece(text: str, start: int, end: int, measure: Measure) -> Piece:
    stop = start + len(text[start:end].rstrip())
    width = measure(start, stop)
    return Piece(start, stop, end, width, width if stop == end else measure(start, end))


def broken(text: str, found: Sequence[Piece], measure: Measure, width: float) -> tuple[Piece, ...]:
    """Return the pieces, those wider than `width` broken between graphemes.

    A word whose letters join stays whole, however wide it is.
    """
    return tuple(
        part
        for piece in found
        for part in (_split(text, piece, measure, width) if piece.width > width else (piece,))
    )


def _split(text: str, piece: Piece, measure: Measure, width: float) -> list[Piece]:
    if any(map(joins, text[piece.start : piece.stop])):
        return [piece]
    inside = text[piece.start : piece.stop]
    bounds = list(accumulate(map(len, graphemes(inside)), initial=piece.start))
    cuts, at, count = [piece.start], 0, 8
    while at + 1 < len(bounds):
        count = _most(bounds, at, count, measure, width)
        at += count
        cuts.append(bounds[at])
    cuts[-1] = piece.end
    return [_piece(text, start, end, measure) for start, end in pairwise(cuts)]


def _most(bounds: Sequence[int], at: int, guess: int, measure: Measure, width: float) -> int:
    """Return how many graphemes from `at` on fit, at least one; little more than those is measured.

    The width grows with the characters, so twice the guess is tried, then the half between.
    """
    low, high = 1, len(bounds) - 1 - at
    step = max(2, guess + guess // 4)
    while step < high and measure(bounds[at], bounds[at + step]) <= width:
        low, step = step, 2 * step
    high = min(high, step)
    while low < high:
        middle = (low + high + 1) // 2
        fits = measure(bounds[at], bounds[at + middle]) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def lines(found: Sequence[Piece], width: float) -> list[Line]:
    """Return the lines of a paragraph, filled up to `width`; a piece that is wider has its own.

    Few lines are balanced: made about equally long.
    """
    filled = _filled(found, width)
    if not 1 < len(filled) <= _BALANCED_LINES:
        return filled
    return _balanced(found, filled, width)


def _filled(found: Sequence[Piece], width: float) -> list[Line]:
    if not found:
        return [(0, 0)]
    done: list[Line] = []
    start, reached, stop = found[0].start, 0.0, found[0].start
    for piece in found:
        if piece.start > start and reached + piece.width > width:
            done.append((start, stop))
            start, reached = piece.start, 0.0
        reached, stop = reached + piece.full, piece.stop
    return [*done, (start, stop)]


def _balanced(found: Sequence[Piece], filled: list[Line], width: float) -> list[Line]:
    """Return the lines filled to the smallest width that takes no more of them."""
    narrowest = max(piece.width for piece in found)
    low, high, best = min(width, max(width / 2, narrowest)), width, filled
    for _ in range(_STEPS):
        middle = (low + high) / 2
        tried = _filled(found, middle)
        fits = len(tried) == len(filled)
        best, low, high = (tried, low, middle) if fits else (best, middle, high)
    return best
