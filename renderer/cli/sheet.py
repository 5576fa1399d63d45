"""`render sheet`: a film at a glance, as one picture of labelled stills."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from renderer.cli.options import options, project_options, spec_argument
from renderer.errors import Problem, UsageError
from renderer.render import compile_spec
from renderer.sheet import MOST, moments, sheet
from renderer.store import publish
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
@project_options
def command(spec: Path, every: str | None, output: Path | None, **how: Any) -> None:
    """Write the sheet and print its path."""
    chosen = options(**how)
    store = chosen.open_store(spec)
    timeline = compile_spec(spec, chosen, store).timeline
    step = None if every is None else _step(every, timeline.canvas.fps)
    part = "".join(f"-{scene}" for scene in chosen.scenes)
    out = output or Path("output") / f"{spec.stem}{part}-sheet.png"
    publish(sheet(timeline, moments(timeline, step), store, chosen.processes), out)
    click.echo(out)


def _step(written: str, fps: Fraction) -> Fraction:
    step = seconds(written, fps)
    if not step:
        raise UsageError(
            Problem("bad-time", f"--every {written} is no step", hint="write 1s or 500ms")
        )
    return step
