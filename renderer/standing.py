"""What was learned from files, for as long as they stand as they did: no file is read twice."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Generic, TypeVar

DATE_STEP = 2_000_000_000
"""Nanoseconds within which two writes may leave a file with the same date; FAT counts in these."""

_MOST = 1 << 16

Stamp = tuple[int, int, int, int]
Known = TypeVar("Known")


def stamp_of(path: Path) -> Stamp:
    """Return a file's dates of writing and of change in ns, its size and its number; OSError."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def settled(stamp: Stamp) -> bool:
    """Return whether a file is so old that another write would change its stamp."""
    return abs(time.time_ns() - max(stamp[:2])) > DATE_STEP


class Standing(Generic[Known]):
    """Path → what was learned from the file there; forgotten when the file is another."""

    def __init__(self) -> None:
        """Know nothing."""
        self._known: dict[Path, tuple[Stamp, Known]] = {}

    def get(self, path: Path) -> Known | None:
        """Return what is known of the file that lies there; raises OSError where there is none."""
        known = self._known.get(path)
        return known[1] if known and known[0] == stamp_of(path) else None

    def keep(self, path: Path, stamp: Stamp, learned: Known) -> None:
        """Know something of the file that had this stamp before it was read."""
        if settled(stamp):
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[path] = stamp, learned
