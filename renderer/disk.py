"""What waits for the disk or may be lost from it, what goes past the cache, and second names."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from types import TracebackType

if sys.platform != "win32":
    import fcntl

ALIGNED = 4096
"""What the size and the place in memory of what goes past the cache are multiples of."""


def flush(path: Path) -> None:
    """Bring a file, or a folder where the system lets one open it, to the disk; raises OSError."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def session() -> str:
    """Return a name for the time since the system was started; nothing where it tells none.

    What was written before and not waited for may be lost or damaged, whatever its dates are.
    """
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def lend(file: Path, new: Path) -> None:
    """Let a file be found at a new path too, or a copy of it where it can have one name only.

    Raises OSError.
    """
    try:
        os.link(file, new)
    except OSError:
        shutil.copyfile(file, new)


class Written:
    """A new file; what is written of it goes `past` the system's cache where that can be done.

    A large file that we do not read again is on the disk sooner so, and what is in the cache stays
    there. Pieces are to be `ALIGNED`; from one on that is not, as the last one may be, or that the
    system does not take so, the file is written as others are.
    """

    def __init__(self, path: Path, *, past: bool = False) -> None:
        """Make the file; raises OSError."""
        self._past = getattr(os, "O_DIRECT", 0) if past else 0
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        try:
            self._descriptor = os.open(path, flags | self._past, 0o666)
        except OSError:
            if not self._past:
                raise
            self._past, self._descriptor = 0, os.open(path, flags, 0o666)

    def write(self, piece: memoryview) -> None:
        """Write all of a piece behind what is there; raises OSError."""
        while piece:
            try:
                piece = piece[os.write(self._descriptor, piece) :]
            except OSError as error:
                if not self._past or error.errno != errno.EINVAL:
                    raise
                self._through()

    def _through(self) -> None:
        if sys.platform != "win32":
            flags = fcntl.fcntl(self._descriptor, fcntl.F_GETFL)
            fcntl.fcntl(self._descriptor, fcntl.F_SETFL, flags & ~self._past)
        self._past = 0

    def __enter__(self) -> Written:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; raises OSError."""
        os.close(self._descriptor)
