"""Paragraphs to placed runs: the size that fits, the lines, each run's pixel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, inf
from typing import Any

from renderer.fonts import Family, faces
from renderer.scripts import joins
from renderer.text.breaking import Piece, broken, lines, pieces
from renderer.text.direction import visual_order
from renderer.text.runs import (
    Fixed,
    Paragraph,
    Stretch,
    fixed_paragraph,
    paragraphs,
    stretches,
)
from renderer.text.shaping import Run, Shaper, advance, ink, machine_shaper, metrics

_REFERENCE = 100.0
_SHRINK = 0.97
_SMALLEST = 60
_WHOLE_WORDS = 17
_TOLERANCE = 0.5
_LEADING = 1.2
_ARABIC_LEADING = 1.55


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a text, in pixels; widths and heights may be infinite.

    A text whose lines and words are `fixed` is plain, and not wrapped.
    """

    text: str
    font: tuple[Family, ...]
    size: float
    bold: bool
    italic: bool
    rtl: bool
    lang: str
    leading: float
    width: float
    height: float
    most_lines: float
    shrink: bool
    shaper: Shaper
    fixed: Fixed | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A run and the pixel of its line where its origin stands, from the line's left end.

    `order` is its number in the order of reading; `seen` are the left and the right edge, in pixels
    from its origin, between which it is seen, None for all that there is on a side.
    """

    run: Run
    x: int
    order: int = 0
    seen: tuple[float | None, float | None] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its runs from left to right, its width, its baseline from the top of the text."""

    runs: tuple[Placed, ...]
    width: float
    baseline: int


@dataclass(frozen=True, slots=True)
class Laid:
    """A text laid out: its rows, and the width and height of their box in pixels."""

    rows: tuple[Row, ...]
    width: float
    height: float
    size: float


def wish(
    params: Mapping[str, Any], limits: tuple[float, float], shaper: Shaper | None = None
) -> Wish:
    """Return what a text layer's resolved parameters ask for within limits of width and height."""
    names = params.get("font") or ("FiraGO",)
    listed = [names] if isinstance(names, str) else names
    text = str(params["text"])
    return Wish(
        text=text,
        font=tuple(n if isinstance(n, str) else (n["file"], n["sha256"]) for n in listed),
        size=max(1.0, float(params["size"])),
        bold=params.get("weight") == "bold",
        italic=bool(params.get("italic")),
        rtl=params.get("direction") == "rtl",
        lang=str(params.get("lang") or "en"),
        leading=float(params.get("line_height") or _usual_leading(text)),
        width=min(float(params.get("max_width") or inf), limits[0]),
        height=min(float(params.get("max_height") or inf), limits[1]),
        most_lines=params.get("max_lines") or inf,
        shrink=params.get("fit", "shrink") == "shrink",
        shaper=shaper or machine_shaper(),
        fixed=_fixed(params.get("caption")),
    )


@lru_cache(maxsize=512)
def _usual_leading(text: str) -> float:
    return _ARABIC_LEADING if any(map(joins, text)) else _LEADING


def _fixed(caption: Mapping[str, Any] | None) -> Fixed | None:
    """Return the lines and words that a caption's parameters give."""
    if caption is None:
        return None
    lines, words = (tuple((a, b) for a, b in caption[key]) for key in ("lines", "words"))
    return Fixed(lines, words)


@lru_cache(maxsize=512)
def lay(asked: Wish) -> Laid:
    """Return the text laid out at its size, or at the largest smaller one at which it fits."""
    told = _told(asked)
    sizes = [
        max(1.0, asked.size * _SHRINK**step) for step in range(_SMALLEST if asked.shrink else 1)
    ]
    whole = _largest(asked, told, sizes[:_WHOLE_WORDS], False) if asked.shrink else None
    size = whole or _largest(asked, told, sizes, True) or sizes[-1]
    return _placed(asked, told, size, split=whole is None)


def _told(asked: Wish) -> tuple[Paragraph, ...]:
    look = asked.font, "bold" if asked.bold else "regular", asked.italic, asked.rtl, asked.lang
    if asked.fixed:
        return (fixed_paragraph(asked.text, asked.fixed, *look),)
    return paragraphs(asked.text, *look)


def _largest(
    asked: Wish, told: Sequence[Paragraph], sizes: Sequence[float], split: bool
) -> float | None:
    """Return the largest of some falling sizes at which the text fits, or None (by bisection)."""
    if _fits(asked, told, sizes[0], split):
        return sizes[0]
    low, high = 0, len(sizes) - 1
    if not _fits(asked, told, sizes[high], split):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _fits(asked, told, sizes[middle], split) else (middle, high)
    return sizes[high]


