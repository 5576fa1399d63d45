"""`render new`: begin a film."""

from __future__ import annotations

from pathlib import Path

import click

from renderer.paths import root_of
from renderer.starters import DEFAULT, begin, starter, starters
from renderer.store import replacing
from renderer.templates import schema_text


@click.command(help="Write a new spec that explains itself; its path is printed.")
@click.argument("spec", type=click.Path(path_type=Path), default=Path("film.yaml"))
@click.option(
    "--template", default=DEFAULT, show_default=True, help=f"One of {', '.join(starters())}."
)
@click.option("--lang", default="en", show_default=True, help="The language it is written in.")
def command(spec: Path, template: str, lang: str) -> None:
    """Write the spec and, for editors, the schema beside the cache."""
    begin(spec, starter(template, lang))
    root = root_of(spec)
    with replacing(root / ".render" / "schema.json") as temporary:
        temporary.write_text(schema_text(root), encoding="utf-8")
    click.echo(spec)
