"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from mmap import PAGESIZE
from pathlib import Path

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""What glibc's `mallopt` calls them: free bytes at the end, and the size that is mapped alone."""


ENOUGH = 320_000_000
"""Bytes that a process may hold before it gives back what is free; a worker may use 400 MB."""


def give_back() -> None:
    """Return to the system what lies free between things that are kept, where that is worth it.

    glibc keeps it, and grows by hundreds of megabytes where pictures that come and go are mixed
    with pictures that stay; other allocators give it back of themselves. A process that is small
    keeps it: fetching it again page by page costs as much as encoding a second, in virtual machines
    above all.
    """
    trim = _trim()
    if trim and _held() > ENOUGH:
        trim(0)


def _held() -> int:
    """Return the bytes of memory that this process holds, nothing where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * PAGESIZE


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found


@cache
def hold() -> None:
    """Keep what is freed for what comes next, until it is given back: frames come and go.

    Left alone, glibc returns a frame's memory and fetches it again page by page, which is a
    twentieth of the time of a frame that moves.
    """
    with suppress(AttributeError, OSError, TypeError):
        set_to = ctypes.CDLL(None).mallopt
        set_to(_MMAP_THRESHOLD, 32 * 1024 * 1024)
        set_to(_TRIM_THRESHOLD, 256 * 1024 * 1024)
