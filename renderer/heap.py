"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Return to the system what lies free between things that are kept, where it can be told to.

    glibc keeps it, and grows by hundreds of megabytes where pictures that come and go are mixed
    with pictures that stay; other allocators give it back of themselves.
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
