"""Limits of this process: its time, its memory, the size of its files."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from math import ceil

try:
    import resource
except ImportError:  # Windows limits a process by its deadline alone
    resource = None  # type: ignore[assignment]


def limit_self(*, seconds: float, memory: int, file_size: int) -> None:
    """Limit this process, where the system can: time, memory and the size of a file, both in bytes.

    The alarm ends the process even when nobody watches it any more.
    """
    if resource is not None:
        signal.alarm(ceil(seconds))
    limit_work(seconds=seconds, memory=memory, file_size=file_size)


def limit_work(*, seconds: float, memory: int, file_size: int) -> None:
    """Limit this process and all that it starts, each for itself, where the system can.

    `seconds` are those in which it computes; waiting takes none of them.
    """
    if resource is None:
        return
    _lower(resource.RLIMIT_CPU, ceil(seconds))
    _lower(resource.RLIMIT_FSIZE, file_size)
    _lower(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":  # elsewhere address space is refused or counts shared libraries
        _lower(resource.RLIMIT_AS, memory)


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (limit, hard))
