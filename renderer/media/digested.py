"""A file that is written and its digest at the same time, so that it is not read for that after."""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import BinaryIO

_AHEAD = 8
"""Heaps that may wait to be digested: a long film is not held in memory."""

_HEAP = 1 << 20
"""Bytes that pieces are heaped up to before they are written."""


class Digested:
    """Writes pieces to a file while a thread digests them; `sha256` is there on leaving."""

    def __init__(self, file: BinaryIO) -> None:
        self.sha256 = ""
        self._file, self._hash = file, hashlib.sha256()
        self._thread = ThreadPoolExecutor(1)
        self._waiting: deque[Future[None]] = deque()
        self._heap: list[bytes | memoryview] = []
        self._size = 0

    def write(self, piece: bytes | memoryview) -> None:
        """Write a piece, at once or with those that follow; raises OSError."""
        self._heap.append(piece)
        self._size += len(piece)
        if self._size >= _HEAP:
            self._empty()

    def _empty(self) -> None:
        heap, self._heap, self._size = b"".join(self._heap), [], 0
        self._waiting.append(self._thread.submit(self._hash.update, heap))
        self._file.write(heap)
        while len(self._waiting) > _AHEAD:
            self._waiting.popleft().result()

    def __enter__(self) -> Digested:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the rest and wait for the digest; raises OSError."""
        try:
            if error is None:
                self._empty()
        finally:
            self._thread.shutdown()
        self.sha256 = self._hash.hexdigest()
