"""Bars: upright, or lying where their names are too long to stand under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf

from renderer.layers._chart_axis import named, places, reach, ticks, values, written
from renderer.layers._chart_board import SMALLEST, Board, Label, Room, box_mask, clipped
from renderer.layers._chart_grid import axis, rule, unit_over
from renderer.media.pixels import Pixels
from renderer.motion import eased

_GAP = 0.34
"""Share of a slot that is free between the bars of one name and of the next."""
_MOST_LYING = 16
_STAGGER = 0.6
"""Share of the time for which the last bar waits before it grows."""
_LATE = 0.7


@dataclass(frozen=True, slots=True)
class _Bars:
    """What is drawn: names, columns, the ends of the axis, what is written at each bar."""

    names: tuple[str, ...]
    columns: tuple[tuple[float | None, ...], ...]
    low: float
    high: float
    told: tuple[tuple[str, ...], ...] = ()

    def share(self, value: float) -> float:
        """Return where a value lies on the axis, 0–1."""
        return (value - self.low) / (self.high - self.low)

    def each(self) -> Iterator[tuple[int, int, float]]:
        """Yield name, column and value of every bar that there is."""
        for column, found in enumerate(self.columns):
            for index, value in enumerate(found):
                if value is not None:
                    yield index, column, value


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where bars stand: their room, the whole pixel of zero, and whether they lie."""

    plot: Room
    zero: int
    lying: bool

    def bar(self, bars: _Bars, index: int, column: int, value: float) -> Room:
        """Return the box of a bar of a value."""
        first, last = self._across(bars, index, column)
        if self.lying:
            end = self.plot.left + bars.share(value) * self.plot.width
            return Room(min(end, self.zero), first, max(end, self.zero), last)
        end = self.plot.bottom - bars.share(value) * self.plot.height
        return Room(first, min(end, self.zero), last, max(end, self.zero))

    def _across(self, bars: _Bars, index: int, column: int) -> tuple[float, float]:
        wide = self.plot.height if self.lying else self.plot.width
        begin = self.plot.top if self.lying else self.plot.left
        slot = wide / len(bars.names)
        each = slot * (1 - _GAP) / len(bars.columns)
        first = begin + slot * (index + _GAP / 2) + each * column
        return first + each * 0.04, first + each * 0.96


def draw(board: Board, room: Room) -> None:
    """Draw the chart's bars in a room of its board."""
    names = tuple(named(label, board.lang) for label in board.params["labels"])
    columns = tuple(tuple(column) for column in values(board.params))
    low, high = reach(columns, True)
    bars = _Bars(names, columns, low, high if low < high else 1.0)
    slot = room.width / len(names)
    size = board.fitted(names, Label(board.type, slot * 0.94, 2))
    if size is None and len(names) * len(columns) <= _MOST_LYING:
        _lying(board, room, bars)
    else:
        _upright(board, room, bars, size)


def _upright(board: Board, room: Room, bars: _Bars, size: float | None) -> None:
    line = board.measure("0", Label(board.type))[1]
    name = Label(size or SMALLEST * board.type, room.width / len(bars.names) * 0.94, 2)
    name = replace(name, align="center") if size else replace(name, room=inf, lines=1)
    foot = max(board.measure(one, name)[1] for one in bars.names) + 0.3 * board.type
    slot = room.width / len(bars.names)
    bars, whole = _told(board, bars, slot * (1 - _GAP / 2) / len(bars.columns))
    if bars.told and not whole:
        room = unit_over(board, room)
    below = line if bars.told and bars.low < 0 else 0.0
    plot = Room(room.left, room.top + line * 1.1, room.right, room.bottom - foot - below)
    if not bars.told:
        marks = ticks(bars.low, bars.high)
        bars = replace(bars, low=float(marks[0]), high=float(marks[-1]))
        plot = axis(board, plot, marks)
    zero = round(plot.bottom - bars.share(0.0) * plot.height)
    _stand(board, bars, _Ground(plot, zero, False))
    rule(board, Room(plot.left, zero, plot.right, zero), 0.6)
    _name(board, Room(plot.left, room.bottom - foot, plot.right, room.bottom), bars, name)


