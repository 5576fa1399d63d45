"""Lines: values joined from one to the next, each line named and told at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

from renderer.layers._chart_axis import named, places, reach, ticks, values, written
from renderer.layers._chart_board import Board, Label, Room, box_mask, spread
from renderer.layers._chart_grid import axis, rule
from renderer.media.pixels import Pixels
from renderer.motion import eased

_SMOOTH = 3
_DOTTED = 24
"""Points that have a dot each at the most."""
_LATE = 0.85
_SEEN = 200
"""Names that are measured to see how many have room."""
_THICK = 0.2
_AWAY = 0.8
"""Distance of a line's name from its end, in sizes of type."""

Point = tuple[float, float]


def draw(board: Board, room: Room) -> None:
    """Draw the chart's lines in a room of its board."""
    columns = values(board.params)
    marks = ticks(*reach(columns, False))
    label = Label(board.type, room.width * 0.3, 2, bold=True)
    line, ends = board.measure("0", Label(board.type))[1], _ends(board, columns)
    wide = max(board.measure(one, label)[0] for one in ends) + board.type * _AWAY
    inner = Room(room.left, room.top + line, room.right - wide, room.bottom - line * 1.3)
    plot = axis(board, inner, marks)
    across = _across(board.params["labels"], plot)
    _names(board, plot, room.bottom, across)
    if marks[0] < 0 < marks[-1]:
        zero = _height(0.0, marks, plot)
        rule(board, Room(plot.left, zero, plot.right, zero), 0.6)
    last: list[float] = []
    for number, column in enumerate(columns):
        heights = [None if value is None else _height(value, marks, plot) for value in column]
        points = [(x, y) for x, y in zip(across, heights, strict=True) if y is not None]
        _line(board, plot, list(_runs(across, heights)), number)
        last.append(points[-1][1] if points else plot.bottom)
    _tell(board, ends, last, Room(plot.right, room.top, room.right, plot.bottom), line, label)


def _height(value: float, marks: Sequence[Fraction], plot: Room) -> float:
    """Return the pixel row of a value."""
    low, high = float(marks[0]), float(marks[-1])
    return plot.bottom - (value - low) / (high - low) * plot.height


def _across(labels: Sequence[str | float], plot: Room) -> list[float]:
    """Return the places of the points: by their numbers where those rise, else evenly."""
    numbers = [label for label in labels if not isinstance(label, str)]
    rising = len(numbers) == len(labels) and all(one < two for one, two in pairwise(numbers))
    if rising and len(labels) > 1:
        first, whole = numbers[0], numbers[-1] - numbers[0]
        return [plot.left + (number - first) / whole * plot.width for number in numbers]
    slot = plot.width / max(1, len(labels) - 1)
    return [plot.left + slot * index for index in range(len(labels))]


def _names(board: Board, plot: Room, bottom: float, across: Sequence[float]) -> None:
    """Write the names of points under them, every so many of them, and the last."""
    label = Label(board.type, plot.width * 0.4)
    names = [named(one, board.lang) for one in board.params["labels"]]
    few = range(0, len(names), max(1, len(names) // _SEEN))
    wide = max(board.measure(names[index], label)[0] for index in few) + board.type / 2
    for step in _steps(len(names)):
        shown = [*range(0, len(names) - step // 2 - 1, step), len(names) - 1]
        if all(across[two] - across[one] >= wide for one, two in pairwise(shown)):
            break
    for index in shown:
        board.write(names[index], label, (across[index], bottom), (0.5, 1.0))


def _steps(count: int) -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 …, and at last so many that only two of them are left."""
    power = 1
    while power < count:
        yield from (power * step for step in (1, 2, 5) if power * step < count)
        power *= 10
    yield 2 * count


def _runs(across: Sequence[float], heights: Sequence[float | None]) -> Iterator[list[Point]]:
    """Yield the points of each stretch without a gap."""
    run: list[Point] = []
    for x, y in zip(across, heights, strict=True):
        if y is None:
            yield run
            run = []
        else:
            run.append((x, y))
    yield run


def _line(board: Board, plot: Room, runs: Sequence[Sequence[Point]], number: int) -> None:
    """Draw a line with its dots as far as it has grown from its start."""
    crowded = sum(map(len, runs)) * board.type > 4 * plot.width
    thick = max(2.0, _THICK * board.type * (0.6 if crowded else 1.0))
    margin = int(thick * 3)
    left, top = int(plot.left) - margin, int(plot.top) - margin
    size = int(plot.width) + 2 * margin, int(plot.height) + 2 * margin
    sheet = Image.new("L", (size[0] * _SMOOTH, size[1] * _SMOOTH))
    pen = ImageDraw.Draw(sheet)
    dotted = sum(map(len, runs)) <= _DOTTED
    for run in runs:
        scaled = [((x - left) * _SMOOTH, (y - top) * _SMOOTH) for x, y in run]
        if len(scaled) > 1:
            joint = "curve" if len(scaled) <= 400 else None
            pen.line(scaled, fill=255, width=round(thick * _SMOOTH), joint=joint)
        radius = thick * _SMOOTH * (1.1 if dotted or len(run) == 1 else 0.5)
        for x, y in scaled if dotted else scaled[:1] + scaled[-1:]:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    shown = eased("in-out", board.grown) * size[0]
    board.lay(_revealed(np.asarray(sheet.reduce(_SMOOTH)), shown), left, top, board.color(number))


def _revealed(mask: Pixels, shown: float) -> Pixels:
    """Return a mask of which so many columns are there, the last of them in part."""
    share = np.clip(shown - np.arange(mask.shape[1]), 0, 1)
    return np.asarray(mask * share[None, :] + 0.5, np.uint8)


def _ends(board: Board, columns: Sequence[Sequence[float | None]]) -> list[str]:
    """Return what is written at the end of each line: its name if there are several, its value."""
    unit = str(board.params.get("unit") or "")
    ends = []
    for each, column in zip(board.params["series"], columns, strict=True):
        value = next((v for v in reversed(column) if v is not None), None)
        if len(columns) > 1 or value is None:
            ends.append(str(each["name"]))
        else:
            ends.append(written(value, places([value]), board.lang, unit))
    return ends


def _tell(
    board: Board,
    ends: Sequence[str],
    last: Sequence[float],
    room: Room,
    line: float,
    label: Label,
) -> None:
    """Write the ends of the lines beside them, moved apart where they would touch."""
    opacity = max(0.0, (board.grown - _LATE) / (1 - _LATE))
    high = max(board.measure(end, label)[1] for end in ends)
    label = replace(label, opacity=opacity)
    for index, y in enumerate(spread(last, high, room.top + line / 2, room.bottom)):
        if abs(y - last[index]) > 0.3 * board.type:
            dot = 0.22 * board.type
            at = Room(room.left + dot, y - dot, room.left + 3 * dot, y + dot)
            board.lay(*box_mask(at, dot), board.color(index), opacity)
        board.write(ends[index], label, (room.left + board.type * _AWAY, y), (0.0, 0.5))
