"""Where processes come from: copies of one that has the libraries loaded, or started anew.

On Linux one process, the nursery, loads what speaks, paints, mixes and encodes while the command
and the film are still being read; whoever works then begins in a few milliseconds. Elsewhere each
loads for itself.

Nothing of the program that started us is loaded in them, nor anything that lies in the folder that
it was started in; of its environment the nursery knows what every child may know.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from renderer import environ
from renderer.child.copying import LOADED, SPEECH, Request, run_program
from renderer.child.processes import Copy, Process

if TYPE_CHECKING:  # `multiprocessing` is loaded when something is to be started
    from multiprocessing.connection import Connection

CAN_COPY = sys.platform == "linux"
"""Whether a process may go on in a copy of itself; the sound systems of others break in a copy."""

_CALM = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_SAFE = {"PYTHONSAFEPATH": "1", "PYTHONIOENCODING": "utf-8"}
_HOME = str(Path(__file__).resolve().parents[2])
_BEGIN = """import sys
sys.path.insert(0, sys.argv[1])
from renderer.child.copying import serve
serve()
"""
_FLAGS = {"isolated": "-I", "ignore_environment": "-E", "no_user_site": "-s"}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Nursery:
    """The nursery that runs: its number, and the socket at which it is asked."""

    pid: int
    asked: socket.socket

    def lives(self) -> bool:
        with suppress(ChildProcessError):
            return os.waitpid(self.pid, os.WNOHANG)[0] == 0
        return False


_running: list[_Nursery] = []
_started: list[Process] = []


def warm() -> None:
    """Let the nursery begin to load, where there is one; it is not waited for."""
    if CAN_COPY:
        with _lock:
            _nursery()


def is_warm() -> bool:
    """Return whether a copy of the nursery is there sooner than a process that is started anew."""
    return bool(_running)


def living() -> list[Process]:
    """Return the processes that were started here and have not ended."""
    with _lock:
        return [each for each in _started if each.is_alive()]


def _nursery() -> _Nursery:
    """Return the nursery that runs, a new one where there is none; `_lock` is held."""
    if not _running or not _running[0].lives():
        _running[:] = [_founded()]
    return _running[0]


def _founded() -> _Nursery:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    flags = [flag for name, flag in _FLAGS.items() if getattr(sys.flags, name)]
    with theirs:
        pid = os.posix_spawn(
            sys.executable,
            [sys.executable, *flags, "-P", "-c", _BEGIN, _HOME],
            {**environ.kept(), **_CALM, **_SAFE},
            file_actions=[(os.POSIX_SPAWN_DUP2, theirs.fileno(), 0)],
            setsigmask=[signal.SIGINT],  # until the nursery ignores it
        )
    return _Nursery(pid, ours)


def worker(serve: Callable[[Connection], None], tasks: Connection) -> Process:
    """Return a started process that runs a function of a module of ours with a connection."""
    if CAN_COPY:
        return _copy(_request(serve, (), len(LOADED)), tasks.fileno())
    import multiprocessing

    process = multiprocessing.get_context("spawn").Process(target=serve, args=(tasks,), daemon=True)
    with _lock, _nobody_in_main(), _kept_environment():
        process.start()
    return _noted(process)


def _noted(process: Process) -> Process:
    """Note a process that was started, and forget those that have ended."""
    with _lock:
        _started[:] = [*(each for each in _started if each.is_alive()), process]
    return process


def program(
    module: str, arguments: Sequence[str], log: str, environment: Mapping[str, str]
) -> Process:
    """Return a started copy of the nursery that runs a module's `main`, in a group of its own.

    Its streams go to the file `log`; it has the environment that is given.
    """
    asked = (module, list(arguments), log, dict(environment))
    return _copy(_request(run_program, asked, len(SPEECH)))


def _request(function: Callable[..., None], arguments: Sequence[Any], needs: int) -> Request:
    places = [place for place in sys.path if place]
    return Request(function.__module__, function.__qualname__, arguments, needs, places)


def _copy(request: Request, *pipes: int) -> Process:
    """Return a copy that does what is asked for; raises OSError where none is to be had."""
    for _ in range(2):  # the nursery may have been killed
        told, telling = os.pipe()
        try:
            with _lock, suppress(BrokenPipeError, ConnectionResetError):
                socket.send_fds(_nursery().asked, [request.written()], [telling, *pipes])
        finally:
            os.close(telling)
        with suppress(EOFError):
            return _noted(Copy(told))
    raise OSError("no process could be started")


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
