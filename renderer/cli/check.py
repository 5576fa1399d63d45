"""`render check`: every problem of some specs, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from renderer.cli.edge import STYLES, show_problems
from renderer.cli.options import options, project_options, specs_argument
from renderer.errors import Stop
from renderer.spec import load


@click.command(help="Check specs and show every problem; nothing is spoken or painted.")
@specs_argument
@click.option("--diagnostics", type=click.Choice(list(STYLES)), default="human", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@project_options
def command(specs: tuple[Path, ...], diagnostics: str, strict: bool, **project: Any) -> int:
    """Show the problems of each spec and return the exit status of the worst."""
    chosen = options(**project)
    status = 0
    for path in specs:
        try:
            found = load(path, root=chosen.root, variables=chosen.variables).warnings
            status = max(status, 3 if strict and found else 0)
        except Stop as stop:
            found, status = stop.problems, max(status, stop.status)
        show_problems(found, diagnostics)
    return status
