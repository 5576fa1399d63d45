"""What the verbs work with: the jobs, their files, and the hands that do them."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from reelspec.service.files import JobFiles, job_files, remove
from reelspec.service.hands import Hands
from reelspec.service.jobs import Job, Kind, Order
from reelspec.service.ledger import Conflict, Full, Ledger
from reelspec.service.refusals import Refused, no_job
from reelspec.service.settings import Settings
from reelspec.service.telling import told_job

_LATER = 15
"""Seconds after which somebody who was turned away may ask again."""

_PEERS = 2
"""How many specs are read at once in this process."""


class Desk:
    """One service: its settings, its jobs and who does them."""

    def __init__(self, settings: Settings) -> None:
        settings.folder.mkdir(parents=True, exist_ok=True)
        self.settings = settings
        self.ledger = Ledger(settings.folder / "jobs.sqlite", settings.waiting, settings.lease)
        self.hands = Hands(settings, self.ledger)
        self._readers = threading.Semaphore(_PEERS)
        self.closing = threading.Event()

    def close(self, grace: float) -> None:
        """Stop working; what is not done waits for the next start."""
        self.closing.set()
        self.hands.stop(grace)
        self.ledger.close()

    def order(self, kind: Kind, request: Mapping[str, Any]) -> dict[str, Any]:
        """Accept an order, which is then safe, and return how its job stands."""
        asked = {key: value for key, value in request.items() if key != "key"}
        written = json.dumps([kind, asked], sort_keys=True).encode()
        digest = hashlib.sha256(written).hexdigest()
        try:
            job, _ = self.ledger.accept(Order(kind, asked, request.get("key", ""), digest))
        except Full:
            says = f"{self.settings.waiting} videos wait already"
            raise Refused(429, "queue-full", says, headers={"Retry-After": str(_LATER)}) from None
        except Conflict:
            says = "that key stands for another request"
            raise Refused(409, "key-conflict", says) from None
        self.hands.ring()
        return self.told(job)

    def job(self, name: str) -> Job:
        """Return a job; raises Refused where there is none of that id."""
        return self.ledger.get(name) or _raise(no_job())

    def files(self, name: str) -> JobFiles:
        """Return where a job's files lie; raises Refused where there is none of that id."""
        return job_files(self.settings.folder, self.job(name).id)

    def told(self, job: Job) -> dict[str, Any]:
        """Return how a job stands, with the addresses of what it has made so far."""
        return told_job(job, self.ledger.position(job.id), self._paths(job), time.time())

    def remove(self, name: str) -> None:
        """Cancel a job and forget it with all that it has made."""
        files = self.files(name)
        self.ledger.cancel(name)
        self.ledger.remove(name)
        remove(files.folder)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Wait until few enough others read specs."""
        with self._readers:
            yield

    def _paths(self, job: Job) -> dict[str, Any]:
        files, base = job_files(self.settings.folder, job.id), f"/videos/{job.id}"
        links: dict[str, Any] = {"status": f"{base}/status", "events": f"{base}/events"}
        kept = files.kept()
        there = {
            "spec": (files.spec.is_file(), f"{base}/spec"),
            "sheet": (files.sheet.is_file(), f"{base}/sheet"),
            "narration": ("narration.wav" in kept, f"{base}/files/narration.wav"),
            "captions": (files.captions() is not None, f"{base}/captions"),
            "film": (job.state == "done" and files.film.is_file(), f"{base}/download"),
        }
        links |= {name: link for name, (is_there, link) in there.items() if is_there}
        stills = [f"{base}/files/{name}" for name in kept if name.endswith(".png")]
        return links | ({"stills": stills} if stills else {})


def _raise(error: Exception) -> Any:
    raise error
