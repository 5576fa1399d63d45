"""What watched paths hold, and whether that may be the middle of a save."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from renderer.inputs import TAIL, Content, content_of
from renderer.standing import Stamp, settled, stamp_of

_EMPTY = Content(hashlib.sha256(b"").hexdigest())


class Contents:
    """Reads paths, a file again only where its dates, its size or its number have changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Stamp, Content]] = {}

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
        if stamp and settled(stamp):
            self._known[path] = stamp, content
        return content


def _stamp(path: Path) -> Stamp | None:
    """Return a file's stamp; None for a folder, and where there is nothing."""
    try:
        return None if path.is_dir() else stamp_of(path)
    except OSError:
        return None


def doubtful(before: Content, now: Content) -> bool:
    """Return whether a save may be under way: a file gone, empty, or without the end of its line.

    The last counts only where the file had one before.
    """
    gone = before.last != b"" == now.last
    cut = before.last.endswith(b"\n") and not now.last.endswith(b"\n")
    return gone or cut or now == _EMPTY


def surely_whole(before: Content, now: Content) -> bool:
    """Return whether a file is written to its end: it ends as it did.

    Files are written from their beginning, so what is changed further up is all there then.
    """
    return len(before.last) == TAIL and before.last == now.last
