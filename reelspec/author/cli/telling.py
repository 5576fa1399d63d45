"""What the author tells while it works and after: lines for people, objects for programs."""

from __future__ import annotations

import json
from collections.abc import Callable

import click

_SAID = {
    "research": "reading",
    "calibrate": "listening to the voice",
    "write": "writing",
    "measure": "speaking and measuring",
    "pace": "setting the pace to",
    "pictures": "making pictures",
}

Report = Callable[[str, str], None]


def telling(objects: bool, quiet: bool) -> Report:
    """Return what writes each step to standard error: a line, a JSON object, or nothing."""
    if quiet:
        return lambda stage, says: None
    return _object if objects else _line


def _object(stage: str, says: str) -> None:
    click.echo(json.dumps({"stage": stage, "says": says}, ensure_ascii=False), err=True)


def _line(stage: str, says: str) -> None:
    click.echo(f"{_SAID.get(stage, stage)}: {says}", err=True)
