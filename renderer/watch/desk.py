"""The specs that wait for a round: the one saved last comes first, and cuts off the one before."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from renderer.work import Crew

_TICK = 0.2
"""Seconds between two looks at `stop`; some systems hear no Ctrl-C while a thread waits longer."""


class Desk:
    """Hands out one round at a time; `change` is for another thread than `take`."""

    def __init__(self, specs: Iterable[Path], crew: Crew) -> None:
        self._due: dict[Path, set[Path]] = {spec: set() for spec in reversed(list(specs))}
        self._crew = crew
        self._current: tuple[Path, set[Path]] | None = None
        self._ready = threading.Condition()
        self._over = False
        self._reason: Exception | None = None

    def take(self) -> tuple[Path, tuple[Path, ...]] | None:
        """Return the next spec with the paths that have changed, once there is one.

        None when the desk was closed; raises the reason where it was closed with one.
        """
        with self._ready:
            self._current = None
            while not self._due and not self._over:
                self._ready.wait(_TICK)
            if self._over:
                if self._reason:
                    raise self._reason
                return None
            spec, paths = self._current = self._due.popitem()
            self._crew.resume()
        return spec, tuple(sorted(paths))

    def finish(self) -> None:
        """Say that the round under way has its result: what is saved now is for another."""
        with self._ready:
            self._current = None

    def change(self, changes: Mapping[Path, Iterable[Path]]) -> None:
        """Put specs on the desk, and cancel the round under way; it comes back if it is another."""
        with self._ready:
            if self._current and self._current[0] not in changes:
                spec, paths = self._current
                self._due[spec] = self._due.pop(spec, set()) | paths
            for spec, changed in changes.items():
                self._due[spec] = self._due.pop(spec, set()) | set(changed)
            if self._current:
                self._crew.cancel()
            self._ready.notify()

    def close(self, reason: Exception | None = None) -> None:
        """Hand out nothing more, and cancel the round under way."""
        with self._ready:
            self._over, self._reason = True, reason
            self._crew.cancel()
            self._ready.notify()
