"""Problems and jobs as JSON values, without a path of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reelspec.service.jobs import Job
from renderer.errors import Problem


def told_problem(problem: Problem, folder: Path | None = None) -> dict[str, Any]:
    """Return a problem as JSON; files are named from `folder`, lines and columns count from 1."""
    said: dict[str, Any] = {
        "level": problem.level,
        "code": problem.code,
        "message": _within(problem.message, folder),
        "hint": _within(problem.hint, folder),
    }
    place = problem.place
    if place is None:
        return said
    where = {"file": _within(place.file, folder), "line": place.line, "column": place.column}
    return {**said, **where, "length": place.length, "text": place.text[:400]}


def told_problems(problems: Iterable[Problem], folder: Path | None = None) -> list[dict[str, Any]]:
    """Return several problems as JSON."""
    return [told_problem(each, folder) for each in problems]


def _within(text: str, folder: Path | None) -> str:
    """Return a text with a folder's files named as they are seen from it."""
    if folder is None:
        return text
    for name in (str(folder.resolve()), str(folder)):
        text = text.replace(f"{name}/", "").replace(f"{name}\\", "").replace(name, ".")
    return text


def told_job(job: Job, position: int, paths: Mapping[str, Any], now: float) -> dict[str, Any]:
    """Return how a job stands; `paths` are addresses of what it has made so far."""
    return {
        "session_id": job.id,
        "kind": job.kind,
        "prompt": job.request.get("prompt", ""),
        "generation_mode": job.request.get("generation_mode", "real"),
        "state": job.state,
        "stage": job.stage if job.state == "running" else job.state,
        "position": position,
        "progress": job.progress,
        "seconds_left": job.seconds_left(now),
        "created": job.created,
        "begun": job.begun,
        "ended": job.ended,
        "paths": dict(paths),
        "problems": [dict(each) for each in job.problems],
        "timings": dict(job.timings),
    }
