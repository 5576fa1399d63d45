"""`render schema`: the spec language as JSON Schema."""

from __future__ import annotations

import click

from renderer.templates import schema_text


@click.command(help="Print the JSON Schema of the spec language, for editors.")
def command() -> None:
    """Print the schema, joined with what the plug-ins and templates take."""
    click.echo(schema_text(), nl=False)
