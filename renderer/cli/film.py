"""`render SPEC…`: make films."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from renderer import assets
from renderer.cli.edge import show_problems
from renderer.cli.options import (
    all_option,
    film_options,
    options,
    outputs,
    project_options,
    specs_argument,
    strict_option,
    variants,
)
from renderer.cli.progress import STYLES, progress
from renderer.cli.telling import tell
from renderer.errors import Problem, Stop, UsageError
from renderer.inputs import noted
from renderer.keeping import Done, keep
from renderer.render import Made, Options, render
from renderer.unchanged import Command

_STANDARD = Path("-")
_ENGINES = click.Choice(["native", "moviepy"])


@dataclass(frozen=True, slots=True)
class Said:
    """What is said while a film is made and after: progress, an object, nothing, more."""

    progress: str
    json: bool
    quiet: bool
    verbose: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept beside the film: a folder of stills and narration, a poster."""

    assets: Path | None
    poster: bool


@click.command(help="Make the film of each spec; its path is printed.")
@specs_argument
@film_options
@click.option(
    "--watch",
    is_flag=True,
    expose_value=False,
    help="The same as the verb `watch`: again at every save.",
)
@click.option("--engine", type=_ENGINES, default="native", show_default=True, help="What encodes.")
@click.option(
    "--assets",
    "kept",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Also keep each scene's still (PNG) and the narration (WAV) there.",
)
@click.option(
    "--json", "objects", is_flag=True, help="Print what was made as one JSON object a film."
)
@click.option("--progress", "shown", type=click.Choice(STYLES), default="auto", show_default=True)
@click.option(
    "--poster", is_flag=True, help="Also keep a still of the first scene beside the film."
)
@all_option
@strict_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say what was made and what was there.")
@project_options
def command(
    specs: tuple[Path, ...],
    output: Path | None,
    kept: Path | None,
    poster: bool,
    objects: bool,
    shown: str,
    quiet: bool,
    verbose: bool,
    all_cuts: bool,
    **how: Any,
) -> int:
    """Make the film of each spec and return the exit status: that of the worst failure."""
    chosen = options(**how)
    said = Said("none" if quiet else shown, objects, quiet, verbose)
    with noted() as first:
        films = variants(specs, chosen, all_cuts)
        outs = [] if output == _STANDARD else outputs(films, output)
    if output == _STANDARD:
        return _streamed(films, said)
    status, done, read = 0, list[Done](), [first]
    for spec, how_made, out in outs:
        try:
            with noted() as found:
                done.append(_film(spec, out, how_made, Beside(kept, poster), said))
            read.append(found)
        except Stop as stop:
            show_problems(stop.problems)
            status = max(status, stop.status)
    asked = click.get_current_context().find_object(Command)
    if asked and not status and not kept and shown != "json":
        keep(asked, done, read, output)
    return status


def _streamed(films: list[tuple[Path, Options]], said: Said) -> int:
    """Write one film to standard output, which then holds nothing else; return 0."""
    if len(films) > 1 or said.json:
        hint = "name one spec, without --all and --json"
        raise UsageError(Problem("usage", "`-o -` writes one film", hint=hint))
    with TemporaryDirectory(prefix="render-") as folder, progress(said.progress) as report:
        ((spec, how, out),) = outputs(films, Path(folder))
        if not out.suffix:
            raise UsageError(Problem("usage", f"{how.format} is a folder, not a stream"))
        made = render(spec, out, how, report)
        if not said.quiet:
            show_problems(made.compiled.warnings)
        with out.open("rb") as film:
            shutil.copyfileobj(film, sys.stdout.buffer)
    return 0


def _film(spec: Path, out: Path, chosen: Options, beside: Beside, said: Said) -> Done:
    began, more = time.monotonic(), dict[Path, str]()
    with progress(said.progress) as report:
        made = render(spec, out, chosen, report)
        timeline, store = made.compiled.timeline, chosen.open_store(spec)
        if beside.assets:
            assets.keep(timeline, store, beside.assets)
        if beside.poster:
            place = out.with_suffix(".poster.png")
            more[place] = assets.poster(timeline, store, place).digest
    facts = _facts(made, said)
    tell(facts, time.monotonic() - began)
    return Done(made, chosen, facts | {"encoded": 0}, more)


def _facts(made: Made, said: Said) -> dict[str, Any]:
    """Return what is told of a film, as values of JSON."""
    timeline = made.compiled.timeline
    return {
        "way": {"json": said.json, "quiet": said.quiet, "verbose": said.verbose},
        "film": str(made.path),
        "captions": [str(path) for path in made.captions],
        "frames": timeline.frames,
        "seconds": float(timeline.frames / timeline.canvas.fps),
        "segments": made.segments,
        "encoded": made.encoded,
        "warnings": [asdict(warning) for warning in made.compiled.warnings],
    }
