"""`render SPEC…`: make films."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from renderer import assets
from renderer.cli.edge import show_problems
from renderer.cli.options import options, project_options, specs_argument
from renderer.cli.progress import progress
from renderer.errors import Problem, Stop, UsageError
from renderer.render import Made, Options, render

_ENGINES = click.Choice(["native", "moviepy"])


@click.command(help="Make the film of each spec; its path is printed.")
@specs_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The film; with several specs a folder."
)
@click.option(
    "--scene", "scenes", multiple=True, metavar="ID", help="Only this scene; may be repeated."
)
@click.option("--engine", type=_ENGINES, default="native", show_default=True, help="What encodes.")
@click.option(
    "--assets",
    "kept",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Also keep each scene's still (PNG) and the narration (WAV) there.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say what was made and what was there.")
@project_options
def command(
    specs: tuple[Path, ...],
    output: Path | None,
    engine: str,
    kept: Path | None,
    quiet: bool,
    verbose: bool,
    **project: Any,
) -> int:
    """Make the film of each spec and return the exit status: that of the worst failure."""
    chosen = replace(options(**project), engine=engine)
    status = 0
    for spec, out in _outputs(specs, output, chosen.scenes):
        try:
            _film(spec, out, chosen, kept, quiet=quiet, verbose=verbose)
        except Stop as stop:
            show_problems(stop.problems)
            status = max(status, stop.status)
    return status


def _film(
    spec: Path,
    out: Path,
    chosen: Options,
    kept: Path | None,
    *,
    quiet: bool,
    verbose: bool,
) -> None:
    began = time.monotonic()
    with progress(quiet=quiet) as report:
        made = render(spec, out, chosen, report)
        if kept:
            assets.keep(made.compiled.timeline, chosen.open_store(spec), kept)
    if not quiet:
        show_problems(made.compiled.warnings)
    if verbose:
        click.echo(_summary(made, time.monotonic() - began), err=True)
    click.echo(made.path)


def _summary(made: Made, took: float) -> str:
    frames = made.compiled.timeline.frames
    there = made.segments - made.encoded
    return f"{frames} frames: {made.encoded} segments encoded, {there} from the cache, {took:.1f} s"


def _outputs(
    specs: tuple[Path, ...], output: Path | None, scenes: tuple[str, ...]
) -> list[tuple[Path, Path]]:
    """Return each spec with where its film goes; raises UsageError where two would collide."""
    if len(specs) == 1 and output and not output.is_dir():
        return [(specs[0], output if output.suffix else output.with_suffix(".mp4"))]
    folder = output or Path("output")
    part = "".join(f"-{scene}" for scene in scenes)
    films = [(spec, folder / f"{spec.stem}{part}.mp4") for spec in specs]
    if len({out for _, out in films}) < len(films):
        says = "two specs of the same name would write the same film"
        raise UsageError(Problem("usage", says, hint="render them one by one, each with its -o"))
    return films
