"""The worker processes: they live from one lot of tasks to the next, until the crew is stopped.

One thread gives them work. Another may cancel it: what is under way is then left to finish, its
file is of use to whoever asks next. A worker that does not finish ends when its place is needed.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait

from renderer.child import nursery
from renderer.child.processes import Process
from renderer.errors import Cancelled, Problem, RenderError, Stop
from renderer.store import Entry, Store
from renderer.work.order import Order
from renderer.work.worker import Beat, Task, serve

_FAREWELL = 3.0
"""Seconds that a worker gets to end when it is asked to."""

_RESPITE = 0.3
"""Seconds that an abandoned task gets to finish; a new worker is warm no sooner."""


@dataclass(slots=True, eq=False)
class _Worker:
    """A process, what it works on for which store, when it was last heard of.

    `abandoned` is when whoever wanted the task went away.
    """

    process: Process
    connection: Connection
    task: Task | None = None
    store: Store | None = None
    heard: float = 0.0
    abandoned: float | None = None


class Crew:
    """Up to `processes` workers, started when they are needed.

    A worker that is silent for `patience` seconds is taken to hang.
    """

    def __init__(self, processes: int, patience: float) -> None:
        self._wanted, self._patience = processes, patience
        self._workers: list[_Worker] = []
        self._leaving: list[Process] = []
        self._lock = threading.Lock()
        self._cancelled = False
        self._bell, self._rope = Pipe(duplex=False)

    def warm(self) -> None:
        """Start the workers before there is work for them."""
        while len(self._workers) < self._wanted:
            self._started()

    def cancel(self) -> None:
        """Have the work of now, or the next, end with `Cancelled`; any thread may call this."""
        with self._lock:
            if not self._cancelled:
                self._cancelled = True
                self._rope.send(None)

    def resume(self) -> None:
        """Forget that work was cancelled."""
        with self._lock:
            if self._cancelled:
                self._cancelled = False
                self._bell.recv()

    @property
    def cancelled(self) -> bool:
        """Return whether the work is no longer wanted."""
        return self._cancelled

    def check(self) -> None:
        """Raise Cancelled where the work is no longer wanted."""
        if self._cancelled:
            raise Cancelled

    def make(
        self, store: Store, tasks: Sequence[Task], done: Callable[[Task, Entry], None]
    ) -> dict[str, Entry]:
        """Make every task's file in the store, call `done` after each, return recipe key → entry.

        Raises the first failure as a `Stop`, and Cancelled; the tasks under way are then abandoned.
        """
        wanted = {task.recipe.key: task for task in tasks}
        under_way = self._adopted(wanted, store)
        lacking = [task for key, task in wanted.items() if key not in under_way]
        waiting = Order(lacking, self._wanted)
        made: dict[str, Entry] = {}
        try:
            while len(made) < len(wanted):
                self._set_to_work(waiting, store)
                for entry in self._answers(hurry=bool(waiting)):
                    made[entry.key] = entry
                    done(wanted[entry.key], entry)
        finally:
            self._abandon()
        return made

    def ahead(self, store: Store, task: Task) -> None:
        """Begin a task that is likely to be wanted, if nobody does yet and somebody is free.

        It is abandoned until it is wanted.
        """
        begun = any(one.task and one.task.recipe.key == task.recipe.key for one in self._workers)
        if not begun and (worker := self._free()):
            self._give(worker, task, store)
            worker.abandoned = time.monotonic()

    def _adopted(self, wanted: dict[str, Task], store: Store) -> set[str]:
        """Take over the abandoned tasks that are wanted again, and return their keys."""
        found = set()
        for worker in self._workers:
            same = worker.store is not None and worker.store.folder == store.folder
            if worker.task and same and worker.task.recipe.key in wanted:
                worker.store, worker.abandoned, worker.heard = store, None, time.monotonic()
                found.add(worker.task.recipe.key)
        return found

    def _abandon(self) -> None:
        for worker in self._workers:
            if worker.task and worker.abandoned is None:
                worker.abandoned = time.monotonic()

    def _set_to_work(self, waiting: Order, store: Store) -> None:
        while waiting and (worker := self._free()):
            self._give(worker, waiting.take(worker), store)

    def _give(self, worker: _Worker, task: Task, store: Store) -> None:
        worker.task, worker.store, worker.abandoned = task, store, None
        worker.heard = time.monotonic()
        try:
            worker.connection.send((task, store))
        except OSError:
            self._lose(worker, task)

    def _free(self) -> _Worker | None:
        """Return a worker with nothing to do, a new one where there may be more, or None."""
        for worker in [one for one in self._workers if one.task is None]:
            if worker.process.is_alive():
                return worker
            self._end(worker)
        return self._started() if len(self._workers) < self._wanted else None

    def _started(self) -> _Worker:
        ours, theirs = Pipe()
        with theirs:
            process = nursery.worker(serve, theirs)
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _answers(self, *, hurry: bool) -> list[Entry]:
        """Return the wanted entries of those who have something to say, once there is one.

        With `hurry` those who make what nobody wants are not waited for.
        """
        busy = [worker for worker in self._workers if worker.task]
        ends = {worker: self._deadline(worker, hurry) for worker in busy}
        rest = max(0.0, min(ends.values()) - time.monotonic())
        ready = wait([self._bell, *(worker.connection for worker in busy)], rest)
        self.check()
        if not ready:
            self._overdue(min(busy, key=ends.__getitem__))
        heard = [worker for worker in busy if worker.connection in ready]
        return [entry for worker in heard if (entry := self._answer(worker))]

    def _deadline(self, worker: _Worker, hurry: bool) -> float:
        if worker.abandoned is None:
            return worker.heard + self._patience
        return worker.abandoned + _RESPITE if hurry else float("inf")

    def _overdue(self, worker: _Worker) -> None:
        """End a worker whose time is up; raises RenderError where its task is wanted."""
        task, wanted = worker.task, worker.abandoned is None
        self._end(worker)
        if task and wanted:
            raise RenderError(_silence(task, self._patience))

    def _answer(self, worker: _Worker) -> Entry | None:
        """Return what a worker has made, None for a sign of life or for what nobody wants."""
        task, store = worker.task, worker.store
        assert task is not None and store is not None
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            self._lose(worker, task)
            return None
        worker.heard = time.monotonic()
        if isinstance(answer, Beat):
            return None
        worker.task = None
        if worker.abandoned is not None:
            return None
        if isinstance(answer, Stop):
            raise answer
        assert isinstance(answer, Entry)
        store.remember(answer)
        return answer

    def _lose(self, worker: _Worker, task: Task) -> None:
        """Let go of a worker that has died; raises RenderError where its task is wanted."""
        worker.process.join(_FAREWELL)
        code, wanted = worker.process.exitcode, worker.abandoned is None
        self._end(worker)
        if wanted:
            raise RenderError(_death(code, task))

    def _end(self, worker: _Worker) -> None:
        """Ask a worker to end, and wait for none of them but those that have."""
        self._workers.remove(worker)
        worker.process.terminate()
        worker.connection.close()
        self._leaving = [one for one in [*self._leaving, worker.process] if one.is_alive()]

    def stop(self) -> None:
        """End every worker, by force where asking does not help; none may be used after."""
        for worker in list(self._workers):
            self._end(worker)
        deadline = time.monotonic() + _FAREWELL
        for process in self._leaving:
            process.join(max(0.0, deadline - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
        self._leaving = []
        for end in (self._bell, self._rope):
            with suppress(OSError):
                end.close()


def _death(code: int | None, task: Task) -> Problem:
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
