"""`render check`: every problem of some specs, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from renderer.cli.edge import STYLES, show_problems
from renderer.cli.options import (
    all_option,
    options,
    project_options,
    specs_argument,
    strict_option,
    variants,
)
from renderer.errors import Problem, SpecError, Stop, in_order, strictly
from renderer.looks import looks, reading_of_spec
from renderer.misfits import misfits, untimed
from renderer.render import Options, compile_spec


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
@all_option
@project_options
def command(
    specs: tuple[Path, ...],
    diagnostics: str,
    looking: bool,
    strict: bool,
    all_cuts: bool,
    **project: Any,
) -> int:
    """Show the problems of each spec once and return the exit status of the worst.

    Its cuts are read with it; what `--looks` asks for is done for them only with `--all`.
    """
    chosen = options(**project)
    every = all_cuts or not (looking or chosen.cut)
    status, told = 0, set[Problem]()
    for path, how in variants(specs, chosen, every):
        try:
            found = looked(path, how) if looking else _read(path, how)
            if strict and found:
                raise SpecError(*strictly(found))
        except Stop as stop:
            found, status = stop.problems, max(status, stop.status)
        show_problems([problem for problem in found if problem not in told], diagnostics)
        told |= set(found)
    return status


def _read(path: Path, chosen: Options) -> tuple[Problem, ...]:
    """Return the warnings that reading the spec gives."""
    spec = chosen.load(path)
    store = chosen.open_store(path)
    unfit = *misfits(spec.lines, store), *untimed(spec.scenes, store)
    return in_order([*spec.warnings, *reading_of_spec(spec), *unfit])


def looked(path: Path, chosen: Options) -> tuple[Problem, ...]:
    """Return the warnings that reading, speaking, planning and painting a spec's film give."""
    store = chosen.open_store(path)
    compiled = compile_spec(path, chosen, store)
    return in_order([*compiled.warnings, *looks(compiled.timeline, store, chosen.processes)])
