"""`render templates`: what scenes can be made from, and the themes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from renderer.errors import Problem, SpecError, UsageError, did_you_mean
from renderer.paths import root_of
from renderer.templates import Library, library


@click.command(help="List scene templates and themes; with a NAME, show what it takes.")
@click.argument("name", required=False)
@click.option("--root", type=click.Path(file_okay=False, path_type=Path), help="The project.")
def command(name: str | None, root: Path | None) -> None:
    """Print the names with a line about each, or one template's parameters and example."""
    known = library(root or root_of(Path("film.yaml")))
    if name is None:
        _list(known)
    elif name in known.scenes:
        _show(known, name)
    else:
        hint = did_you_mean(name, known.scenes)
        raise UsageError(Problem("unknown-name", f"no template is named '{name}'", hint=hint))


def _list(known: Library) -> None:
    problems: list[Problem] = []
    scenes = [known.template(name, problems) for name in sorted(known.scenes)]
    themes = [known.theme(name, problems) for name in sorted(known.themes)]
    if problems:
        raise SpecError(*problems)
    click.echo("templates:")
    _lines((each.name, each.about) for each in scenes if each)
    click.echo("themes:")
    _lines((each.name, each.about) for each in themes if each)


def _lines(named: Iterable[tuple[str, str]]) -> None:
    for name, about in named:
        click.echo(f"  {name}: {about}")


def _show(known: Library, name: str) -> None:
    problems: list[Problem] = []
    template = known.template(name, problems)
    if template is None:
        raise SpecError(*problems)
    required = template.params.get("required", [])
    click.echo(f"{name}: {template.about}")
    for key, schema in template.params["properties"].items():
        star = " (required)" if key in required else ""
        click.echo(f"  {key}{star}: {schema.get('description', '')}")
    click.echo("example:")
    example = json.dumps(template.example, ensure_ascii=False)
    click.echo(f"  - template: {name}\n    with: {example}")
