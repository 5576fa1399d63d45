"""A pie: shares of a whole from the top on, in reading direction, each named beside its slice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageDraw

from renderer.layers._chart_axis import named, places, values, written
from renderer.layers._chart_board import SMALLEST, Board, Label, Room, box_mask, spread
from renderer.media.pixels import Pixels
from renderer.motion import eased

_SMOOTH = 4
_LATE = 0.7
_AWAY = 1.1
"""Distance of the names from the middle, in radii."""
_WIDE = 0.27
"""Largest radius, as a share of the room's width; the rest is for names."""
_NARROW = 1.3
"""Width of a room, in heights, in which names have no place beside the pie."""


@dataclass(frozen=True, slots=True)
class _Slice:
    """A slice: where it begins and ends as shares of the whole, its name and its value."""

    first: float
    last: float
    name: str
    value: str

    @property
    def told(self) -> str:
        """Return what is written beside it."""
        return f"{self.name} {self.value}"

    @property
    def middle(self) -> tuple[float, float]:
        """Return the direction of its middle: across and down, 1 long."""
        angle = pi * (self.first + self.last)
        return sin(angle), -cos(angle)


def draw(board: Board, room: Room) -> None:
    """Draw the pie in a room of its board: names beside the slices, in a narrow room under them."""
    slices = list(_slices(board))
    if room.width < _NARROW * room.height:
        radius = min(room.width * 0.36, room.height * 0.27)
        _disc(board, slices, (room.left + room.right) / 2, room.top + radius, radius)
        below = Room(room.left, room.top + 2 * radius + board.type, room.right, room.bottom)
        _list(board, slices, below)
        return
    radius = min(room.width * _WIDE, room.height * 0.44)
    centre = (room.left + room.right) / 2, (room.top + room.bottom) / 2
    _disc(board, slices, *centre, radius)
    sides = [[one for one in slices if (one.middle[0] >= 0) == right] for right in (False, True)]
    size = min(_size(board, side, room, radius) for side in sides)
    for right, side in enumerate(sides):
        _tell(board, side, room, radius, bool(right), size)


def _disc(board: Board, slices: Sequence[_Slice], x: float, y: float, radius: float) -> None:
    grown = eased("in-out", board.grown)
    for index, one in enumerate(slices):
        if one.last > one.first and one.first < grown:
            mask = _mask(radius, one.first, min(one.last, grown))
            corner = round(x) - mask.shape[1] // 2, round(y) - mask.shape[0] // 2
            board.lay(mask, *corner, board.color(index))


def _list(board: Board, slices: Sequence[_Slice], room: Room) -> None:
    """Write names and values one under the other, each after its colour."""
    high = min(board.measure("0", Label(board.type))[1] * 1.1, room.height / len(slices))
    size = board.type * min(1.0, high / board.measure("0", Label(board.type))[1])
    swatch, opacity = size * 0.62, max(0.0, (board.grown - _LATE) / (1 - _LATE))
    value = Label(size, bold=True, opacity=opacity)
    wide = max(board.measure(one.value, value)[0] for one in slices)
    name = Label(size, room.width - wide - 3 * swatch, opacity=opacity)
    for index, one in enumerate(slices):
        y = room.top + high * (index + 0.5)
        box = Room(room.left, y - swatch / 2, room.left + swatch, y + swatch / 2)
        board.lay(*box_mask(box, swatch * 0.2), board.color(index), opacity)
        board.write(one.name, name, (room.left + 1.8 * swatch, y), (0.0, 0.5))
        board.write(one.value, value, (room.right, y), (1.0, 0.5))


def _slices(board: Board) -> Iterator[_Slice]:
    (column,) = values(board.params)
    exact = [Fraction(repr(value or 0)) for value in column]
    unit, whole = str(board.params.get("unit") or ""), sum(exact)
    before, decimals = Fraction(0), places(exact)
    for label, value in zip(board.params["labels"], exact, strict=True):
        percent = "٪" if board.lang.startswith(("ar", "fa", "ur")) else "%"
        told = written(value, decimals, board.lang, unit)
        told = told if unit else written(100 * value / whole, 0, board.lang, percent)
        name = named(label, board.lang)
        yield _Slice(float(before / whole), float((before + value) / whole), name, told)
        before += value


def _mask(radius: float, first: float, last: float) -> Pixels:
    """Return a slice of a disc, with a thin gap where the next ones begin."""
    side = 2 * (int(radius) + 2)
    large, middle, far = side * _SMOOTH, side * _SMOOTH / 2, radius * _SMOOTH
    sheet = Image.new("L", (large, large))
    pen = ImageDraw.Draw(sheet)
    box = (middle - far, middle - far, middle + far, middle + far)
    pen.pieslice(box, 360 * first - 90, 360 * last - 90, fill=255)
    if last - first < 1:
        for share in (first, last):
            angle = 2 * pi * share
            end = middle + 1.1 * far * sin(angle), middle - 1.1 * far * cos(angle)
            pen.line((middle, middle, *end), fill=0, width=max(2, round(far * 0.02)))
    return np.asarray(sheet.reduce(_SMOOTH))


def _size(board: Board, slices: Sequence[_Slice], room: Room, radius: float) -> float:
    """Return the size at which the names of one side fit above one another."""
    label = _label(board, room, radius, board.type)
    told = [one.told for one in slices]
    label = replace(label, size=board.fitted(told, label) or SMALLEST * label.size)
    needed = sum(board.measure(one, label)[1] for one in told)
    return label.size * min(1.0, room.height / max(1.0, needed))


def _label(board: Board, room: Room, radius: float, size: float) -> Label:
    opacity = max(0.0, (board.grown - _LATE) / (1 - _LATE))
    return Label(size, room.width / 2 - radius * _AWAY - 0.5 * board.type, 3, opacity=opacity)


def _tell(
    board: Board, slices: Sequence[_Slice], room: Room, radius: float, right: bool, size: float
) -> None:
    """Write what stands beside the slices of one side, moved apart where names would touch."""
    centre = (room.left + room.right) / 2, (room.top + room.bottom) / 2
    label = replace(_label(board, room, radius, size), align="start" if right else "end")
    high = max((board.measure(one.told, label)[1] for one in slices), default=0.0)
    wanted = [centre[1] + one.middle[1] * radius * _AWAY for one in slices]
    placed = spread(wanted, high, room.top + high / 2, room.bottom - high / 2)
    for one, y in zip(slices, placed, strict=True):
        near = max(0.0, abs(y - centre[1]) - board.measure(one.told, label)[1] / 2)
        down = min(1.0, near / (radius * _AWAY))
        away = radius * _AWAY * (1 - down**2) ** 0.5 + 0.5 * board.type
        x = centre[0] + (away if right else -away)
        board.write(one.told, label, (x, y), (0.0 if right else 1.0, 0.5))
