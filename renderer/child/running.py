"""Programs of ours run as children: own process group, a deadline, their output away from ours."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn, TypeAlias

from renderer import environ
from renderer.child.nursery import is_warm, program
from renderer.child.processes import Process
from renderer.pulse import beat

_TAIL = 2000
_TICK = 0.5  # seconds
Child: TypeAlias = "subprocess.Popen[bytes] | Process"
"""A child: a program that was started, or a copy of the nursery."""

_running: set[Child] = set()
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
    log = folder / "output.log"
    late = threading.Event()
    process = _started(module, arguments, log, passing)
    timer = threading.Timer(seconds, _out_of_time, (process, late))
    timer.daemon = True
    timer.start()
    try:
        status = _awaited(process)
    finally:
        timer.cancel()
        end(process)
    return Ended(None if late.is_set() else status, ending_of(log))


def _started(module: str, arguments: list[str], log: Path, passing: Iterable[str]) -> Child:
    """Return a module that runs as a program: a copy of the nursery where there is one."""
    log.touch()
    if is_warm():
        process = program(module, arguments, str(log), _environment(passing))
        _note(process)
        return process
    command = [sys.executable, "-P", "-m", module, *arguments]
    with log.open("wb") as output:
        streams = subprocess.DEVNULL, output.fileno(), subprocess.STDOUT
        return _running_group(command, *streams, passing)


def _awaited(process: Child) -> int:
    """Return a child's status once it has ended; while it runs, its work is a sign of life."""
    while (status := _ended(process, _TICK)) is None:
        beat()
    return status


def _ended(process: Child, seconds: float | None) -> int | None:
    """Return a child's status, None where it has not ended after so many seconds."""
    if not isinstance(process, subprocess.Popen):
        process.join(seconds)
        return process.exitcode
    with suppress(subprocess.TimeoutExpired):
        return process.wait(seconds)
    return None


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


def _out_of_time(process: Child, late: threading.Event) -> None:
    late.set()
    _kill(process)


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
    _note(process)
    return process


def _note(process: Child) -> None:
    with _lock:
        _running.add(process)


def _environment(passing: Iterable[str]) -> dict[str, str]:
    """Return a child's environment: with one thread for numpy, and the folder of this package."""
    home = str(Path(__file__).resolve().parent.parent)
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**environ.kept(passing), **threads, "PYTHONPATH": home, "PYTHONIOENCODING": "utf-8"}


def end(process: Child) -> None:
    """Kill a child and all that it started, and wait until it is gone."""
    _kill(process)
    _ended(process, None)
    with _lock:
        _running.discard(process)


def _kill(process: Child) -> None:
    if not isinstance(process, subprocess.Popen):
        process.kill()  # it may not have a group of its own yet
    if os.name != "nt":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(_number(process), signal.SIGKILL)
    elif isinstance(process, subprocess.Popen) and process.poll() is None:
        # Windows cannot kill a group, only a process and its children by their parent's number.
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)


def _number(process: Child) -> int:
    assert process.pid, "a process that was started has a number"
    return process.pid


def end_all() -> None:
    """Kill every child that is running; for a command that is being interrupted."""
    with _lock:
        running = list(_running)
    for process in running:
        end(process)


def ending_of(log: Path) -> str:
    """Return the end of what a child wrote."""
    with log.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        return file.read(_TAIL).decode("utf-8", "replace").strip()


def _signal_name(number: int) -> str:
    with suppress(ValueError):
        return signal.Signals(number).name
    return "unknown"
