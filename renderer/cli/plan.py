"""`render plan`: the timeline as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from renderer.cli.edge import show_problems
from renderer.cli.options import options, project_options, spec_argument
from renderer.render import compile_spec


@click.command(help="Print the timeline of a spec as JSON (schemas/timeline.json).")
@spec_argument
@project_options
def command(spec: Path, **project: Any) -> None:
    """Print the timeline on standard output, warnings on standard error."""
    chosen = options(**project)
    compiled = compile_spec(spec, chosen, chosen.open_store(spec))
    show_problems(compiled.warnings)
    click.echo(json.dumps(compiled.timeline.to_json(), ensure_ascii=False, indent=2))
