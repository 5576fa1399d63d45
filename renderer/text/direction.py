"""The Unicode bidirectional algorithm (UAX 9): levels of a paragraph, order of a line's runs.

The rules are python-bidi's, on whose working table the bracket rule N0, which it lacks, is added;
isolates are treated as embeddings. Reordering is left to the caller, run by run, because the runs
of a line may differ in their font.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from bidi import algorithm
from bidi.mirror import MIRRORED

_ISOLATES = {"\u2066": "LRE", "\u2067": "RLE", "\u2069": "PDF"}
_FIRST_STRONG_ISOLATE = "\u2068"
_NUMBERS = ("EN", "AN")

Cell = dict[str, Any]
"""One character in python-bidi's table: `ch`, `level`, `type`, `orig`, and our index `at`."""


@lru_cache(maxsize=1024)
def levels(text: str, rtl: bool) -> tuple[int, ...]:
    """Return the embedding level of each character of one paragraph; odd is right to left.

    `rtl` is the paragraph's own direction. Controls that the algorithm removes get the level of
    the character before them.
    """
    base = int(rtl)
    table: dict[str, Any] = {
        "base_level": base,
        "base_dir": "LR"[base],
        "chars": _cells(text, base),
        "runs": deque(),
    }
    algorithm.explicit_embed_and_overrides(table)
    algorithm.resolve_weak_types(table)
    _resolve_brackets(table)
    algorithm.resolve_neutral_types(table, False)
    algorithm.resolve_implicit_levels(table, False)
    return _spread({cell["at"]: cell["level"] for cell in table["chars"]}, len(text), base)


def _cells(text: str, base: int) -> list[Cell]:
    return [
        {"ch": character, "level": base, "type": kind, "orig": kind, "at": index}
        for index, character in enumerate(text)
        for kind in [_class(text, index)]
    ]


def _class(text: str, index: int) -> str:
    if text[index] == _FIRST_STRONG_ISOLATE:
        return "RLE" if algorithm.get_base_level(text[index + 1 :]) else "LRE"
    return _ISOLATES.get(text[index]) or unicodedata.bidirectional(text[index]) or "L"


def _spread(known: dict[int, int], length: int, base: int) -> tuple[int, ...]:
    found: list[int] = []
    for index in range(length):
        found.append(known.get(index, found[-1] if found else base))
    return tuple(found)


def _resolve_brackets(table: dict[str, Any]) -> None:
    """Apply rule N0 to each level run of the table."""
    for run in table["runs"]:
        cells = table["chars"][run["start"] : run["start"] + run["length"]]
        for opening, closing in sorted(_pairs(cells)):
            _resolve_pair(cells, opening, closing, run["sor"])


def _pairs(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """Return the bracket pairs as indexes (rule BD16)."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for index, cell in enumerate(cells):
        category = unicodedata.category(cell["ch"]) if cell["type"] == "ON" else ""
        if category == "Ps" and cell["ch"] in MIRRORED:
            waiting.append((MIRRORED[cell["ch"]], index))
        elif category == "Pe":
            depth = next(
                (d for d in reversed(range(len(waiting))) if waiting[d][0] == cell["ch"]), None
            )
            if depth is not None:
                found.append((waiting[depth][1], index))
                del waiting[depth:]
    return found


def _resolve_pair(cells: Sequence[Cell], opening: int, closing: int, before: str) -> None:
    embedding = "LR"[cells[opening]["level"] % 2]
    inside = {_strong(cell) for cell in cells[opening + 1 : closing]} - {""}
    if not inside:
        return
    if embedding in inside:
        kind = embedding
    else:
        earlier = (_strong(cell) for cell in reversed(cells[:opening]))
        context = next((strong for strong in earlier if strong), before)
        kind = context if context in inside else embedding
    cells[opening]["type"] = cells[closing]["type"] = kind


def _strong(cell: Cell) -> str:
    return "R" if cell["type"] in _NUMBERS else cell["type"] if cell["type"] in ("L", "R") else ""


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Return the indexes of a line's runs from left to right (rule L2), given each run's level."""
    order = list(range(len(run_levels)))
    odd = [level for level in run_levels if level % 2]
    for level in range(max(run_levels, default=0), min(odd, default=1) - 1, -1):
        _reverse_stretches(order, [run_levels[index] >= level for index in order])
    return order


def _reverse_stretches(order: list[int], chosen: Sequence[bool]) -> None:
    start = 0
    for index in range(len(chosen) + 1):
        if index == len(chosen) or not chosen[index]:
            order[start:index] = order[start:index][::-1]
            start = index + 1


def mirrored(text: str) -> str:
    """Return the text with each bracket replaced by its mirror image, for drawing right to left."""
    return "".join(MIRRORED.get(character, character) for character in text)
