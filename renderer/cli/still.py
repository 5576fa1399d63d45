"""`render still`: one picture of a film."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from renderer import build
from renderer.cli.options import all_option, options, project_options, spec_argument, stem, variants
from renderer.errors import Problem, UsageError
from renderer.publishing import publish
from renderer.render import Options, compile_spec, refuse_inputs
from renderer.times import frame_at, seconds


@click.command(help="Write the picture at a time of the film as PNG; its path is printed.")
@spec_argument
@click.option("--at", "at", default="0", show_default=True, help="A time: 3.5s, 1:10, 90f.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The PNG file."
)
@all_option
@project_options
def command(spec: Path, at: str, output: Path | None, all_cuts: bool, **project: Any) -> None:
    """Write the still, or that of each cut, and print its path."""
    for _, how in variants((spec,), options(**project), all_cuts):
        _still(spec, at, output if not all_cuts else None, how)


def _still(spec: Path, at: str, output: Path | None, chosen: Options) -> None:
    store = chosen.open_store(spec)
    compiled = compile_spec(spec, chosen, store)
    timeline = compiled.timeline
    time = seconds(at, timeline.canvas.fps)
    if time is None:
        raise UsageError(
            Problem("bad-time", f"--at {at} is no time", hint="write 3.5s, 1:10 or 90f")
        )
    frame = min(frame_at(time, timeline.canvas.fps), timeline.frames - 1)
    out = output or Path("output") / f"{stem(spec, chosen)}-{frame:06}.png"
    refuse_inputs(compiled.spec, out)
    publish(build.still(timeline, frame, store), out)
    click.echo(out)
