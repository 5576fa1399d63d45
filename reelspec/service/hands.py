"""The hands of the service: threads that claim jobs and have each done in a process of its own."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from reelspec.service.files import job_files
from reelspec.service.jobs import Job
from reelspec.service.ledger import Ledger
from reelspec.service.passing import to_author, to_jobs
from reelspec.service.settings import Settings
from renderer.child import Ended, end, start_module

_LOOK = 0.5
"""Seconds between two looks for a job that nobody has told of."""

_OFTEN = 0.2
"""Seconds between two notes of progress at the least."""

_PAUSE = 1.0
"""Seconds to wait after a worker that died, before the next is started."""


class Stopped(Exception):
    """The hand puts down what it works on."""


@dataclass(slots=True)
class Hand:
    """One thread, with one process ahead; `closing` asks it to claim nothing more."""

    settings: Settings
    ledger: Ledger
    log: BinaryIO
    bell: threading.Event
    closing: threading.Event
    dropping: threading.Event
    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    busy: bool = False

    def work(self) -> None:
        """Do job after job until it is asked to close."""
        process: subprocess.Popen[bytes] | None = None
        while not self.closing.is_set():
            if process is None or process.poll() is not None:
                process = self._started()
            job = self.ledger.claim(self.name)
            if job is None:
                self.bell.wait(_LOOK)
                self.bell.clear()
                continue
            self.busy = True
            self._do(job, process)
            self.busy, process = False, None
        if process is not None:
            end(process)

    def _started(self) -> subprocess.Popen[bytes]:
        limits = [str(self.settings.seconds), str(self.settings.memory)]
        return start_module("reelspec.service.worker", limits, self.log, to_jobs())

    def _do(self, job: Job, process: subprocess.Popen[bytes]) -> None:
        """Have a job done, and note how it ended."""
        try:
            _give(process, job, self.settings)
            said = self._followed(job, process)
        except Stopped:
            self.ledger.give_back(job.id, self.name)
            return
        finally:
            end(process)
        if said is not None:
            self.ledger.end(job.id, self.name, said["end"], said["problems"], said["timings"])

    def _followed(self, job: Job, process: subprocess.Popen[bytes]) -> dict[str, Any] | None:
        """Return what a worker says last; None where the job is not ours to end any more."""
        heard: queue.Queue[dict[str, Any] | None] = queue.Queue()
        threading.Thread(target=_listen, args=(process, heard), daemon=True).start()
        late = time.monotonic() + self.settings.seconds
        last, noted = (job.stage, 0, 1), 0.0
        while time.monotonic() < late:
            said = self._next(heard)
            if said is None:
                self._died(job, process)
                return None
            if "end" in said:
                return said
            last = (said["stage"], said["done"], said["total"]) if "stage" in said else last
            if time.monotonic() - noted >= _OFTEN:
                noted = time.monotonic()
                if not self.ledger.beat(job.id, self.name, *last):
                    return None
        return _late(self.settings.seconds)

    def _next(self, heard: queue.Queue[dict[str, Any] | None]) -> dict[str, Any] | None:
        """Return what a worker says next, an empty answer where it says nothing for a while."""
        if self.dropping.is_set():
            raise Stopped
        with suppress(queue.Empty):
            return heard.get(timeout=min(_LOOK, self.settings.lease / 4))
        return {}

    def _died(self, job: Job, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        why = Ended(process.returncode, "").reason(self.settings.seconds)
        hint = "memory may have run out" if process.returncode in (-9, -6, 1) else ""
        message = f"the process that did this job failed twice; the last time {why}"
        said = {"level": "error", "code": "worker-died", "message": message, "hint": hint}
        self.ledger.died(job.id, self.name, said)
        self.closing.wait(_PAUSE)


def _give(process: subprocess.Popen[bytes], job: Job, settings: Settings) -> None:
    """Tell a worker its job; one that is gone is found out when it is listened to."""
    said = {
        "folder": str(job_files(settings.folder, job.id).folder),
        "kind": job.kind,
        "request": job.request,
        "base": str(settings.folder),
        "store": str(settings.store),
        "author": settings.author_options,
        "model": to_author(),
        "fetch": settings.fetch,
        "near": settings.near,
        "upload": settings.upload,
    }
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.write(json.dumps(said).encode() + b"\n")
        process.stdin.flush()


def _listen(process: subprocess.Popen[bytes], heard: queue.Queue[dict[str, Any] | None]) -> None:
    assert process.stdout is not None
    for said in _objects(process.stdout):
        heard.put(said)
    heard.put(None)


def _objects(lines: Any) -> Iterator[dict[str, Any]]:
    with suppress(OSError, ValueError):
        for line in lines:
            yield json.loads(line)


def _late(seconds: float) -> dict[str, Any]:
    message = f"the job took longer than {seconds:.0f} s"
    said = {"level": "error", "code": "out-of-time", "message": message, "hint": "ask for less"}
    return {"end": "failed", "problems": [said], "timings": {}}


class Hands:
    """All hands of one service."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self._settings, self._ledger = settings, ledger
        self._closing, self._dropping = threading.Event(), threading.Event()
        self._hands: list[Hand] = []
        self._threads: list[threading.Thread] = []
        self._log: BinaryIO | None = None

    def start(self) -> None:
        """Begin to do jobs."""
        log = self._log = (self._settings.folder / "workers.log").open("ab")
        for _ in range(self._settings.workers):
            bells = (threading.Event(), self._closing, self._dropping)
            hand = Hand(self._settings, self._ledger, log, *bells)
            self._hands.append(hand)
            self._threads.append(threading.Thread(target=hand.work, name="hand", daemon=True))
        for thread in self._threads:
            thread.start()

    def ring(self) -> None:
        """Tell the hands that there is a job."""
        for hand in self._hands:
            hand.bell.set()

    @property
    def alive(self) -> int:
        """Return how many hands there are to do jobs."""
        return sum(thread.is_alive() for thread in self._threads)

    def stop(self, grace: float) -> None:
        """Claim nothing more, wait so long for what is under way, and give back the rest."""
        self._closing.set()
        self.ring()
        until = time.monotonic() + grace
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        self._dropping.set()
        for thread in self._threads:
            thread.join()
        if self._log:
            self._log.close()
