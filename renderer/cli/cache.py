"""`render cache`: how much is kept, whether it is whole, and letting go of it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import click

from renderer import housekeeping
from renderer.errors import Problem, UsageError
from renderer.paths import root_of
from renderer.store import Store

_DAY = 86_400
_UNITS = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3, "t": 1024**4}
_store = click.option(
    "--store",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The cache.  [default: .render in the root of the working folder]",
)


@click.group(help="Look after the cache; deleting its folder is always safe.")
def command() -> None:
    """Hold the verbs of the cache together."""


@command.command(help="Say how much is kept.")
@_store
def info(folder: Path | None) -> None:
    """Print where the store is and how much it holds, by stage."""
    store = _open(folder)
    found = housekeeping.summary(store)
    click.echo(f"{store.folder}: {found.entries} entries, {_size(found.size)}")
    for stage, (count, size) in found.stages.items():
        click.echo(f"  {stage}: {count} entries, {_size(size)}")


@command.command(help="Read everything and name what is damaged; it would be made again.")
@_store
def verify(folder: Path | None) -> int:
    """Print damaged files; the status is 1 where there are any."""
    found = housekeeping.damaged(_open(folder))
    for path in found:
        click.echo(path)
    return 1 if found else 0


@command.command(help="Let go of what was longest unused.")
@_store
@click.option("--keep", default="0", show_default=True, help="How much may stay: 500M, 2G.")
@click.option("--days", type=click.FloatRange(min=0), help="Only what was unused for so many days.")
def prune(folder: Path | None, keep: str, days: float | None) -> None:
    """Remove entries and print how many went."""
    limit = _bytes(keep) if days is None or keep != "0" else None
    since = time.time() - days * _DAY if days is not None else None
    count, size = housekeeping.prune(_open(folder), limit=limit, unused_since=since)
    click.echo(f"{count} entries removed, {_size(size)}")


def _open(folder: Path | None) -> Store:
    return Store(folder or root_of(Path("film.yaml")) / ".render")


def _bytes(written: str) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)b?", written.strip().lower())
    if not match:
        raise UsageError(Problem("usage", f"--keep {written} is no size", hint="write 500M or 2G"))
    return int(float(match[1]) * _UNITS[match[2]])


def _size(size: float) -> str:
    for unit in ("bytes", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"
