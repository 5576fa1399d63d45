"""What runs inside a process of the pool: one task after the other, until the parent is gone."""

from __future__ import annotations

import importlib
import signal
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from renderer import environ
from renderer.errors import Problem, RenderError, Stop
from renderer.heap import give_back
from renderer.paths import own_plugins, plugins
from renderer.pulse import listen
from renderer.store import Entry, Recipe, Store, using

STAGES = {
    "clip": ("renderer.clips", "picture"),
    "segment": ("renderer.encode", "encode_segment"),
    "sound": ("renderer.sound", "soundtrack"),
    "narration": ("renderer.sound", "narration"),
    "mixture": ("renderer.sound", "mixture"),
    "film": ("renderer.formats.mp4", "write"),
    "movie": ("renderer.movie", "movie"),
    "look": ("renderer.paint.looks", "look"),
    "sheet": ("renderer.paint.sheet", "compose"),
    "still": ("renderer.stills", "still"),
    "glance": ("renderer.paint.screen", "glance"),
    "boxes": ("renderer.paint.screen", "boxes"),
    "moviepy": ("renderer.film", "write"),
}
"""Stage → module and function; the function takes what the task carries and a path to write."""

_BEAT = 1.0
"""Seconds between two signs of life at the least."""

_MOMENT = 0.001


@dataclass(frozen=True, slots=True)
class Task:
    """Something to make: its recipe, whose stage names the function, what that takes, its weight.

    That is about how many frames of a film it takes the time of.
    """

    recipe: Recipe
    argument: object
    weight: int = 0

    @property
    def name(self) -> str:
        """Return what people call the task: its stage, and the scene that it belongs to."""
        scene = getattr(self.argument, "name", "")
        return f"{self.recipe.stage} '{scene}'" if scene else self.recipe.stage


@dataclass(frozen=True, slots=True)
class Beat:
    """What a worker sends between two answers: it lives and gets on."""


def run(stage: str, argument: object, path: Path) -> Mapping[str, Any]:
    """Run a stage's function, which writes `path`, and return what it says of the file."""
    module, name = STAGES[stage]
    facts = getattr(importlib.import_module(module), name)(argument, path)
    return facts if isinstance(facts, Mapping) else {}


def serve(tasks: Connection) -> None:
    """Answer each task with an Entry or a Stop, with beats before it, until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_when_asked()
    environ.forget()
    listen(_Pulse(tasks).beat)
    with suppress(EOFError, OSError):
        while True:
            tasks.send(_made(*tasks.recv()))
            give_back()


class _Pulse:
    """Passes beats on to the parent, one a second at the most."""

    def __init__(self, parent: Connection) -> None:
        self._parent = parent
        self._last = time.monotonic()

    def beat(self) -> None:
        now = time.monotonic()
        if now - self._last >= _BEAT:
            self._last = now
            self._parent.send(Beat())


def leave_when_asked() -> None:
    """Let this process tidy up and end at a SIGTERM, whatever it is at."""
    signal.signal(signal.SIGTERM, _leave)
    sys.unraisablehook = _unraised


def _leave(*_: object) -> None:
    raise SystemExit(0)


def _unraised(lost: sys.UnraisableHookArgs) -> None:
    """Leave a moment later where nothing can be raised, as in what runs around a fork."""
    if not isinstance(lost.exc_value, SystemExit):
        sys.__unraisablehook__(lost)
    elif hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _leave)
        signal.setitimer(signal.ITIMER_REAL, _MOMENT)


def _made(task: Task, store: Store) -> Entry | Stop:
    recipe = task.recipe
    try:
        with using(store):
            return store.put(recipe, lambda path: run(recipe.stage, task.argument, path))
    except Stop as stop:
        return stop
    except Exception as error:
        return RenderError(_fault(task, error))


def _fault(task: Task, error: Exception) -> Problem:
    steps = traceback.extract_tb(error.__traceback__)
    where = f"{Path(steps[-1].filename).name}:{steps[-1].lineno}"
    reason = f"{type(error).__name__}: {error} ({where})"
    for step in reversed(steps):
        if plugin := _foreign(step.filename):
            says = f"the plug-in {plugin} failed in {task.name}: {reason}"
            return Problem("plugin-failed", says, hint="report it to whoever made the plug-in")
    hint = "this is a fault of the program; please report it"
    return Problem("internal", f"{task.name} failed: {reason}", hint=hint)


def _foreign(file: str) -> str:
    """Return the name of the plug-in of another distribution that a file belongs to, or nothing."""
    for family in ("layers", "transitions"):
        others = plugins(family)
        for name in others.keys() - own_plugins(family).keys():
            if others[name].resolve() == Path(file).resolve():
                return f"'{name}' ({family})"
    return ""
