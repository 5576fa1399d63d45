"""A file that is written and its digest at the same time, so that it is not read for that after."""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import BinaryIO

_AHEAD = 8
"""Pieces that may wait to be digested: a long film is not held in memory."""


class Digested:
    """Writes pieces to a file while a thread digests them; `sha256` is there on leaving."""

    def __init__(self, file: BinaryIO) -> None:
        self.sha256 = ""
        self._file, self._hash = file, hashlib.sha256()
        self._thread = ThreadPoolExecutor(1)
        self._waiting: deque[Future[None]] = deque()

    def write(self, piece: bytes) -> None:
        """Write a piece; raises OSError."""
        self._waiting.append(self._thread.submit(self._hash.update, piece))
        self._file.write(piece)
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
        """Wait for the digest."""
        self._thread.shutdown()
        self.sha256 = self._hash.hexdigest()
