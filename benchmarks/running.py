"""A program run once: how long it took, on the clock and on processors, and its memory."""

from __future__ import annotations

import ctypes
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

RENDER = [sys.executable, "-c", "import sys; from renderer.cli import main; sys.exit(main())"]
"""What runs our own command."""
_EVERY = 0.2
_RESPITE = 0.5
"""Seconds that the last processes of a program get to end after it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the clock and on processors, and the peak of memory in MB.

    None is what the system does not tell. Memory is what all processes held at once; `parent` and
    `child` are the most that the program itself held, and any one of those that it started, what
    they share counted in each.
    """

    seconds: float
    memory: float | None
    cpu: float | None
    parent: float | None = None
    child: float | None = None


def told(each: Sequence[Taken]) -> dict[str, Any]:
    """Return the medians of some runs, and the most memory that one of them took."""
    memory, cpu = ([getattr(one, name) for one in each] for name in ("memory", "cpu"))
    return {
        "seconds": round(statistics.median(one.seconds for one in each), 2),
        "cpu": None if None in cpu else round(statistics.median(cpu), 2),
        "memory": None if None in memory else round(max(memory)),
    }


def _clean() -> dict[str, str]:
    """Return the environment but for what keeps Python from using what it has compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@cache
def _adopting() -> bool:
    """Have orphans of what is run become our own children, so that their time is counted."""
    # PR_SET_CHILD_SUBREAPER, 36, is of Linux alone.
    return sys.platform == "linux" and ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) == 0


def _spent() -> float:
    """Return the seconds of processor time of all children that have ended."""
    time.sleep(_RESPITE)
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    times = os.times()
    return times.children_user + times.children_system


def taken(command: Sequence[str], log: Path) -> Taken:
    """Run a program to its end; raises SystemExit with the end of its output where it fails."""
    peak, each, over = [0.0], dict[int, float](), threading.Event()
    before = _spent() if _adopting() else None
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=output, env=_clean())
        watcher = threading.Thread(target=_watch, args=(process.pid, peak, each, over))
        watcher.start()
        status = process.wait()
        seconds = time.perf_counter() - began
    over.set()
    watcher.join()
    if status:
        raise SystemExit(f"{command[0]} ended with {status}: {log.read_text()[-2000:]}")
    parent = each.pop(process.pid, None)
    cpu = None if before is None else _spent() - before
    return Taken(seconds, peak[0] or None, cpu, parent, max(each.values(), default=None))


def _watch(root: int, peak: list[float], each: dict[int, float], over: threading.Event) -> None:
    """Note what a program and all that it starts hold: at once, and the most of each."""
    while not over.wait(_EVERY):
        family = _family(root)
        peak[0] = max(peak[0], sum(_held(pid, "smaps_rollup", "Pss:") for pid in family) / 1024)
        for pid in family:
            each[pid] = max(each.get(pid, 0.0), _held(pid, "status", "VmHWM:") / 1024)


def _family(root: int) -> set[int]:
    """Return a process and all that descend from it."""
    parents = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError, ValueError):
            parents[int(each.parent.name)] = int(each.read_text().rpartition(")")[2].split()[1])
    found, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found


def _held(pid: int, file: str, name: str) -> float:
    """Return KB of memory that a file of the system's tells of a process.

    `Pss` of `smaps_rollup` shares what several use among them, `VmHWM` of `status` is the most that
    it has held.
    """
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
            if line.startswith(name):
                return float(line.split()[1])
    return 0.0
