"""Stills to one picture: cells in rows, in the film's direction, each with a line under it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from pathlib import Path

from PIL import Image

from renderer import text
from renderer.timeline import Canvas

_GROUND = (24, 24, 27)
_LABEL = "#e4e4e7ff"
_GAP = 16
_LINE = 34
_TYPE = 18.0
_LANDSCAPE, _PORTRAIT = (480, 4), (270, 6)
"""Width of a cell in pixels, and cells in a row."""


def compose(request: tuple[Canvas, Sequence[tuple[Path, str]]], path: Path) -> dict[str, int]:
    """Write the contact sheet of some stills with their labels, as PNG; return its cells.

    In a film that is read from right to left the cells run that way too.
    """
    canvas, cells = request
    wide, columns = _PORTRAIT if canvas.height > canvas.width else _LANDSCAPE
    columns = min(columns, len(cells))
    high = max(1, round(wide * canvas.height / canvas.width))
    size = columns * (wide + _GAP) + _GAP, ceil(len(cells) / columns) * (high + _LINE + _GAP) + _GAP
    page = Image.new("RGB", size, _GROUND)
    for index, (still, label) in enumerate(cells):
        row, column = divmod(index, columns)
        left = _GAP + (columns - 1 - column if canvas.rtl else column) * (wide + _GAP)
        top = _GAP + row * (high + _LINE + _GAP)
        page.paste(_shrunk(still, (wide, high)), (left, top))
        _write(page, label, canvas, (left, top + high), wide)
    page.save(path, format="PNG")
    return {"cells": len(cells), "columns": columns}


def _shrunk(still: Path, size: tuple[int, int]) -> Image.Image:
    with Image.open(still, formats=("PNG",)) as picture:
        shrunk: Image.Image = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        return shrunk


def _write(page: Image.Image, label: str, canvas: Canvas, at: tuple[int, int], wide: int) -> None:
    params = {
        "text": label.replace("*", "∗").replace("`", "'"),
        "size": _TYPE,
        "color": _LABEL,
        "lang": canvas.lang,
        "direction": "rtl" if canvas.rtl else "ltr",
        "max_lines": 1,
    }
    pixels, (x, y) = text.draw(params, (wide, _LINE))
    picture = Image.fromarray(pixels)
    page.paste(picture, (at[0] + x, at[1] + y), picture)
