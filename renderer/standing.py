"""What was learned from files, for as long as they stand as they did: no file is read twice."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Generic, TypeVar

DATE_STEP = 2_000_000_000
"""Nanoseconds within which two writes may leave a file with the same date; FAT counts in these."""

_COARSE = 1_000_000
"""Nanoseconds that all dates of a coarse clock are multiples of."""

_MOST = 1 << 16

Stamp = tuple[int, int, int, int]
Known = TypeVar("Known")


def stamp_of(path: Path | str) -> Stamp:
    """Return a file's dates of writing and of change in ns, its size and its number; OSError."""
    found = os.stat(path)  # noqa: PTH116, a path to be made of each of hundreds takes longer
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def settled(stamp: Stamp) -> bool:
    """Return whether a file is so old that another write would change its stamp."""
    return abs(time.time_ns() - max(stamp[:2])) > DATE_STEP


class Standing(Generic[Known]):
    """Path → what was learned from the file there; forgotten when the file is another."""

    def __init__(self) -> None:
        """Know nothing."""
        self._known: dict[Path | str, tuple[Stamp, Known]] = {}

    def get(self, path: Path | str) -> Known | None:
        """Return what is known of the file that lies there; raises OSError where there is none."""
        known = self._known.get(path)
        return known[1] if known and known[0] == stamp_of(path) else None

    def keep(self, path: Path | str, stamp: Stamp, learned: Known) -> None:
        """Know something of the file that had this stamp before it was read."""
        if settled(stamp):
            self.recall(path, stamp, learned)

    def keep_own(self, path: Path | str, stamp: Stamp, learned: Known) -> None:
        """Know something of a file that we have just written, and nobody else writes to.

        It need not be settled where dates are fine enough to tell two writes apart.
        """
        if settled(stamp) or stamp[0] % _COARSE:
            self.recall(path, stamp, learned)

    def recall(self, path: Path | str, stamp: Stamp, learned: Known) -> None:
        """Know something of the file that has this stamp, as another told who knew it."""
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[path] = stamp, learned

    def told(self, path: Path | str) -> tuple[Stamp, Known] | None:
        """Return what is known of a file, and the stamp that it is known with."""
        return self._known.get(path)
