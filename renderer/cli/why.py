"""`render why`: what a render would make, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from renderer import history
from renderer.cli.options import (
    all_option,
    options,
    project_options,
    spec_argument,
    still_option,
    variants,
)
from renderer.render import compile_spec


@click.command(help="Say what a render would make, and why it is not in the cache.")
@spec_argument
@all_option
@still_option
@project_options
def command(spec: Path, all_cuts: bool, **project: Any) -> None:
    """Print a line for each segment that would be made, or that there is none."""
    for _, chosen in variants((spec,), options(**project), all_cuts):
        store = chosen.open_store(spec)
        timeline = compile_spec(spec, chosen, store).timeline
        reasons = history.reasons(store, spec, timeline, chosen.cut, chosen.still)
        for reason in reasons or ["nothing: every segment is there"]:
            click.echo(f"{chosen.cut}: {reason}" if all_cuts and chosen.cut else reason)
