"""`render why`: what a render would make, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from renderer import history
from renderer.cli.options import options, project_options, spec_argument
from renderer.render import compile_spec


@click.command(help="Say what a render would make, and why it is not in the cache.")
@spec_argument
@project_options
def command(spec: Path, **project: Any) -> None:
    """Print a line for each segment that would be made, or that there is none."""
    chosen = options(**project)
    store = chosen.open_store(spec)
    timeline = compile_spec(spec, chosen, store).timeline
    for reason in history.reasons(store, spec, timeline) or ["nothing: every segment is there"]:
        click.echo(reason)
