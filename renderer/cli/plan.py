"""`render plan`: the timeline as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from renderer.cli.edge import show_problems
from renderer.cli.options import all_option, options, project_options, spec_argument, variants
from renderer.render import compile_spec


@click.command(help="Print the timeline of a spec as JSON (schemas/timeline.json).")
@spec_argument
@all_option
@project_options
def command(spec: Path, all_cuts: bool, **project: Any) -> None:
    """Print the timeline on standard output, warnings on standard error.

    With `--all` it is a map of cut → timeline; the film itself has an empty name.
    """
    found = {}
    for _, chosen in variants((spec,), options(**project), all_cuts):
        compiled = compile_spec(spec, chosen, chosen.open_store(spec))
        show_problems(compiled.warnings)
        found[chosen.cut] = compiled.timeline.to_json()
    shown = found if all_cuts else next(iter(found.values()))
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
