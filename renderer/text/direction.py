"""The Unicode bidirectional algorithm (UAX 9): levels of a paragraph, order of a line's runs.

Reordering is left to the caller, run by run, because the runs of a line may differ in their font.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bidi.mirror import MIRRORED

from renderer.text.embedding import (
    ISOLATES,
    Explicit,
    RunSequence,
    classes,
    matches,
    removed,
    sequences,
)
from renderer.text.resolving import resolve_brackets, resolve_neutral, resolve_weak

_SPACES = frozenset(["WS", "PDI", *ISOLATES])
_RISE = ({"R": 1, "AN": 2, "EN": 2}, {"L": 1, "AN": 1, "EN": 1})


@lru_cache(maxsize=1024)
def levels(text: str, rtl: bool) -> tuple[int, ...]:
    """Return the embedding level of each character of one paragraph; odd is right to left.

    `rtl` is the paragraph's own direction. Controls that the algorithm removes get the level of
    the character before them. Spaces at the end have the paragraph's level (rule L1).
    """
    written, base = classes(text), int(rtl)
    explicit = Explicit(list(written), base, matches(written))
    found = list(explicit.levels)
    for sequence in sequences(written, explicit):
        _resolve(sequence, text, explicit.kinds, found)
    _spread(found, written, base)
    _reset_spaces(found, written, base)
    return tuple(found)


def _resolve(sequence: RunSequence, text: str, kinds: Sequence[str], found: list[int]) -> None:
    """Set the levels of a sequence's characters (rules W1 to I2)."""
    written = [kinds[index] for index in sequence.indexes]
    resolved = list(written)
    resolve_weak(resolved, sequence.before)
    characters = [text[index] for index in sequence.indexes]
    resolve_brackets(resolved, written, characters, sequence.level, sequence.before)
    resolve_neutral(resolved, sequence.level, sequence.before, sequence.after)
    rise = _RISE[sequence.level % 2]
    for index, kind in zip(sequence.indexes, resolved, strict=True):
        found[index] = sequence.level + rise.get(kind, 0)


def _spread(found: list[int], written: Sequence[str], base: int) -> None:
    for index, kind in enumerate(written):
        if removed(kind):
            found[index] = found[index - 1] if index else base


def _reset_spaces(found: list[int], written: Sequence[str], base: int) -> None:
    """Apply rule L1 to a paragraph that is one line."""
    ending = True
    for index in range(len(written) - 1, -1, -1):
        kind = written[index]
        ending = kind in ("S", "B") or (ending and (kind in _SPACES or removed(kind)))
        if ending:
            found[index] = base


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
