"""What watched paths hold, and whether that may be the middle of a save."""

from __future__ import annotations

import hashlib
import stat
import time
from collections.abc import Collection, Mapping
from pathlib import Path

from renderer.inputs import Content, content_of

_DATE_STEP = 2_000_000_000
"""Nanoseconds within which two writes may leave a file with the same date; FAT counts in these."""

_EMPTY = Content(hashlib.sha256(b"").hexdigest())

_Stamp = tuple[int, int, int, int]


class Contents:
    """Reads paths, a file again only where its dates, its size or its number have changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[_Stamp, Content]] = {}

    def changed(self, read: Mapping[Path, Content]) -> dict[Path, Content]:
        """Return what those paths hold now that hold something else than was read."""
        now = {path: self._of(path) for path in read}
        return {path: content for path, content in now.items() if content != read[path]}

    def keep(self, paths: Collection[Path]) -> None:
        """Forget every path but these."""
        self._known = {path: known for path, known in self._known.items() if path in paths}

    def _of(self, path: Path) -> Content:
        stamp = _stamp(path)
        known = self._known.get(path)
        if known and known[0] == stamp:
            return known[1]
        content = content_of(path)
        if stamp and abs(time.time_ns() - max(stamp[:2])) > _DATE_STEP:
            self._known[path] = stamp, content
        return content


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    if stat.S_ISDIR(found.st_mode):
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def doubtful(before: Content, now: Content) -> bool:
    """Return whether a save may be under way: a file gone, empty, or without the end of its line.

    The last counts only where the file had one before.
    """
    gone = before.last != b"" == now.last
    cut = before.last == b"\n" != now.last
    return gone or cut or now == _EMPTY
