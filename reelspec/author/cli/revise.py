"""`author revise SPEC "…"`: change a spec as an instruction says."""

from __future__ import annotations

from pathlib import Path

import click

from reelspec.author.cli.parts import load
from renderer.cli.edge import show_problems


@click.command(
    help="Change SPEC as INSTRUCTION says, such as `shorter scene 2`, in English or Arabic: "
    "shorter, longer, remove, move or retitle a scene, or another theme. Comments and all other "
    "lines stay as they are."
)
@click.argument("spec", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("instruction")
@click.option("--source", "sources", multiple=True, help="Where longer scenes are filled from.")
def command(spec: Path, instruction: str, sources: tuple[str, ...]) -> None:
    """Revise the spec in place and print its path; the new text is checked before it is kept."""
    changes = load("changes")
    problems = changes.revise(spec, instruction, sources)
    show_problems(problems)
    click.echo(spec)
