"""What runs in the pool: processes that paint, mix, encode and join, one task at a time each.

The parent loads none of what they load. A worker ends when its parent does, however that ends;
a worker that dies or stands still takes down the render with a reason, and nothing half-made is
left.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from renderer.errors import Cancelled
from renderer.store import Entry, Store
from renderer.work.crew import Crew
from renderer.work.worker import STAGES, Task, run

__all__ = ["PATIENCE", "STAGES", "Crew", "Pool", "Task", "Workers", "cores", "crew", "pool", "run"]

PATIENCE = 120.0
"""Seconds without a sign of life after which a worker is taken to hang."""

Workers = int | Crew
"""How many processes to start for some work, or the crew that lives on after it."""


class Pool:
    """A crew that works for one store; use `pool()` to get one."""

    def __init__(self, store: Store, workers: Crew) -> None:
        self._store, self._crew = store, workers

    def make(self, tasks: Sequence[Task], done: Callable[[Task, Entry], None]) -> dict[str, Entry]:
        """Make every task's file in the store, call `done` after each, return recipe key → entry.

        Raises the first failure as a `Stop`; the tasks under way are then abandoned.
        """
        return self._crew.make(self._store, tasks, done)

    def ahead(self, task: Task) -> None:
        """Begin a task that `make` is likely to be asked for, if somebody is free."""
        self._crew.ahead(self._store, task)


@contextmanager
def crew(processes: int, patience: float | None = None) -> Iterator[Crew]:
    """Give a crew of up to `processes` workers that is gone on leaving, whatever happened.

    A worker that is silent for `patience` seconds (PATIENCE where None) ends the work.
    """
    made = Crew(processes, PATIENCE if patience is None else patience)
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def pool(store: Store, workers: Workers, patience: float | None = None) -> Iterator[Pool]:
    """Give a pool for a store: of a crew that lives on, or of so many workers gone on leaving.

    What dead workers have left half-written is removed after a failure; before, too, where the
    workers are new.
    """
    if isinstance(workers, Crew):
        with _swept(store):
            yield Pool(store, workers)
        return
    store.sweep()
    with _swept(store), crew(workers, patience) as made:
        yield Pool(store, made)


@contextmanager
def _swept(store: Store) -> Iterator[None]:
    try:
        yield
    except Cancelled:
        raise
    except BaseException:
        store.sweep()
        raise


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
