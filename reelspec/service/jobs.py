"""A job: what was asked for, how far it is, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["generate", "write", "render"]
State = Literal["queued", "running", "done", "failed", "cancelled"]

ENDED = ("done", "failed", "cancelled")

STAGES = {
    "queued": (0.0, 0.0),
    "author": (0.0, 0.15),
    "check": (0.15, 0.17),
    "speak": (0.17, 0.3),
    "sheet": (0.3, 0.35),
    "read": (0.35, 0.35),
    "frames": (0.35, 0.97),
    "join": (0.97, 1.0),
    "done": (1.0, 1.0),
}
"""Stage → the shares of the whole job between which it runs."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asks for.

    `request` is what came in, checked; `key` makes it the same job when it is asked for again, and
    `digest` tells whether it is the same that was asked for then.
    """

    kind: Kind
    request: Mapping[str, Any]
    key: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands; times are seconds since 1970, `timings` seconds by stage.

    `deaths` counts the workers that it has ended, `lost` the servers that went away under it.
    """

    id: str
    kind: Kind
    request: Mapping[str, Any]
    state: State
    stage: str
    done: int
    total: int
    created: float
    begun: float | None = None
    ended: float | None = None
    deaths: int = 0
    lost: int = 0
    problems: tuple[Mapping[str, Any], ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    revision: int = 0

    @property
    def is_mock(self) -> bool:
        """Return whether neither voice nor film is wanted."""
        return self.request.get("generation_mode") == "mock"

    @property
    def progress(self) -> float:
        """Return the share of the job that is done, from 0 to 1, which it is at the end alone."""
        if self.state in ENDED:
            return 1.0
        first, last = STAGES.get(self.stage, (0.0, 0.0))
        share = self.done / self.total if self.total else 0.0
        return round(min(0.99, first + (last - first) * min(1.0, share)), 4)

    def seconds_left(self, now: float) -> float | None:
        """Return how long it may still take, by how fast it was so far; None where nobody knows."""
        if self.state in ENDED:
            return 0.0
        if self.state != "running" or self.begun is None or self.progress < 0.05:
            return None
        return round((now - self.begun) * (1 - self.progress) / self.progress, 1)
