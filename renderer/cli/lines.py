"""`render lines`: what is to be read aloud and recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from renderer.cli.options import options, project_options, spec_argument
from renderer.reading import FORMATS, readings


@click.command(
    help="Write the lines of a film to read aloud, with the name and the length of each recording. "
    "Recordings of these names in the folder `--takes` are used by every other verb."
)
@spec_argument
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file.")
@project_options
def command(spec: Path, form: str, output: Path | None, **project: Any) -> None:
    """Write the lines to a file, or to standard output; raises what loading a spec does."""
    film = options(**project).load(spec)
    text = FORMATS[form](readings(film.scenes))
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
