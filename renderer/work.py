"""What runs in the pool: processes that paint, mix, encode and join, one task at a time each.

The parent loads none of what they load. A worker ends when its parent does, however that ends;
a worker that dies takes down the render with a reason, and nothing half-made is left.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

from renderer.errors import Problem, RenderError, Stop
from renderer.store import Entry, Recipe, Store

STAGES = {
    "segment": ("renderer.encode", "encode_segment"),
    "sound": ("renderer.sound", "soundtrack"),
    "narration": ("renderer.sound", "narration"),
    "film": ("renderer.media.film", "join"),
    "still": ("renderer.stills", "still"),
    "moviepy": ("renderer.film", "write"),
}
"""Stage → module and function; the function takes what the task carries and a path to write."""

_PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Task:
    """Something to make: its recipe, whose stage names the function, what that takes, its weight.

    Heavier tasks begin first.
    """

    recipe: Recipe
    argument: object
    weight: int = 0


def run(stage: str, argument: object, path: Path) -> Mapping[str, Any]:
    """Run a stage's function, which writes `path`, and return what it says of the file."""
    module, name = STAGES[stage]
    facts = getattr(importlib.import_module(module), name)(argument, path)
    return facts if isinstance(facts, Mapping) else {}


class Pool:
    """Some worker processes; use `pool()` to get one."""

    def __init__(self, store: Store, processes: int) -> None:
        self._store = store
        self._context = _context()
        self._wanted = processes
        self._workers: dict[Connection, BaseProcess] = {}

    def make(self, tasks: Sequence[Task], done: Callable[[Task, Entry], None]) -> dict[str, Entry]:
        """Make every task's file in the store, call `done` after each, return recipe key → entry.

        Raises the first failure as a `Stop`; the tasks under way are then abandoned.
        """
        waiting = sorted(tasks, key=lambda task: task.weight)
        made: dict[str, Entry] = {}
        self._grow(len(waiting))
        idle, busy = list(self._workers), dict[Connection, Task]()
        while waiting or busy:
            while idle and waiting:
                worker, task = idle.pop(), waiting.pop()
                worker.send((task, self._store))
                busy[worker] = task
            ready = wait(list(busy))
            for worker in [each for each in busy if each in ready]:
                task = busy.pop(worker)
                made[task.recipe.key] = entry = self._answer(worker)
                idle.append(worker)
                done(task, entry)
        return made

    def _grow(self, tasks: int) -> None:
        while len(self._workers) < min(self._wanted, tasks):
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self._workers[ours] = process

    def _answer(self, worker: Connection) -> Entry:
        try:
            answer = worker.recv()
        except (EOFError, OSError):
            raise RenderError(_death(self._workers[worker])) from None
        if isinstance(answer, Stop):
            raise answer
        self._store.remember(answer)
        return cast(Entry, answer)

    def stop(self) -> None:
        """End every worker, by force where asking does not help."""
        for process in self._workers.values():
            process.terminate()
        for process in self._workers.values():
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()
        for connection in self._workers:
            connection.close()


@contextmanager
def pool(store: Store, processes: int) -> Iterator[Pool]:
    """Give a pool of up to `processes` workers that is gone on leaving, whatever happened."""
    made = Pool(store, processes)
    try:
        yield made
    finally:
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


def _serve(tasks: Connection) -> None:
    """Answer tasks until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    with suppress(EOFError, OSError):
        while True:
            tasks.send(_made(*tasks.recv()))


def _leave(*_: object) -> None:
    raise SystemExit(0)


def _made(task: Task, store: Store) -> Entry | Stop:
    recipe = task.recipe
    try:
        return store.put(recipe, lambda path: run(recipe.stage, task.argument, path))
    except Stop as stop:
        return stop
    except Exception as error:
        return RenderError(_fault(recipe.stage, error))


def _fault(stage: str, error: Exception) -> Problem:
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    says = f"the {stage} stage failed: {type(error).__name__}: {error} ({where})"
    return Problem("internal", says, hint="this is a fault of the program; please report it")


def _death(process: BaseProcess) -> Problem:
    process.join(_PATIENCE)
    code = process.exitcode
    if code is not None and code < 0:
        reason = f"was killed by signal {-code}"
        hint = "memory may have run out; try fewer processes with -j 1" if code == -9 else ""
        return Problem("worker-died", f"a worker process {reason}", hint=hint)
    return Problem("worker-died", f"a worker process ended with status {code}")
