"""Explicit levels of the bidirectional algorithm (UAX 9, rules BD9 and X1 to X10)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

DEEPEST = 125
ISOLATES = ("LRI", "RLI", "FSI")
_EMBEDDINGS = ("LRE", "RLE", "LRO", "RLO")
_REMOVED = frozenset([*_EMBEDDINGS, "PDF", "BN"])
_OVERRIDES = {"LRO": "L", "RLO": "R"}


@dataclass(frozen=True, slots=True)
class Status:
    """An entry of the directional status stack; `override` is a class or nothing."""

    level: int
    override: str = ""
    isolate: bool = False


@dataclass(frozen=True, slots=True)
class RunSequence:
    """An isolating run sequence: its indexes, its level, the directions at its ends."""

    indexes: tuple[int, ...]
    level: int
    before: str
    after: str


def classes(text: str) -> list[str]:
    """Return the Bidi_Class of each character; one that has none yet is `L`."""
    return [unicodedata.bidirectional(character) or "L" for character in text]


def matches(kinds: Sequence[str]) -> dict[int, int]:
    """Return the index of each isolate initiator → that of the PDI that ends it (BD9)."""
    found, waiting = {}, []
    for index, kind in enumerate(kinds):
        if kind in ISOLATES:
            waiting.append(index)
        elif kind == "PDI" and waiting:
            found[waiting.pop()] = index
    return found


def base_level(kinds: Sequence[str], start: int, stop: int, ends: dict[int, int]) -> int:
    """Return 1 where the first strong class is right to left, else 0; isolates are passed over."""
    index = start
    while index < stop:
        if kinds[index] in ("L", "R", "AL"):
            return int(kinds[index] != "L")
        index = ends.get(index, stop) if kinds[index] in ISOLATES else index + 1
    return 0


@dataclass(slots=True)
class Explicit:
    """The levels of a paragraph by its embeddings, overrides and isolates (X1 to X8).

    `levels` and `kinds` are those of each character; overridden classes are replaced in `kinds`.
    """

    kinds: list[str]
    base: int
    ends: dict[int, int]
    levels: list[int] = field(default_factory=list)
    stack: list[Status] = field(default_factory=list)
    lost_isolates: int = 0
    lost_embeddings: int = 0
    open_isolates: int = 0

    def __post_init__(self) -> None:
        """Go through the paragraph once."""
        self.stack.append(Status(self.base))
        for index, kind in enumerate(tuple(self.kinds)):
            if kind in ISOLATES:
                self._set(index)
                self._isolate(index, kind)
            elif kind in _EMBEDDINGS:
                self.levels.append(self.stack[-1].level)
                self._embed(kind)
            else:
                self._end(kind)
                self._set(index)

    def _set(self, index: int) -> None:
        status, kind = self.stack[-1], self.kinds[index]
        self.levels.append(self.base if kind == "B" else status.level)
        if status.override and kind not in _REMOVED and kind != "B":
            self.kinds[index] = status.override

    def _next(self, odd: bool) -> int:
        return self.stack[-1].level + (2 if self.stack[-1].level % 2 == odd else 1)

    def _isolate(self, index: int, kind: str) -> None:
        if kind == "FSI":
            stop = self.ends.get(index, len(self.kinds))
            kind = ("LRI", "RLI")[base_level(self.kinds, index + 1, stop, self.ends)]
        level = self._next(kind == "RLI")
        if level > DEEPEST or self.lost_isolates or self.lost_embeddings:
            self.lost_isolates += 1
            return
        self.open_isolates += 1
        self.stack.append(Status(level, isolate=True))

    def _embed(self, kind: str) -> None:
        level = self._next(kind.startswith("R"))
        if level <= DEEPEST and not self.lost_isolates and not self.lost_embeddings:
            self.stack.append(Status(level, _OVERRIDES.get(kind, "")))
        elif not self.lost_isolates:
            self.lost_embeddings += 1

    def _end(self, kind: str) -> None:
        if kind == "PDI":
            self._end_isolate()
        elif kind == "PDF" and not self.lost_isolates:
            if self.lost_embeddings:
                self.lost_embeddings -= 1
            elif not self.stack[-1].isolate and len(self.stack) > 1:
                self.stack.pop()

    def _end_isolate(self) -> None:
        if self.lost_isolates:
            self.lost_isolates -= 1
        elif self.open_isolates:
            self.lost_embeddings = 0
            while not self.stack.pop().isolate:
                pass
            self.open_isolates -= 1


def removed(kind: str) -> bool:
    """Return whether characters of a class take no part in the rules after X9."""
    return kind in _REMOVED


def sequences(kinds: Sequence[str], explicit: Explicit) -> list[RunSequence]:
    """Return the isolating run sequences (X10); `kinds` are the classes before overrides."""
    kept = [index for index, kind in enumerate(kinds) if kind not in _REMOVED]
    found: list[list[int]] = []
    waiting: dict[int, list[int]] = {}
    for run in _level_runs(kept, explicit.levels):
        joined = waiting.pop(run[0], None)
        if joined is None:
            found.append(joined := [])
        joined += run
        if kinds[run[-1]] in ISOLATES and run[-1] in explicit.ends:
            waiting[explicit.ends[run[-1]]] = joined
    order = {index: at for at, index in enumerate(kept)}
    return [_ended(indexes, kinds, explicit, kept, order) for indexes in found]


def _level_runs(kept: Sequence[int], levels: Sequence[int]) -> list[list[int]]:
    runs = [[kept[0]]] if kept else []
    for before, index in pairwise(kept):
        if levels[index] == levels[before]:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _ended(
    indexes: list[int],
    kinds: Sequence[str],
    explicit: Explicit,
    kept: Sequence[int],
    order: dict[int, int],
) -> RunSequence:
    """Return a sequence with the directions that stand before and after it."""
    levels, first, last = explicit.levels, order[indexes[0]], order[indexes[-1]]
    before = levels[kept[first - 1]] if first else explicit.base
    open_end = last + 1 == len(kept) or kinds[indexes[-1]] in ISOLATES
    after = explicit.base if open_end else levels[kept[last + 1]]
    level = levels[indexes[0]]
    sides = ("LR"[max(level, side) % 2] for side in (before, after))
    return RunSequence(tuple(indexes), level, *sides)
