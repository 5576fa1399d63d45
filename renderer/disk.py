"""What waits for the disk, and a second name of a file in place of a copy."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def flush(path: Path) -> None:
    """Bring a file, or a folder where the system lets one open it, to the disk; raises OSError."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lend(file: Path, new: Path) -> None:
    """Let a file be found at a new path too, or a copy of it where it can have one name only.

    Raises OSError.
    """
    try:
        os.link(file, new)
    except OSError:
        shutil.copyfile(file, new)
