"""What the author tells while it works: lines for people, objects for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_SAID = {
    "research": "reading about",
    "calibrate": "listening to the voice in",
    "write": "writing",
    "measure": "speaking and measuring",
    "pace": "setting the pace to",
    "pictures": "making pictures",
}
"""Stage → what people are told that goes on."""

Report = Callable[[str, str], None]


@contextmanager
def telling(objects: bool, quiet: bool) -> Iterator[Report]:
    """Give what tells of each step on standard error: objects, a live line, lines, or nothing.

    For people each stage is told of once; a program is told of every step.
    """
    if quiet:
        yield lambda stage, says: None
    elif objects:
        yield _object
    elif sys.stderr.isatty():
        with _live() as report:
            yield report
    else:
        yield _lines()


def _object(stage: str, says: str) -> None:
    click.echo(json.dumps({"stage": stage, "says": says}, ensure_ascii=False), err=True)


def _lines() -> Report:
    """Return what writes a line when a stage begins for the first time."""
    begun: set[str] = set()

    def report(stage: str, says: str) -> None:
        if stage not in begun:
            begun.add(stage)
            click.echo(f"{_SAID.get(stage, stage)} {says}".rstrip(), err=True)

    return report


@contextmanager
def _live() -> Iterator[Report]:
    """Give what keeps one line of a terminal up to date; it is gone at the end."""
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status("") as status:
        yield lambda stage, says: status.update(escape(f"{_SAID.get(stage, stage)} {says}"))
