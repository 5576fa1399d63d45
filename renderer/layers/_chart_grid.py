"""Thin lines across a chart with their numbers, and what stands over it: title and names."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from renderer.layers._chart_axis import places, written
from renderer.layers._chart_board import Board, Label, Room, box_mask

_QUIET = 0.72
_TITLE = 1.3
_THIN = 0.05
"""Thickness of a line in sizes of type."""


def rule(board: Board, at: Room, opacity: float) -> None:
    """Draw a straight line from one corner of a room without breadth to the other."""
    half = max(1.0, _THIN * board.type) / 2
    left, top = (round(at.left) - half, at.top) if at.left == at.right else (at.left, at.top - half)
    right, bottom = (
        (left + 2 * half, at.bottom) if at.left == at.right else (at.right, top + 2 * half)
    )
    board.lay(*box_mask(Room(left, top, right, bottom)), str(board.params["color"]), opacity)


def axis(board: Board, room: Room, marks: Sequence[Fraction]) -> Room:
    """Draw a line for each mark with its number at the start side; return the room beside them.

    The unit stands with the last one.
    """
    decimals, unit = places(marks), str(board.params.get("unit") or "")
    told = [written(mark, decimals, board.lang) for mark in marks[:-1]]
    told.append(written(marks[-1], decimals, board.lang, unit))
    label = Label(board.type, room.width * 0.3, opacity=_QUIET)
    wide = max(board.measure(one, label)[0] for one in told)
    plot = Room(room.left + wide + 0.5 * board.type, room.top, room.right, room.bottom)
    for number, one in enumerate(told):
        y = round(plot.bottom - plot.height * number / (len(marks) - 1))
        rule(board, Room(plot.left, y, plot.right, y), 0.2)
        board.write(one, label, (room.left + wide, y), (1.0, 0.5))
    return plot


def unit_over(board: Board, room: Room) -> Room:
    """Write the unit at the start of a room, where it has no place at each number."""
    unit, label = str(board.params.get("unit") or ""), Label(board.type, opacity=_QUIET)
    if not unit:
        return room
    board.write(unit, label, (room.left, room.top), (0.0, 0.0))
    top = room.top + 0.7 * board.measure(unit, label)[1]
    return Room(room.left, top, room.right, room.bottom)


def head(board: Board, room: Room) -> Room:
    """Write the chart's title, and the names of its columns where it has several.

    Return the room under them.
    """
    top, title = room.top, str(board.params.get("title") or "")
    if title:
        label = Label(board.type * _TITLE, room.width, 2, bold=True)
        board.write(title, label, (room.left, top), (0.0, 0.0))
        top += board.measure(title, label)[1] + 0.6 * board.type
    return Room(room.left, top, room.right, room.bottom)


def key(board: Board, room: Room) -> Room:
    """Write the names of the columns side by side, each after its colour; return the room left."""
    names = [str(each["name"]) for each in board.params["series"]]
    if len(names) < 2:
        return room
    swatch, gap, x, y = board.type * 0.62, board.type * 0.4, room.left, room.top
    label = Label(board.type, room.width - swatch - gap)
    line = board.measure("0", label)[1]
    for index, name in enumerate(names):
        wide = swatch + gap + board.measure(name, label)[0]
        if x > room.left and x + wide > room.right:
            x, y = room.left, y + line
        box = Room(x, y + (line - swatch) / 2, x + swatch, y + (line + swatch) / 2)
        board.lay(*box_mask(box, swatch * 0.2), board.color(index))
        board.write(name, label, (x + swatch + gap, y), (0.0, 0.0))
        x += wide + board.type * 1.2
    return Room(room.left, y + line + 0.4 * board.type, room.right, room.bottom)
