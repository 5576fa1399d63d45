"""Work done in a copy of this process, where it can do no harm."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from renderer import environ
from renderer.child.nursery import CAN_COPY
from renderer.child.running import Ended, ending_of, run_module


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
    return Ended(None if code == -signal.SIGALRM else code, ending_of(folder / "output.log"))


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
