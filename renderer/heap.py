"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""What glibc's `mallopt` calls them: free bytes at the end, and the size that is mapped alone."""


def give_back() -> None:
    """Return to the system what lies free between things that are kept, where it can be told to.

    glibc keeps it, and grows by hundreds of megabytes where pictures that come and go are mixed
    with pictures that stay; other allocators give it back of themselves. What comes anew is zero:
    x264's `mbtree` reads memory that it has not written, so that what was left there would tell in
    its bytes.
    """
    trim = _trim()
    if trim:
        trim(0)


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
