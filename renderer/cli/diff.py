"""`render diff`: two films compared in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from renderer.cli.options import options, project_options
from renderer.compare import differences
from renderer.render import compile_spec

_SPEC = click.Path(path_type=Path)


@click.command(help="Say in words how the film of one spec differs from that of another.")
@click.argument("before", type=_SPEC)
@click.argument("after", type=_SPEC)
@project_options
def command(before: Path, after: Path, **project: Any) -> None:
    """Print a line for each difference of the two timelines, or that there is none."""
    chosen = options(**project)
    old, new = (
        compile_spec(spec, chosen, chosen.open_store(spec)).timeline for spec in (before, after)
    )
    for line in differences(old, new) or ["the films are the same"]:
        click.echo(line)
