"""`render batch`: one film for each row of a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from renderer.batch import Outcome, batch, named, rows_of
from renderer.cli.edge import as_json, show_problems
from renderer.cli.options import (
    options,
    project_options,
    spec_argument,
    stem,
    still_option,
    strict_option,
)
from renderer.forms import form
from renderer.spec import format_of

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    help="Make one film for each row of a CSV or JSON file; in the spec `row` is the row."
)
@spec_argument
@click.option("--rows", "table", type=_FILE, required=True, help="The rows: a .csv or .json file.")
@click.option(
    "--name", default="", metavar="TEXT", help="Name of a film, such as '{{ row.name }}'."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("output"),
    show_default=True,
    help="The folder of the films.",
)
@click.option("--format", metavar="NAME", default="", help="As for `render`.")
@click.option("--draft", is_flag=True, help="Half the size, 12 frames a second, no new speech.")
@still_option
@click.option("--json", "objects", is_flag=True, help="Print what became of a row as JSON.")
@strict_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@project_options
def command(
    spec: Path, table: Path, name: str, output: Path, objects: bool, quiet: bool, **how: Any
) -> int:
    """Make the films; the status is that of the worst row, whose problems are on standard error."""
    chosen = options(**how)
    kind = chosen.format or format_of(spec, chosen.cut)
    films = named(rows_of(table), name, stem(spec, chosen))
    done: list[Outcome] = []
    for outcome in batch(spec, films, output, form(kind).suffix, chosen):
        done.append(outcome)
        _tell(outcome, objects, quiet)
    failed = sum(outcome.made is None for outcome in done)
    if not quiet:
        click.echo(f"{len(done) - failed} films made, {failed} rows failed", err=True)
    return max(outcome.status for outcome in done)


def _tell(outcome: Outcome, objects: bool, quiet: bool) -> None:
    """Print the film of a row, or its problems under a line that names the row."""
    if objects:
        click.echo(_object(outcome))
        return
    if outcome.made:
        click.echo(outcome.made.path)
    shown = outcome.problems if outcome.made is None or not quiet else ()
    if shown:
        place = outcome.place
        called = f" ({outcome.name})" if outcome.name else ""
        click.echo(f"{place.file}:{place.line}: row {outcome.number}{called}:", err=True)
        show_problems(shown)


def _object(outcome: Outcome) -> str:
    """Return what became of a row as one line of JSON."""
    made = outcome.made
    said: dict[str, Any] = {
        "row": outcome.number,
        "file": outcome.place.file,
        "line": outcome.place.line,
        "name": outcome.name,
        "film": str(made.path) if made else None,
    }
    if made:
        said |= {"frames": made.compiled.timeline.frames, "encoded": made.encoded}
    said["problems"] = [json.loads(as_json(problem)) for problem in outcome.problems]
    return json.dumps(said, ensure_ascii=False)
