"""A program run once: how long it took, and the most memory that its processes held at once."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the clock and the peak of memory in MB, None where the system does not tell."""

    seconds: float
    memory: float | None


def taken(command: Sequence[str], log: Path) -> Taken:
    """Run a program to its end; raises SystemExit with the end of its output where it fails."""
    peak, over = [0.0], threading.Event()
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=output)
        watcher = threading.Thread(target=_watch, args=(process.pid, peak, over))
        watcher.start()
        status = process.wait()
        seconds = time.perf_counter() - began
    over.set()
    watcher.join()
    if status:
        raise SystemExit(f"{command[0]} ended with {status}: {log.read_text()[-2000:]}")
    return Taken(seconds, peak[0] or None)


def _watch(root: int, peak: list[float], over: threading.Event) -> None:
    while not over.wait(_EVERY):
        peak[0] = max(peak[0], sum(map(_held, _family(root))) / 1024)


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


def _held(pid: int) -> float:
    """Return a process's share of memory in KB; pages that several use are shared among them."""
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0
