"""`render sheet`: a film at a glance, as one picture of labelled stills."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from renderer.cli.options import all_option, options, project_options, spec_argument, stem, variants
from renderer.errors import Problem, UsageError
from renderer.publishing import publish
from renderer.render import Options, compile_spec
from renderer.sheet import MOST, moments, sheet
from renderer.times import seconds


@click.command(
    help=f"Write a contact sheet as PNG: two stills of each scene, at most {MOST}; "
    "its path is printed."
)
@spec_argument
@click.option("--every", metavar="TIME", help="A still every so often instead: 1s, 500ms.")
@click.option(
    "--scene", "scenes", multiple=True, metavar="ID", help="Only this scene; may be repeated."
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The PNG file."
)
@all_option
@project_options
def command(spec: Path, every: str | None, output: Path | None, all_cuts: bool, **how: Any) -> None:
    """Write the sheet, or that of each cut, and print its path."""
    for _, chosen in variants((spec,), options(**how), all_cuts):
        _sheet(spec, every, output if not all_cuts else None, chosen)


def _sheet(spec: Path, every: str | None, output: Path | None, chosen: Options) -> None:
    store = chosen.open_store(spec)
    timeline = compile_spec(spec, chosen, store).timeline
    step = None if every is None else _step(every, timeline.canvas.fps)
    out = output or Path("output") / f"{stem(spec, chosen)}-sheet.png"
    publish(sheet(timeline, moments(timeline, step), store, chosen.processes), out)
    click.echo(out)


def _step(written: str, fps: Fraction) -> Fraction:
    step = seconds(written, fps)
    if not step:
        raise UsageError(
            Problem("bad-time", f"--every {written} is no step", hint="write 1s or 500ms")
        )
    return step
