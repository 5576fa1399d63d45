"""Run foreign code in a child: own process group, a deadline, limits, its output away from ours.

The systems differ in how a group is made and ended and in how a process is limited; that
difference stands here and nowhere else.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import BinaryIO, NoReturn

from renderer import environ
from renderer.pulse import beat

try:
    import resource
except ImportError:  # Windows limits a process by its deadline alone
    resource = None  # type: ignore[assignment]

_TAIL = 2000
_TICK = 0.5  # seconds
_running: set[subprocess.Popen[bytes]] = set()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: `status` is its exit status, negative for a signal, None when out of time.

    `output` is the end of what it wrote to both of its streams.
    """

    status: int | None
    output: str

    def reason(self, seconds: float) -> str:
        """Return in words why the child is no success; `seconds` was its deadline."""
        if self.status is None:
            return f"it did not finish within {seconds:.0f} s"
        if self.status < 0:
            return f"it was ended by signal {-self.status} ({_signal_name(-self.status)})"
        return f"it ended with status {self.status}"


def run_module(
    module: str,
    arguments: list[str],
    *,
    folder: Path,
    seconds: float,
    passing: Iterable[str] = (),
) -> Ended:
    """Run one of our modules as a program and return how it ended, after `seconds` at the latest.

    Its streams go to a file in `folder`. Nothing that the child started outlives the call. Of our
    environment it gets what `environ.KEPT` lists and `passing` names.
    """
    command = [sys.executable, "-P", "-m", module, *arguments]
    log = folder / "output.log"
    late = threading.Event()
    with log.open("wb") as output:
        process = _start(command, output.fileno(), passing)
        timer = threading.Timer(seconds, _out_of_time, (process, late))
        timer.daemon = True
        timer.start()
        try:
            status = _awaited(process)
        finally:
            timer.cancel()
            end(process)
    return Ended(None if late.is_set() else status, _tail(log))


def _awaited(process: subprocess.Popen[bytes]) -> int:
    """Return a child's status once it has ended; while it runs, its work is a sign of life."""
    while True:
        try:
            return process.wait(_TICK)
        except subprocess.TimeoutExpired:
            beat()


def start_module(
    module: str, arguments: list[str], log: BinaryIO, passing: Iterable[str] = ()
) -> subprocess.Popen[bytes]:
    """Start one of our modules as a program that is talked to; `end` ends it and all it started.

    Its standard input and output are pipes; what it writes to standard error goes to `log`. Of our
    environment it gets what `environ.KEPT` lists and `passing` names.
    """
    command = [sys.executable, "-P", "-m", module, *arguments]
    return _running_group(command, subprocess.PIPE, subprocess.PIPE, log.fileno(), passing)


def end_own_group() -> NoReturn:
    """Kill this process and, where it leads a group, all that it has started in it."""
    if os.name != "nt":
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def _out_of_time(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    _kill(process)


def _start(command: list[str], output: int, passing: Iterable[str]) -> subprocess.Popen[bytes]:
    return _running_group(command, subprocess.DEVNULL, output, subprocess.STDOUT, passing)


def _running_group(
    command: list[str], stdin: int, stdout: int, stderr: int, passing: Iterable[str]
) -> subprocess.Popen[bytes]:
    """Start a command in a group of its own, and note that it runs."""
    own_group = (
        {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
        if os.name == "nt"
        else {"start_new_session": True}
    )
    process = subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env=_environment(passing),
        **own_group,
    )
    with _lock:
        _running.add(process)
    return process


def _environment(passing: Iterable[str]) -> dict[str, str]:
    """Return a child's environment: with one thread for numpy, and the folder of this package."""
    home = str(Path(__file__).resolve().parent.parent)
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**environ.kept(passing), **threads, "PYTHONPATH": home, "PYTHONIOENCODING": "utf-8"}


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a child and all that it started, and wait until it is gone."""
    _kill(process)
    process.wait()
    with _lock:
        _running.discard(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if os.name != "nt":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        # Windows cannot kill a group, only a process and its children by their parent's number.
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)


def end_all() -> None:
    """Kill every child that is running; for a command that is being interrupted."""
    with _lock:
        running = list(_running)
    for process in running:
        end(process)


def limit_self(*, seconds: float, memory: int, file_size: int) -> None:
    """Limit this process, where the system can: time, memory and the size of a file, both in bytes.

    The alarm ends the process even when nobody watches it any more.
    """
    if resource is not None:
        signal.alarm(ceil(seconds))
    limit_work(seconds=seconds, memory=memory, file_size=file_size)


def limit_work(*, seconds: float, memory: int, file_size: int) -> None:
    """Limit this process and all that it starts, each for itself, where the system can.

    `seconds` are those in which it computes; waiting takes none of them.
    """
    if resource is None:
        return
    _lower(resource.RLIMIT_CPU, ceil(seconds))
    _lower(resource.RLIMIT_FSIZE, file_size)
    _lower(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":  # elsewhere address space is refused or counts shared libraries
        _lower(resource.RLIMIT_AS, memory)


CAN_COPY = sys.platform == "linux"
"""Whether a process may go on in a copy of itself; the sound systems of others break in a copy."""


def in_a_copy(task: Callable[[], None]) -> None:
    """Run a task in a copy of this process and wait for its end, whatever end that is.

    What the task does to a library's state is gone with the copy.
    """
    copy = os.fork()
    if copy:
        os.waitpid(copy, 0)
        return
    try:
        task()
    finally:
        os._exit(0)


def confined(
    main: Callable[[list[str]], int], arguments: list[str], *, folder: Path, seconds: float
) -> Ended:
    """Run a program's `main`, which limits itself, away from this process; return how it ended.

    Where it can, it runs in a copy of this process, which is there at once; elsewhere `main`'s
    module is started as a program.
    """
    if not CAN_COPY:
        return run_module(main.__module__, arguments, folder=folder, seconds=seconds)
    copy = os.fork()
    if not copy:
        _leave_after(main, arguments, folder / "output.log")
    code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    return Ended(None if code == -signal.SIGALRM else code, _tail(folder / "output.log"))


def _leave_after(main: Callable[[list[str]], int], arguments: list[str], log: Path) -> NoReturn:
    """End this copy with what `main` returns; what it writes goes to a file."""
    status = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        environ.forget()
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(output, 1)
        os.dup2(output, 2)
        status = main(arguments)
    finally:
        os._exit(status)


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (limit, hard))


def _tail(log: Path) -> str:
    with log.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        return file.read(_TAIL).decode("utf-8", "replace").strip()


def _signal_name(number: int) -> str:
    with suppress(ValueError):
        return signal.Signals(number).name
    return "unknown"
