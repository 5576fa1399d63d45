"""`render doctor`: what this machine has and what it lacks."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from renderer.cli.check import looked
from renderer.cli.edge import show_problems
from renderer.doctor import Finding, findings
from renderer.errors import MissingError
from renderer.render import Options
from renderer.store import Store


@click.command(
    help="Show what this machine has, what it lacks and what would mend it; with a SPEC, also what "
    "is wrong with its film: text that is cut, pale, hasty or in the way."
)
@click.argument("spec", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@click.option("--store", type=click.Path(file_okay=False, path_type=Path), default=Path(".render"))
def command(spec: Path | None, as_json: bool, store: Path) -> int:
    """Print what was found; the status is that of a missing part where a needed one is missing.

    The problems of a spec go to standard error; raises what compiling it does.
    """
    found = list(findings(Store(store)))
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            click.echo(_line(each))
    if spec:
        show_problems(looked(spec, Options()))
    broken = any(each.needed and not each.works for each in found)
    return MissingError.status if broken else 0


def _line(found: Finding) -> str:
    sign = click.style("ok  ", fg="green") if found.works else click.style("lack", fg="red")
    hint = f"\n       → {found.hint}" if found.hint and not found.works else ""
    return f"{sign}  {found.name}: {found.detail}{hint}"
