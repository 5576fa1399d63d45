"""`render check`: every problem of some specs, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from renderer.cli.edge import STYLES, show_problems
from renderer.cli.options import options, project_options, specs_argument, strict_option
from renderer.errors import Problem, SpecError, Stop, in_order, strictly
from renderer.looks import looks, reading_of_spec
from renderer.render import Options, compile_spec
from renderer.spec import load


@click.command(help="Check specs and show every problem; nothing is painted without --looks.")
@specs_argument
@click.option("--diagnostics", type=click.Choice(list(STYLES)), default="human", show_default=True)
@click.option(
    "--looks",
    "looking",
    is_flag=True,
    help="Also speak and paint: text that is cut, pale, hasty or in the way.",
)
@strict_option
@project_options
def command(
    specs: tuple[Path, ...], diagnostics: str, looking: bool, strict: bool, **project: Any
) -> int:
    """Show the problems of each spec and return the exit status of the worst."""
    chosen = options(**project)
    status = 0
    for path in specs:
        try:
            found = looked(path, chosen) if looking else _read(path, chosen)
            if strict and found:
                raise SpecError(*strictly(found))
        except Stop as stop:
            found, status = stop.problems, max(status, stop.status)
        show_problems(found, diagnostics)
    return status


def _read(path: Path, chosen: Options) -> tuple[Problem, ...]:
    """Return the warnings that reading the spec gives."""
    spec = load(path, root=chosen.root, variables=chosen.variables, limits=chosen.limits)
    return in_order([*spec.warnings, *reading_of_spec(spec)])


def looked(path: Path, chosen: Options) -> tuple[Problem, ...]:
    """Return the warnings that reading, speaking, planning and painting a spec's film give."""
    store = chosen.open_store(path)
    compiled = compile_spec(path, chosen, store)
    return in_order([*compiled.warnings, *looks(compiled.timeline, store, chosen.processes)])
