"""Webhooks: whoever asked for it is told when a job has ended, signed, again until it is heard."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field

from reelspec.service import logs
from reelspec.service.desk import Desk
from reelspec.service.jobs import Job
from reelspec.service.outgoing import post, signature

PAUSES = (5.0, 30.0, 120.0, 600.0)
"""Seconds between one attempt and the next; after the fifth nobody is told any more."""

_LOOK = 1.0


@dataclass(slots=True)
class Teller:
    """A thread that tells webhooks, one after the other."""

    desk: Desk
    pauses: tuple[float, ...] = PAUSES
    _over: threading.Event = field(default_factory=threading.Event)
    _tried: dict[str, tuple[int, float]] = field(default_factory=dict)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to tell, where webhooks are switched on."""
        if self.desk.settings.hooks:
            self._thread = threading.Thread(target=self._work, name="teller", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Tell nobody any more; what is not told is told after the next start."""
        self._over.set()
        if self._thread:
            self._thread.join()

    def _work(self) -> None:
        while not self._over.wait(_LOOK):
            for job in self.desk.ledger.untold():
                if not self._over.is_set() and self._tried.get(job.id, (0, 0.0))[1] <= _now():
                    self._tell(job)

    def _tell(self, job: Job) -> None:
        """Tell one job, or note when to try again."""
        why = post(job.request["webhook"], *self._message(job), frozenset(self.desk.settings.near))
        count = self._tried.get(job.id, (0, 0.0))[0] + 1
        logs.say("webhook", job=job.id, attempt=count, outcome=why or "taken")
        if not why or count > len(self.pauses):
            self.desk.ledger.told(job.id)
            self._tried.pop(job.id, None)
        else:
            self._tried[job.id] = (count, _now() + self.pauses[count - 1])

    def _message(self, job: Job) -> tuple[dict[str, str], bytes]:
        """Return headers and body; the id is the job's, so that it is known when it comes twice."""
        stamp = int(time.time())
        data = {"type": f"video.{job.state}", "timestamp": stamp, "data": self.desk.told(job)}
        body = json.dumps(data, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "reelspec",
            "webhook-id": job.id,
            "webhook-timestamp": str(stamp),
            "webhook-signature": signature(self.desk.settings.secret, job.id, stamp, body),
        }
        return headers, body


def _now() -> float:
    return time.monotonic()
