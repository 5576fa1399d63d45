"""`render schema`: the spec language as JSON Schema, or as a page to read."""

from __future__ import annotations

from pathlib import Path

import click

from renderer.paths import root_of
from renderer.reference import page
from renderer.templates import schema_text


@click.command(help="Print the JSON Schema of the spec language, for editors.")
@click.option(
    "--for",
    "spec",
    type=click.Path(path_type=Path),
    metavar="SPEC",
    help="With the templates and themes of this spec's project.",
)
@click.option("--markdown", is_flag=True, help="Print the reference page instead.")
def command(spec: Path | None, markdown: bool) -> None:
    """Print the schema, joined with what the plug-ins and templates take."""
    root = root_of(spec) if spec else None
    click.echo(page(root) if markdown else schema_text(root), nl=False)
