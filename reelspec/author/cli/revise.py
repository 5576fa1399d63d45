"""`author revise SPEC "…"`: change a spec as an instruction says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reelspec.author.cli.options import allow_option, model_of, model_options
from reelspec.author.cli.parts import load
from renderer.cli.edge import show_problems


@click.command(
    help="Change SPEC as INSTRUCTION says, such as `shorter scene 2`, in English or Arabic: "
    "shorter, longer, remove, move or retitle a scene, or another theme. With `--writer llm` a "
    "model is asked what else is to be done. Comments and all other lines stay as they are."
)
@click.argument("spec", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("instruction")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="FILE|URL",
    help="Where scenes are filled from. May be repeated.",
)
@allow_option
@model_options
def command(spec: Path, instruction: str, sources: tuple[str, ...], **how: Any) -> None:
    """Revise the spec in place and print its path; the new text is checked before it is kept."""
    changes = load("changes")
    wish = changes.Wish(instruction, sources, how["allowed"], how["writer"], model_of(**how))
    show_problems(changes.revise(spec, wish))
    click.echo(spec)