def _name(board: Board, room: Room, bars: _Bars, name: Label) -> None:
    """Write the names under the bars; where they have no room, every second, third … of them."""
    slot = room.width / len(bars.names)
    widest = max(board.measure(one, name)[0] for one in bars.names)
    every = 1 if name.room < inf else int(widest * 1.3 // slot) + 1
    for index in range(0, len(bars.names), every):
        at = room.left + slot * (index + 0.5), room.top + 0.3 * board.type
        board.write(bars.names[index], name, at, (0.5, 0.0))


def _lying(board: Board, room: Room, bars: _Bars) -> None:
    """Draw the bars one under the other, their names at the start side."""
    high = room.height / len(bars.names)
    name = Label(min(board.type, high * 0.5), room.width * 0.36, 2, align="end")
    name = replace(name, size=board.fitted(bars.names, name) or name.size * SMALLEST)
    bars, _ = _told(board, bars, inf)
    label, gap = Label(board.type), board.type * 0.6
    widest = max(board.measure(one, label)[0] for row in bars.told for one in row if one) + gap
    names = room.left + max(board.measure(one, name)[0] for one in bars.names) + gap
    left = names + (widest if bars.low < 0 else 0.0)
    plot = Room(left, room.top, room.right - widest, room.bottom)
    zero = round(plot.left + bars.share(0.0) * plot.width)
    _stand(board, bars, _Ground(plot, zero, True))
    rule(board, Room(zero, plot.top, zero, plot.bottom), 0.6)
    for index, one in enumerate(bars.names):
        board.write(one, name, (names - gap, room.top + high * (index + 0.5)), (1.0, 0.5))


def _told(board: Board, bars: _Bars, room: float) -> tuple[_Bars, bool]:
    """Return the bars with their numbers, and whether the unit fits too; without if none fits."""
    decimals = places(value for _, _, value in bars.each())
    for unit in (str(board.params.get("unit") or ""), ""):
        told = tuple(
            tuple("" if v is None else written(v, decimals, board.lang, unit) for v in column)
            for column in bars.columns
        )
        label = Label(board.type)
        if all(board.measure(one, label)[0] <= room for row in told for one in row if one):
            return replace(bars, told=told), bool(unit)
    return bars, False


def _stand(board: Board, bars: _Bars, ground: _Ground) -> None:
    """Draw every bar as far as it has grown, and its number."""
    for index, column, value in bars.each():
        wait = _STAGGER * index / max(1, len(bars.names) - 1)
        grown = eased("out", board.grown * (1 + _STAGGER) - wait)
        at = ground.bar(bars, index, column, value * grown)
        board.lay(*_mask(board, at, ground.lying, value >= 0), board.color(column))
        if bars.told:
            opacity = max(0.0, (grown - _LATE) / (1 - _LATE))
            _tell(board, at, bars.told[column][index], ground.lying, value >= 0, opacity)


def _mask(board: Board, at: Room, lying: bool, up: bool) -> tuple[Pixels, int, int]:
    """Return the mask of a bar: its free end is rounded, its foot is square."""
    more, (width, height) = board.type, board.sheet.size
    foot = (lying and up, not lying and not up, lying and not up, not lying and up)
    edges = at.left, at.top, at.right, at.bottom
    grown = Room(*(e + more * s * f for e, s, f in zip(edges, (-1, -1, 1, 1), foot, strict=True)))
    free = 0, 0, width, height
    side = Room(*(e if f else far for e, f, far in zip(edges, foot, free, strict=True)))
    return clipped(*box_mask(grown, board.type * 0.16), side)


def _tell(board: Board, at: Room, told: str, lying: bool, up: bool, opacity: float) -> None:
    """Write a bar's number at its end."""
    label, gap = Label(board.type, opacity=opacity), 0.3 * board.type
    if lying:
        end = at.right + gap if up else at.left - gap
        board.write(told, label, (end, (at.top + at.bottom) / 2), (0.0 if up else 1.0, 0.5))
    else:
        end = at.top if up else at.bottom
        board.write(told, label, ((at.left + at.right) / 2, end), (0.5, 1.0 if up else 0.0))