def _fits(asked: Wish, told: Sequence[Paragraph], size: float, split: bool) -> bool:
    width = asked.width + _TOLERANCE
    found = [_lines(asked, paragraph, size, split) for paragraph in told]
    if any(piece.width > width * _scale(asked, size) for part in found for piece in part[0]):
        return False
    number = sum(len(part[1]) for part in found)
    high = number * asked.leading * size
    return number <= asked.most_lines and high <= asked.height + _TOLERANCE


def _lines(
    asked: Wish, paragraph: Paragraph, size: float, split: bool
) -> tuple[tuple[Piece, ...], list[tuple[int, int]]]:
    """Return the pieces of a paragraph, at the size that they are measured at, and its lines."""
    scale = _scale(asked, size)
    width, measure = (asked.width + _TOLERANCE) * scale, _Measure(asked, paragraph, size * scale)
    if paragraph.lines:
        sizes = [measure(*line) for line in paragraph.lines]
        known = zip(paragraph.lines, sizes, strict=True)
        return tuple(Piece(a, b, b, wide, wide) for (a, b), wide in known), list(paragraph.lines)
    found = _pieces(measure)
    if split:
        found = broken(paragraph.text, found, measure, width)
    return found, lines(found, width)


def _scale(asked: Wish, size: float) -> float:
    """Return the size that is measured at as a multiple of `size`.

    Raqm's advances grow evenly with the size, so one measurement serves all sizes; those of the
    basic layout are rounded to pixels.
    """
    return _REFERENCE / size if asked.shaper == "raqm" else 1.0


@dataclass(frozen=True, slots=True)
class _Measure:
    asked: Wish
    paragraph: Paragraph
    size: float

    def __call__(self, start: int, stop: int) -> float:
        """Return the width of some characters."""
        runs = _runs(self.asked, self.paragraph, start, stop, self.size)
        return sum(advance(run) for _, run in runs)


@lru_cache(maxsize=256)
def _pieces(measure: _Measure) -> tuple[Piece, ...]:
    return pieces(measure.paragraph.text, measure)


def _runs(
    asked: Wish, paragraph: Paragraph, start: int, stop: int, size: float
) -> list[tuple[int, Run]]:
    """Return the runs of some characters from left to right, each with its number in reading."""
    found = stretches(paragraph, start, stop)
    order, told = visual_order([stretch.level for stretch in found]), (asked.lang, asked.shaper)
    return [(index, _run(found[index], size, told)) for index in order]


def _run(part: Stretch, size: float, told: tuple[str, Shaper]) -> Run:
    return Run(part.text, part.face, size, bool(part.level % 2), *told, part.strong, part.word)


def _placed(asked: Wish, told: Sequence[Paragraph], size: float, split: bool) -> Laid:
    rows = [
        _row(_runs(asked, paragraph, start, stop, size))
        for paragraph in told
        for start, stop in _lines(asked, paragraph, size, split)[1]
    ]
    ascent, descent = metrics(faces(asked.font)[0], size)
    leading = _leading(rows, asked.leading * size)
    first = (asked.leading * size - ascent - descent) / 2 + ascent
    set_down = tuple(
        Row(row.runs, row.width, round(first + index * leading)) for index, row in enumerate(rows)
    )
    height = asked.leading * size + (len(rows) - 1) * leading
    return Laid(set_down, max(row.width for row in rows), height, size)


def _row(runs: Sequence[tuple[int, Run]]) -> Row:
    x, found = 0.0, []
    for number, run in runs:
        found.append(Placed(run, round(x), number))
        x += advance(run)
    return Row(tuple(found), x, 0)


def _leading(rows: Sequence[Row], asked: float) -> float:
    """Return the distance of the lines: as asked, or what keeps ink of one off ink of the next."""
    needed = (_reach(above)[1] - _reach(below)[0] for above, below in pairwise(rows))
    return max([asked, *(ceil(distance) + 1 for distance in needed)])


def _reach(row: Row) -> tuple[float, float]:
    """Return the top and bottom of a row's ink, from its baseline; down is positive."""
    boxes = [ink(placed.run) for placed in row.runs]
    return min((box[1] for box in boxes), default=0), max((box[3] for box in boxes), default=0)
