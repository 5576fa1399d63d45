"""What the page shows, as one value that threads exchange; who listens is woken, never queued."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from renderer.errors import Problem
from renderer.render import Compiled


@dataclass(frozen=True, slots=True)
class Plan:
    """A film that was planned, and its number: 1 for the first that this program has planned."""

    number: int
    compiled: Compiled


@dataclass(frozen=True, slots=True)
class Copy:
    """A finished film's file, its SHA-256, and the number of the plan that it was made from."""

    path: Path
    digest: str
    plan: int


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page knows: the newest plan and film, the problems, whether work goes on.

    `films` are the newest film and the one before it, which a page may still be reading.
    """

    plan: Plan | None = None
    films: tuple[Copy, ...] = ()
    problems: tuple[Problem, ...] = ()
    busy: bool = True

    def film(self, digest: str) -> Copy | None:
        """Return the film with a digest, or None where it is neither of the two."""
        return next((each for each in self.films if each.digest == digest), None)


class Board:
    """Holds what is shown now; changed by one thread, read by any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wakers: set[Callable[[], object]] = set()
        self._shown = Shown()
        self._closed = False
        self._looked = threading.Condition(self._lock)
        self._seen = 0

    @property
    def shown(self) -> Shown:
        """Return what is shown now."""
        return self._shown

    @property
    def closed(self) -> bool:
        """Return whether nothing more will change."""
        return self._closed

    def change(self, **parts: Any) -> None:
        """Show other parts of `Shown`, and wake who listens."""
        with self._lock:
            self._shown = replace(self._shown, **parts)
            self._wake()

    def close(self) -> None:
        """Say that nothing more will change, and wake who listens."""
        with self._lock:
            self._closed = True
            self._looked.notify_all()
            self._wake()

    def saw(self, number: int) -> None:
        """Note that a picture of a plan was painted for somebody."""
        with self._looked:
            self._seen = max(self._seen, number)
            self._looked.notify_all()

    def wait_until_seen(self, number: int, seconds: float) -> None:
        """Wait for the first picture of a plan, so long at the most; not where nobody listens."""
        with self._looked:
            if self._wakers:
                self._looked.wait_for(lambda: self._seen >= number or self._closed, seconds)

    @contextmanager
    def listening(self, waker: Callable[[], object]) -> Iterator[None]:
        """Have `waker` called after each change, from the thread that changes."""
        with self._lock:
            self._wakers.add(waker)
        try:
            yield
        finally:
            with self._lock:
                self._wakers.discard(waker)

    def _wake(self) -> None:
        for waker in self._wakers:
            waker()
