"""What waits for the disk or may be lost from it; a second name of a file in place of a copy."""

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
