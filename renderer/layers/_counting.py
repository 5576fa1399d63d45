"""What stands around a number, in the order in which it is seen, whichever way it is read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from renderer.text import levels, visual_order


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that is drawn by itself, and whether a space is at its left and at its right."""

    text: str
    left: bool = False
    right: bool = False


def pieces(before: str, after: str, number: str, rtl: bool) -> list[Piece | None]:
    """Return a text in pieces from left to right (UAX 9); None stands for the number in it.

    `rtl` is the direction of the text as a whole.
    """
    whole = before + number + after
    first, last = len(before), len(before) + len(number)
    seen = visual_order(levels(whole, rtl))

    def part(index: int) -> int:
        return (index >= first) + (index >= last)

    return [
        None if which == 1 else _piece(whole, list(found)) for which, found in groupby(seen, part)
    ]


def _piece(whole: str, seen: list[int]) -> Piece:
    """Return the characters at some places, which are in the order in which they are seen."""
    text = "".join(whole[index] for index in sorted(seen)).strip()
    return Piece(text, whole[seen[0]].isspace(), whole[seen[-1]].isspace())
