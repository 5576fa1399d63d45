"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _PERTURB = -1, -3, -6
"""What glibc's `mallopt` calls them.

They are the free bytes at the end, the size that is mapped alone, and the complement of the byte
that fills what is allocated.
"""


def give_back() -> None:
    """Return to the system what lies free between things that are kept, where it can be told to.

    glibc keeps it, and grows by hundreds of megabytes where pictures that come and go are mixed
    with pictures that stay; other allocators give it back of themselves.
    """
    trim = _known("malloc_trim")
    if trim:
        trim(0)


@cache
def hold() -> None:
    """Keep what is freed for what comes next, until it is given back: frames come and go.

    Left alone, glibc returns a frame's memory and fetches it again page by page, which is a
    twentieth of the time of a frame that moves.
    """
    _set(_MMAP_THRESHOLD, 32 * 1024 * 1024)
    _set(_TRIM_THRESHOLD, 256 * 1024 * 1024)


@contextmanager
def zeroed() -> Iterator[None]:
    """Have what is allocated meanwhile hold zeros alone, where the system can be told to."""
    _set(_PERTURB, 0xFF)
    try:
        yield
    finally:
        _set(_PERTURB, 0)


def _set(option: int, value: int) -> None:
    set_to = _known("mallopt")
    if set_to:
        set_to(option, value)


@cache
def _known(name: str) -> Callable[..., int] | None:
    """Return a function of glibc, None where the system has another library."""
    try:
        found: Callable[..., int] = getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError, TypeError):
        return None
    return found
