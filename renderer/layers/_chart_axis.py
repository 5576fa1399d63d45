"""The numbers of a chart: round steps of its axis, and how values are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import floor, log10
from typing import Any

from renderer.numerals import digits, number

_STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
_FINEST = 12
_CLOSE = 0.6
"""A line's axis begins at zero unless its values lie within so much of their largest."""


def ticks(low: float, high: float, most: int = 5) -> tuple[Fraction, ...]:
    """Return round numbers with even steps of 1, 2, 2.5 or 5 times a power of ten.

    The first is at or below `low`, the last at or above `high`; the steps are about `most`.
    """
    first, last = Fraction(repr(low)), Fraction(repr(high))
    if first == last:
        first, last = min(first, Fraction(0)), max(last, Fraction(0))
        last = last if first < last else Fraction(1)
    step = _step((last - first) / max(1, most))
    begin, end = first // step, -(-last // step)
    return tuple(step * count for count in range(int(begin), int(end) + 1))


def _step(least: Fraction) -> Fraction:
    """Return the smallest round step that is no smaller than asked."""
    power = Fraction(10) ** floor(log10(least))
    return next((power * step for step in _STEPS if power * step >= least), power * 10)


def reach(columns: Sequence[Sequence[float | None]], from_zero: bool) -> tuple[float, float]:
    """Return the least and the largest value, zero among them where the axis begins there."""
    every = [value for column in columns for value in column if value is not None]
    low, high = min(every, default=0.0), max(every, default=0.0)
    close = low * high > 0 and min(abs(low), abs(high)) > _CLOSE * max(abs(low), abs(high))
    return (low, high) if close and not from_zero else (min(low, 0.0), max(high, 0.0))


def places(values: Iterable[float | Fraction]) -> int:
    """Return how many decimal places it takes to write some numbers."""
    found = (f"{float(value):.{_FINEST}f}".rstrip("0").partition(".")[2] for value in values)
    return max(map(len, found), default=0)


def written(value: float | Fraction, decimals: int, lang: str, unit: str = "") -> str:
    """Return a value as the language writes it, its unit after it; `%` stands close."""
    exact = value if isinstance(value, Fraction) else Fraction(repr(value))
    gap = "" if unit in ("%", "٪", "°") else "\u00a0"
    return number(exact, decimals, lang) + (f"{gap}{unit}" if unit else "")


def named(label: str | float, lang: str) -> str:
    """Return the label of a value: a year stays four digits, other numbers are set off."""
    if isinstance(label, str):
        return label
    if isinstance(label, int) and abs(label) < 10_000:
        return digits(label, lang)
    return number(Fraction(repr(label)), places([label]), lang)


def values(params: Mapping[str, Any]) -> list[list[float | None]]:
    """Return the columns of a chart's values."""
    return [list(each["values"]) for each in params["series"]]
