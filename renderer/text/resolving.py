"""Weak and neutral classes of the bidirectional algorithm (UAX 9, rules W1 to N2).

Each function works on the classes of one isolating run sequence, in place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from bidi.mirror import MIRRORED

from renderer.text.embedding import ISOLATES

_NUMBERS = ("EN", "AN")
_NEUTRAL = frozenset(["B", "S", "WS", "ON", "PDI", *ISOLATES])
_MOST_OPEN = 63
_SAME_BRACKET = {"\u2329": "\u3008", "\u232a": "\u3009"}


def resolve_weak(kinds: list[str], before: str) -> None:
    """Apply the rules W1 to W7; `before` is the direction before the sequence."""
    _marks_and_letters(kinds, before)
    _separators(kinds)
    _terminators(kinds)
    strong = before
    for index, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[index] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"


def _marks_and_letters(kinds: list[str], before: str) -> None:
    """Apply W1, W2 and W3: marks follow their base, numbers an Arabic letter before them."""
    previous = strong = before
    for index, kind in enumerate(kinds):
        if kind == "NSM":
            kind = "ON" if previous in ISOLATES or previous == "PDI" else previous
        previous = kind
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            previous = kind = "AN"
        kinds[index] = kind
    for index, kind in enumerate(kinds):
        kinds[index] = "R" if kind == "AL" else kind


def _separators(kinds: list[str]) -> None:
    """Apply W4: one separator between two numbers of a class is a part of them."""
    for index in range(1, len(kinds) - 1):
        left, kind, right = kinds[index - 1 : index + 2]
        if left == right and (
            (kind == "CS" and left in _NUMBERS) or (kind == "ES" and left == "EN")
        ):
            kinds[index] = left


def _terminators(kinds: list[str]) -> None:
    """Apply W5: what stands beside a European number, such as a percent sign, goes with it."""
    for start, stop in _stretches(kinds, frozenset(["ET"])):
        if "EN" in (kinds[start - 1] if start else "", *kinds[stop : stop + 1]):
            kinds[start:stop] = ["EN"] * (stop - start)


def resolve_brackets(
    kinds: list[str], written: Sequence[str], text: Sequence[str], level: int, before: str
) -> None:
    """Apply N0; `written` are the classes before W1, `text` the sequence's characters."""
    for opening, closing in sorted(_pairs(kinds, text)):
        kind = _bracket_kind(kinds, opening, closing, "LR"[level % 2], before)
        for bracket in (opening, closing) if kind else ():
            kinds[bracket] = kind
            follower = bracket + 1
            while follower < len(kinds) and written[follower] == "NSM":
                kinds[follower] = kind
                follower += 1


def _pairs(kinds: Sequence[str], text: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the indexes of each pair of brackets (BD16)."""
    waiting: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        category = unicodedata.category(character) if kinds[index] == "ON" else ""
        if category == "Ps" and character in MIRRORED:
            if len(waiting) == _MOST_OPEN:
                return
            waiting.append((_plain(MIRRORED[character]), index))
        elif category == "Pe":
            found = [at for at, (end, _) in enumerate(waiting) if end == _plain(character)]
            if found:
                yield waiting[found[-1]][1], index
                del waiting[found[-1] :]


def _plain(bracket: str) -> str:
    return _SAME_BRACKET.get(bracket, bracket)


def _bracket_kind(
    kinds: Sequence[str], opening: int, closing: int, embedding: str, before: str
) -> str:
    """Return the class of a pair of brackets, nothing where the pair holds nothing strong."""
    inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} - {""}
    if not inside or embedding in inside:
        return embedding if inside else ""
    earlier = (_strong(kinds[index]) for index in range(opening - 1, -1, -1))
    context = next((strong for strong in earlier if strong), before)
    return context if context in inside else embedding


def _strong(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind if kind in ("L", "R") else ""


def resolve_neutral(kinds: list[str], level: int, before: str, after: str) -> None:
    """Apply N1 and N2: neutrals follow what is alike on both sides, else the embedding."""
    for start, stop in _stretches(kinds, _NEUTRAL):
        left = _strong(kinds[start - 1]) if start else before
        right = _strong(kinds[stop]) if stop < len(kinds) else after
        kinds[start:stop] = [left if left == right else "LR"[level % 2]] * (stop - start)


def _stretches(kinds: Sequence[str], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of each stretch of some classes; it may be changed then."""
    start = None
    for index in range(len(kinds) + 1):
        if index < len(kinds) and kinds[index] in wanted:
            start = index if start is None else start
        elif start is not None:
            yield start, index
            start = None
