"""A file that is written and digested at the same time, so that it is not read for that after."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from mmap import mmap
from pathlib import Path

from renderer.disk import Written

_SIZE = 1 << 20
"""Bytes that pieces are heaped up to before they are written; `disk.ALIGNED` divides it."""

_HEAPS = 4
_LARGE = 1 << 24
"""Bytes from which on a file would push out of the system's cache what is of more use there."""


@dataclass(slots=True, eq=False)
class _Heap:
    """Memory at the start of a page, and who is still at work on what lies there."""

    memory: memoryview = field(default_factory=lambda: memoryview(mmap(-1, _SIZE)))
    busy: tuple[Future[None], ...] = ()


class Digested:
    """Takes the pieces of a file, which one thread writes and another digests."""

    def __init__(
        self, file: Written, threads: tuple[ThreadPoolExecutor, ThreadPoolExecutor]
    ) -> None:
        self._file, self._threads, self._hash = file, threads, hashlib.sha256()
        self._heaps = deque(_Heap() for _ in range(_HEAPS))
        self._filled = 0

    @property
    def sha256(self) -> str:
        """Return the digest of what was written, 64 hexadecimal digits."""
        return self._hash.hexdigest()

    def write(self, piece: bytes | memoryview) -> None:
        """Write a piece, at once or with those that follow; raises OSError for any so far."""
        rest = memoryview(piece)
        while rest:
            room = self._heaps[0].memory[self._filled :]
            taken, rest = rest[: len(room)], rest[len(room) :]
            room[: len(taken)] = taken
            self._filled += len(taken)
            if self._filled == _SIZE:
                self._hand_over()

    def _hand_over(self) -> None:
        """Have the heap written and digested; the next one is free then."""
        heap = self._heaps[0]
        filled, self._filled = heap.memory[: self._filled], 0
        works = zip(self._threads, (self._file.write, self._hash.update), strict=True)
        heap.busy = tuple(thread.submit(work, filled) for thread, work in works)
        self._heaps.rotate(-1)
        _wait(self._heaps[0])

    def finish(self) -> None:
        """Wait until all is written and digested; raises OSError."""
        self._hand_over()
        for heap in self._heaps:
            _wait(heap)


def _wait(heap: _Heap) -> None:
    for each in heap.busy:
        each.result()
    heap.busy = ()


@contextmanager
def digested(path: Path, size: int) -> Iterator[Digested]:
    """Give what writes a new file of about a size in bytes; it is written and digested on leaving.

    Raises OSError.
    """
    with (
        Written(path, past=size >= _LARGE) as file,
        ThreadPoolExecutor(1) as writing,
        ThreadPoolExecutor(1) as digesting,
    ):
        target = Digested(file, (writing, digesting))
        yield target
        target.finish()
