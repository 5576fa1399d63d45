"""The jobs in SQLite: what was accepted is on the disk before anyone is told so.

A job is claimed for a time, the lease, which its server renews as long as it lives. A lease that
runs out gives the job back, so work is done at least once; what it makes is named by its recipe, so
doing it twice does no harm.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reelspec.service.jobs import ENDED, Job, Order

MOST_DEATHS = 2
MOST_LOST = 20
"""How many servers may go away under a job before it counts as what takes them down."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
  number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, key TEXT UNIQUE, digest TEXT NOT NULL,
  kind TEXT NOT NULL, request TEXT NOT NULL, state TEXT NOT NULL, stage TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,
  created REAL NOT NULL, begun REAL, ended REAL, worker TEXT, lease REAL,
  deaths INTEGER NOT NULL DEFAULT 0, lost INTEGER NOT NULL DEFAULT 0,
  problems TEXT NOT NULL DEFAULT '[]', timings TEXT NOT NULL DEFAULT '{}',
  told INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS by_state ON jobs (state, number);
"""
_COLUMNS = (
    "id, kind, request, state, stage, done, total, created, begun, ended, deaths, lost, problems,"
    " timings, revision"
)
_FREE = "worker = NULL, lease = NULL, revision = revision + 1"


class Full(Exception):
    """As many jobs wait as may."""


class Conflict(Exception):
    """The same key stands for another request."""


class Ledger:
    """The jobs of one folder; any thread, and any process, may use the same file."""

    def __init__(self, path: Path, waiting: int, lease: float) -> None:
        self._waiting, self._lease = waiting, lease
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(
            path, timeout=30, isolation_level=None, check_same_thread=False
        )
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = FULL")
        self._base.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._base.close()

    def accept(self, order: Order) -> tuple[Job, bool]:
        """Return the job for an order, and whether it is a new one; raises Full and Conflict."""
        with self._changing() as base:
            if order.key and (found := self._by_key(base, order)):
                return found, False
            waiting = base.execute("SELECT count(*) FROM jobs WHERE state = 'queued'").fetchone()[0]
            if waiting >= self._waiting:
                raise Full
            name = uuid.uuid4().hex
            base.execute(
                "INSERT INTO jobs (id, key, digest, kind, request, state, stage, created)"
                " VALUES (?, ?, ?, ?, ?, 'queued', 'queued', ?)",
                (name, order.key or None, order.digest, order.kind, _json(order.request), _now()),
            )
            return self._one(base, name), True

    def claim(self, worker: str) -> Job | None:
        """Return the job that waits longest, from now on this worker's, or None.

        Those under which a server went away come last, so that none of them holds up all others.
        """
        with self._changing() as base:
            self._expire(base)
            row = base.execute(
                "SELECT id FROM jobs WHERE state = 'queued' ORDER BY lost, number LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            base.execute(
                "UPDATE jobs SET state = 'running', worker = ?, lease = ?, revision = revision + 1,"
                " stage = CASE kind WHEN 'render' THEN 'check' ELSE 'author' END, begun = ?"
                " WHERE id = ?",
                (worker, _now() + self._lease, _now(), row[0]),
            )
            return self._one(base, row[0])

    def beat(self, name: str, worker: str, stage: str, done: int, total: int) -> bool:
        """Renew a lease and note how far the job is; return whether it is still this worker's."""
        with self._changing() as base:
            changed = base.execute(
                "UPDATE jobs SET lease = ?, stage = ?, done = ?, total = ?, revision = revision + 1"
                " WHERE id = ? AND worker = ? AND state = 'running'",
                (_now() + self._lease, stage, done, total, name, worker),
            )
            return changed.rowcount == 1

    def end(
        self,
        name: str,
        worker: str,
        state: str,
        problems: Sequence[Mapping[str, Any]],
        timings: Mapping[str, float],
    ) -> bool:
        """Note how a job ended; return whether it still was this worker's to end."""
        with self._changing() as base:
            changed = base.execute(
                f"UPDATE jobs SET state = ?, ended = ?, problems = ?, timings = ?, {_FREE}"
                " WHERE id = ? AND worker = ? AND state = 'running'",
                (state, _now(), _json(list(problems)), _json(timings), name, worker),
            )
            return changed.rowcount == 1

    def give_back(self, name: str, worker: str) -> None:
        """Let a job wait again that its server cannot go on with."""
        with self._changing() as base:
            base.execute(
                f"UPDATE jobs SET state = 'queued', stage = 'queued', done = 0, total = 0, {_FREE}"
                " WHERE id = ? AND worker = ? AND state = 'running'",
                (name, worker),
            )

    def died(self, name: str, worker: str, reason: Mapping[str, Any]) -> None:
        """Note that a job has ended its worker: it waits again, or fails with the reason."""
        with self._changing() as base:
            base.execute(
                "UPDATE jobs SET deaths = deaths + 1 WHERE id = ? AND worker = ?", (name, worker)
            )
            base.execute(
                f"UPDATE jobs SET state = 'failed', ended = ?, problems = ?, {_FREE}"
                " WHERE id = ? AND worker = ? AND state = 'running' AND deaths >= ?",
                (_now(), _json([reason]), name, worker, MOST_DEATHS),
            )
        self.give_back(name, worker)

    def cancel(self, name: str) -> bool:
        """End a job that waits or runs; return whether there was one to end."""
        with self._changing() as base:
            changed = base.execute(
                f"UPDATE jobs SET state = 'cancelled', ended = ?, {_FREE}"
                " WHERE id = ? AND state IN ('queued', 'running')",
                (_now(), name),
            )
            return changed.rowcount == 1

    def remove(self, name: str) -> None:
        """Forget a job that has ended."""
        with self._changing() as base:
            base.execute(f"DELETE FROM jobs WHERE id = ? AND state IN {ENDED}", (name,))

    def get(self, name: str) -> Job | None:
        """Return a job by its id, or None."""
        with self._lock:
            row = self._base.execute(
                f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (name,)
            ).fetchone()
        return _job(row) if row else None

    def newest(self, count: int, before: float | None = None) -> list[Job]:
        """Return the jobs that came last, newest first; `before` a time where one is given."""
        query = f"SELECT {_COLUMNS} FROM jobs WHERE created < ? ORDER BY number DESC LIMIT ?"
        with self._lock:
            return [_job(row) for row in self._base.execute(query, (before or 1e12, count))]

    def position(self, name: str) -> int:
        """Return how many jobs come before one that waits, itself counted; 0 for all others."""
        query = (
            "SELECT count(*) FROM jobs WHERE state = 'queued' AND (lost, number) <="
            " (SELECT lost, number FROM jobs WHERE id = ? AND state = 'queued')"
        )
        with self._lock:
            return int(self._base.execute(query, (name,)).fetchone()[0])

    def counts(self) -> dict[str, int]:
        """Return how many jobs there are in each state."""
        query = "SELECT state, count(*) FROM jobs GROUP BY state"
        with self._lock:
            return dict.fromkeys(("queued", "running", *ENDED), 0) | dict(self._base.execute(query))

    def ended(self) -> list[Job]:
        """Return the jobs that have ended, the one that did so first before all others."""
        query = f"SELECT {_COLUMNS} FROM jobs WHERE state IN {ENDED} ORDER BY ended"
        with self._lock:
            return [_job(row) for row in self._base.execute(query)]

    def untold(self) -> list[Job]:
        """Return the jobs that have ended and whose webhook nobody has answered yet."""
        query = f"SELECT {_COLUMNS} FROM jobs WHERE state IN {ENDED} AND told = 0 ORDER BY ended"
        with self._lock:
            rows = list(self._base.execute(query))
        return [job for job in map(_job, rows) if job.request.get("webhook")]

    def told(self, name: str) -> None:
        """Note that a job's webhook needs no more."""
        with self._changing() as base:
            base.execute("UPDATE jobs SET told = 1 WHERE id = ?", (name,))

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Give the base inside a transaction that no other writer comes between."""
        with self._lock:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")

    def _expire(self, base: sqlite3.Connection) -> None:
        """Let jobs wait again whose server is gone; those that outlive too many servers fail."""
        reason = {"code": "server-lost", "message": "the server went away under this job too often"}
        base.execute(
            f"UPDATE jobs SET state = 'failed', ended = ?, problems = ?, lost = lost + 1, {_FREE}"
            " WHERE state = 'running' AND lease < ? AND lost >= ?",
            (_now(), _json([reason]), _now(), MOST_LOST),
        )
        base.execute(
            f"UPDATE jobs SET state = 'queued', stage = 'queued', lost = lost + 1, {_FREE}"
            " WHERE state = 'running' AND lease < ?",
            (_now(),),
        )

    def _by_key(self, base: sqlite3.Connection, order: Order) -> Job | None:
        row = base.execute("SELECT id, digest FROM jobs WHERE key = ?", (order.key,)).fetchone()
        if row is None:
            return None
        if row[1] != order.digest:
            raise Conflict
        return self._one(base, row[0])

    def _one(self, base: sqlite3.Connection, name: str) -> Job:
        return _job(base.execute(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (name,)).fetchone())


def _job(row: Sequence[Any]) -> Job:
    said: dict[str, Any] = dict(zip(_COLUMNS.split(", "), row, strict=True))
    read = {key: json.loads(said[key]) for key in ("request", "timings", "problems")}
    return Job(**said | read | {"problems": tuple(read["problems"])})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _now() -> float:
    return time.time()
