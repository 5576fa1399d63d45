"""`author update SPEC`: write anew the scenes that nobody has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reelspec.author.cli.parts import load
from reelspec.author.cli.telling import telling
from reelspec.author.cli.write import command as write
from reelspec.author.cli.write import places_of, request_of
from renderer.cli.edge import show_problems
from renderer.paths import root_of
from renderer.store import Store


@click.command(
    help="Read SPEC's sources again and write its scenes anew, but for those that you have "
    "changed or added. What it was written by stands at its head."
)
@click.argument("spec", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "objects", is_flag=True, help="Tell everything as JSON objects.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but warnings and errors.")
def command(spec: Path, objects: bool, quiet: bool) -> None:
    """Update the spec in place and print its path."""
    changes = load("changes")
    arguments = changes.command_of(spec)
    given = write.make_context("author", arguments).params
    with telling(objects, quiet) as report:
        written = _written(spec, arguments, given, report)
    load("authoring").keep_pictures(written, spec)
    found = changes.update(spec, written.text)
    show_problems((*written.problems, *found), "json" if objects else "human")
    click.echo(spec)


def _written(spec: Path, arguments: list[str], given: dict[str, Any], report: Any) -> Any:
    """Return what the command at the head of a spec writes today."""
    request = request_of(**given)
    authoring, gathering = load("authoring"), load("gathering")
    origin, store = authoring.origin_of(spec, arguments), Store(root_of(spec) / ".render")
    named = gathering.Named(**places_of(given), folder=spec.parent)
    gallery = authoring.gallery_of(given["pictures"], request, named, spec)
    found = gathering.gathered(request.topic, request.lang, named, store)
    return authoring.author(request, found, given["writer"], origin, store, report, gallery)
