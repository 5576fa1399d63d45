"""What runs in the pool: processes that paint, mix, encode and join, one task at a time each.

The parent loads none of what they load. A worker ends when its parent does, however that ends;
a worker that dies or stands still takes down the render with a reason, and nothing half-made is
left.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from renderer.errors import Problem, RenderError, Stop
from renderer.store import Entry, Store
from renderer.work.worker import STAGES, Beat, Task, run, serve

__all__ = ["PATIENCE", "STAGES", "Pool", "Task", "cores", "pool", "run"]

PATIENCE = 120.0
"""Seconds without a sign of life after which a worker is taken to hang."""

_FAREWELL = 3.0
"""Seconds that a worker gets to end when it is asked to."""


@dataclass(slots=True)
class _Busy:
    """A task under way, and when its worker was last heard of."""

    task: Task
    heard: float


class Pool:
    """Some worker processes; use `pool()` to get one."""

    def __init__(self, store: Store, processes: int, patience: float) -> None:
        self._store = store
        self._context = _context()
        self._wanted = processes
        self._patience = patience
        self._workers: dict[Connection, BaseProcess] = {}

    def make(self, tasks: Sequence[Task], done: Callable[[Task, Entry], None]) -> dict[str, Entry]:
        """Make every task's file in the store, call `done` after each, return recipe key → entry.

        Raises the first failure as a `Stop`; the tasks under way are then abandoned.
        """
        waiting = sorted(tasks, key=lambda task: task.weight)
        made: dict[str, Entry] = {}
        self._grow(len(waiting))
        idle, busy = list(self._workers), dict[Connection, _Busy]()
        while waiting or busy:
            while idle and waiting:
                worker, task = idle.pop(), waiting.pop()
                self._give(worker, task)
                busy[worker] = _Busy(task, time.monotonic())
            for worker in self._ready(busy):
                if (entry := self._answer(worker, busy[worker])) is None:
                    continue
                task = busy.pop(worker).task
                made[task.recipe.key] = entry
                idle.append(worker)
                done(task, entry)
        return made

    def _grow(self, tasks: int) -> None:
        while len(self._workers) < min(self._wanted, tasks):
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=serve, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self._workers[ours] = process

    def _give(self, worker: Connection, task: Task) -> None:
        try:
            worker.send((task, self._store))
        except OSError:
            raise RenderError(_death(self._workers[worker], task)) from None

    def _ready(self, busy: dict[Connection, _Busy]) -> list[Connection]:
        """Return the workers that have something to say; raises RenderError if one says nothing."""
        oldest = min(busy.values(), key=lambda each: each.heard)
        rest = oldest.heard + self._patience - time.monotonic()
        ready = wait(list(busy), max(0.0, rest))
        if not ready:
            raise RenderError(_silence(oldest.task, self._patience))
        return [worker for worker in busy if worker in ready]

    def _answer(self, worker: Connection, busy: _Busy) -> Entry | None:
        """Return what a worker has made, or None for a sign of life."""
        try:
            answer = worker.recv()
        except (EOFError, OSError):
            raise RenderError(_death(self._workers[worker], busy.task)) from None
        busy.heard = time.monotonic()
        if isinstance(answer, Stop):
            raise answer
        if isinstance(answer, Beat):
            return None
        assert isinstance(answer, Entry)
        self._store.remember(answer)
        return answer

    def stop(self) -> None:
        """End every worker, by force where asking does not help."""
        for process in self._workers.values():
            process.terminate()
        deadline = time.monotonic() + _FAREWELL
        for process in self._workers.values():
            process.join(max(0.0, deadline - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
        for connection in self._workers:
            connection.close()


@contextmanager
def pool(store: Store, processes: int, patience: float | None = None) -> Iterator[Pool]:
    """Give a pool of up to `processes` workers that is gone on leaving, whatever happened.

    A worker that is silent for `patience` seconds (PATIENCE where None) ends the work. What dead
    workers have left half-written is removed before and, after a failure, again.
    """
    store.sweep()
    made = Pool(store, processes, PATIENCE if patience is None else patience)
    try:
        yield made
    except BaseException:
        made.stop()
        store.sweep()
        raise
    made.stop()


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> Any:
    """Return how processes start: from one server that has loaded the libraries, or each anew."""
    if "forkserver" in multiprocessing.get_all_start_methods() and os.uname().sysname == "Linux":
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["renderer.encode", "renderer.sound", "renderer.media.film"])
        return context
    return multiprocessing.get_context("spawn")


def _death(process: BaseProcess, task: Task) -> Problem:
    process.join(_FAREWELL)
    code = process.exitcode
    if code is not None and code < 0:
        reason = f"was killed by signal {-code} ({_signal_name(-code)})"
        hint = "memory may have run out; try fewer processes with -j 1" if code == -9 else ""
    else:
        reason, hint = f"ended with status {code}", ""
    return Problem("worker-died", f"the process that made {task.name} {reason}", hint=hint)


def _signal_name(number: int) -> str:
    return next((each.name for each in signal.Signals if each == number), "unknown")


def _silence(task: Task, patience: float) -> Problem:
    says = f"{task.name} gave no sign of life for {patience:.0f} s"
    return Problem("worker-stuck", says, hint="a plug-in or a file that it reads may hang")
