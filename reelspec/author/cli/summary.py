"""What was written, for people: a few lines on standard error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reelspec.author.account import Account
from reelspec.author.quality import Quality


def summary(out: Path, told: Account) -> str:
    """Return what was written, how long it lasts, what it rests on, what is to be reviewed."""
    return "\n".join([_written(out, told), _rests(told), _review(out, told)])


def show_summary(out: Path, told: Account) -> None:
    """Write the summary to standard error."""
    click.echo(summary(out, told), err=True)


def show_pictures(folder: str, album: Any) -> None:
    """Write to standard error how many pictures there are, and how many of them are credited."""
    if album.prints:
        count, credited = _count(len(album.prints), "picture"), len(album.sources)
        click.echo(f"  {count} in {folder}, {credited} credited", err=True)


def _written(out: Path, told: Account) -> str:
    about = "" if told.measured else "about "
    lasts = f"{about}{told.seconds:.1f} s of {told.asked:g} s"
    return f"wrote {out.name}: {_count(told.scenes, 'scene')}, {lasts}"


def _rests(told: Account) -> str:
    if not told.statements:
        return "  nothing is said"
    share = f"{told.sourced} of {_count(told.statements, 'statement')} with a source"
    if not told.research.sources:
        return f"  {share}: there was none to rest on"
    found = f"{_count(told.research.sources, 'source')} from {_count(told.research.sites, 'place')}"
    return f"  {share}; {found}{_days(told.research)}"


def _days(found: Quality) -> str:
    """Return from when the sources are, where they say so."""
    if not found.dated:
        return ""
    first, last = found.earliest[:4], found.latest[:4]
    return f", published {first}" if first == last else f", published {first} to {last}"


def _review(out: Path, told: Account) -> str:
    if not told.to_review:
        return "  nothing is marked for review; read it all the same before you render it"
    scenes = ", ".join(dict.fromkeys(name for name, _ in told.doubts if name))
    says = f"{_count(told.to_review, 'sentence')} to review in {scenes}"
    return f"  {says}: look for `needs-review` in {out.name}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
