"""What the verbs that serve have in common: where files are kept, how much is taken on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from reelspec.service.settings import Settings
from renderer.errors import Problem, UsageError
from renderer.work import cores

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
_GIBIBYTE = 1 << 30


def service_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every verb that serves takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def settings_of(
    sources: tuple[str, ...] = (),
    author: tuple[str, ...] = (),
    quota: float = 20.0,
    keep: float = 7.0,
    **how: Any,
) -> Settings:
    """Return the settings that the command line and the environment mean.

    Raises UsageError for a source that is not there.
    """
    named = [word for source in sources for word in ("--source", _source(source))]
    return Settings(
        author=(*named, *author),
        quota=int(quota * _GIBIBYTE),
        keep=keep * 86400,
        token=os.environ.get("REELSPEC_TOKEN", ""),
        secret=os.environ.get("REELSPEC_WEBHOOK_SECRET", ""),
        **how,
    )


def _source(named: str) -> str:
    """Return an address as it is, and a file as it is found from any folder."""
    if named.startswith(("http://", "https://")):
        return named
    path = Path(named).resolve()
    if not path.exists():
        raise UsageError(Problem("missing-file", f"there is no source '{named}'"))
    return str(path)


_OPTIONS: list[Decorator] = [
    click.option(
        "--folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("reelspec-data"),
        show_default=True,
        help="Where jobs, uploads and the cache are kept.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(1, 64),
        default=max(1, cores() // 2),
        show_default=True,
        help="Jobs at once.",
    ),
    click.option(
        "--waiting", type=click.IntRange(1), default=100, show_default=True, help="Jobs in line."
    ),
    click.option(
        "--seconds", type=click.FloatRange(1), default=1800.0, show_default=True, help="Of a job."
    ),
    click.option(
        "--lease",
        type=click.FloatRange(0.5),
        default=20.0,
        show_default=True,
        help="Seconds after which a job whose server is gone is taken up again.",
    ),
    click.option(
        "--quota", type=click.FloatRange(0), default=20.0, show_default=True, help="In GiB."
    ),
    click.option(
        "--keep",
        type=click.FloatRange(0),
        default=7.0,
        show_default=True,
        help="Days to keep jobs.",
    ),
    click.option(
        "--source",
        "sources",
        multiple=True,
        metavar="FILE|URL",
        help="What the author may rest on. Repeatable.",
    ),
    click.option(
        "--writer",
        "writers",
        multiple=True,
        default=("outline",),
        show_default=True,
        help="A writer that requests may name. Repeatable.",
    ),
    click.option(
        "--author-option",
        "author",
        multiple=True,
        metavar="WORD",
        help="A word for the command line of `author`, such as --writer=llm. Repeatable.",
    ),
]
