"""Progress on standard error: a bar on a terminal, a line a stage elsewhere, nothing when quiet."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from renderer.build import Report

_STAGES = {"speak": "speaking", "read": "reading", "frames": "encoding", "join": "joining"}
_UNITS = {"speak": "lines", "read": "pieces of video", "frames": "frames", "join": "film"}


STYLES = ("auto", "lines", "json", "none")
"""`auto` is a bar on a terminal and lines elsewhere; `json` is an object a line."""


@contextmanager
def progress(style: str) -> Iterator[Report]:
    """Give what to report progress to in a style of STYLES."""
    if style == "none":
        yield lambda stage, done, total: None
    elif style == "json":
        yield _objects()
    elif style == "auto" and sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _lines()


def _lines() -> Report:
    """Return what writes a line when a stage begins that has something to do."""
    begun: set[str] = set()

    def report(stage: str, done: int, total: int) -> None:
        if stage not in begun and done < total:
            begun.add(stage)
            click.echo(f"{_STAGES[stage]}: {total - done} {_UNITS[stage]}", err=True)

    return report


def _objects() -> Report:
    """Return what writes each step as JSON: stage, done, total, a second's worth, seconds left."""
    begun: dict[str, tuple[float, int]] = {}

    def report(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        since, before = begun.setdefault(stage, (now, done))
        speed = (done - before) / (now - since) if now > since else 0.0
        left = round((total - done) / speed, 1) if speed else None
        said = {
            "stage": stage,
            "done": done,
            "total": total,
            "speed": round(speed, 1),
            "eta_s": left,
        }
        click.echo(json.dumps(said), err=True)

    return report


@contextmanager
def _bar() -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description:>9}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f} {task.fields[unit]}"),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, int] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                name, unit = _STAGES[stage], _UNITS[stage]
                tasks[stage] = shown.add_task(name, total=total, unit=unit, speed="")
            task = shown.tasks[list(tasks).index(stage)]
            speed = f"{task.speed:.0f}/s" if task.speed else ""
            shown.update(task.id, completed=done, total=total, speed=speed)

        yield report
