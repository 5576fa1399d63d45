"""Where processes come from: copies of one that has the libraries loaded, or started anew.

On Linux one process, the nursery, loads what paints, speaks, mixes and encodes while the command
and the film are still being read; whoever works then begins in a few milliseconds. Elsewhere each
loads for itself.

Nothing of the program that started us is loaded in them, nor anything that lies in the folder that
it was started in; of its environment the nursery knows what every child may know.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from types import ModuleType
from typing import TYPE_CHECKING, Any

from renderer import environ

if TYPE_CHECKING:  # `multiprocessing` is loaded when something is to be started
    from multiprocessing.process import BaseProcess

CAN_COPY = sys.platform == "linux"
"""Whether a process may go on in a copy of itself; the sound systems of others break in a copy."""

LOADED = (
    *("renderer.work", "renderer.encode", "renderer.sound", "renderer.formats.mp4"),
    *("renderer.layers.text", "renderer.layers.fill", "renderer.utter"),
    *("uniseg.linebreak", "renderer.primed"),
)
"""What the nursery loads: what nearly every film needs."""

_CALM = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_SAFE = {"PYTHONSAFEPATH": "1", "PYTHONIOENCODING": "utf-8"}
_lock = threading.Lock()
_warm = threading.Event()


def context() -> Any:
    """Return how processes are made and talked to, a context of `multiprocessing`."""
    import multiprocessing

    if not CAN_COPY:
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(list(LOADED))
    return made


def warm() -> None:
    """Let the nursery begin to load, where there is one; it is not waited for."""
    if not CAN_COPY or _warm.is_set():
        return
    from multiprocessing import forkserver

    context()
    with _lock, _kept_environment():
        forkserver.ensure_running()
    _warm.set()


def is_warm() -> bool:
    """Return whether a copy of the nursery is there sooner than a process that is started anew."""
    return _warm.is_set()


def start(process: BaseProcess) -> None:
    """Start a process of our context, whose target is a function of a module of ours."""
    warm()
    with _lock, _nobody_in_main(), nullcontext() if CAN_COPY else _kept_environment():
        process.start()


def program(
    module: str, arguments: Sequence[str], log: str, environment: Mapping[str, str]
) -> BaseProcess:
    """Return a started copy of the nursery that runs a module's `main`, in a group of its own.

    Its streams go to the file `log`; it has the environment that is given.
    """
    asked = (module, list(arguments), log, dict(environment))
    made: BaseProcess = context().Process(target=_run, args=asked, daemon=True)
    start(made)
    return made


def _run(module: str, arguments: list[str], log: str, environment: dict[str, str]) -> None:
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(output, stream)
    sys.exit(importlib.import_module(module).main(arguments))


@contextmanager
def _kept_environment() -> Iterator[None]:
    """Hide from what is started what is no child's matter, for as long as it takes to start it.

    What is every child's matter stays where it is, for other threads may read it.
    """
    whole, added = dict(os.environ), {**_CALM, **_SAFE}
    try:
        environ.forget()
        os.environ.update(added)
        yield
    finally:
        for name in added.keys() - whole.keys():
            del os.environ[name]
        os.environ.update(whole)


@contextmanager
def _nobody_in_main() -> Iterator[None]:
    """Hide the program that was started from processes that would load it once more."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
