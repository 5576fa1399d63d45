"""What is let go of: jobs that ended long ago, the oldest where room runs out, old uploads."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

from reelspec.service import logs
from reelspec.service.desk import Desk
from reelspec.service.files import job_files, remove, size
from renderer.housekeeping import prune
from renderer.store import Store

_EVERY = 60.0


def tidy(desk: Desk) -> int:
    """Let go of what is too old or too much, and return how many jobs went."""
    ended = desk.ledger.ended()
    settings, now = desk.settings, time.time()
    sizes = {job.id: size(job_files(settings.folder, job.id).folder) for job in ended}
    taken, gone = sum(sizes.values()), 0
    for job in ended:
        old = now - (job.ended or now) > settings.keep
        if old or taken > settings.quota:
            taken -= sizes[job.id]
            desk.ledger.remove(job.id)
            remove(job_files(settings.folder, job.id).folder)
            gone += 1
    _strays(desk, settings.folder / "jobs", now - _EVERY)
    _uploads(settings.folder / "uploads", now - settings.keep)
    return gone


def _strays(desk: Desk, folder: Path, before: float) -> None:
    """Remove what a job that was forgotten while it was done has made after that."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if desk.ledger.get(path.name) is None and path.stat().st_mtime < before:
            remove(path)


def _uploads(folder: Path, before: float) -> None:
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()


class Keeper:
    """A thread that tidies once a minute."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        """Begin to tidy."""
        self._thread.start()

    def stop(self) -> None:
        """Tidy no more."""
        self._over.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._over.is_set():
            try:
                tidy(self._desk)
                prune(Store(self._desk.settings.store), limit=self._desk.settings.quota)
            except Exception as error:
                logs.fault("tidying failed", error)
            self._over.wait(_EVERY)
