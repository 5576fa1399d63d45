"""`render export`: a film for other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from renderer.cli import extras
from renderer.cli.edge import show_problems
from renderer.cli.options import options, project_options, spec_argument, stem, strict_option
from renderer.cli.progress import progress
from renderer.handoff import as_json, chapters
from renderer.publishing import publish_text
from renderer.render import compile_spec, refuse_inputs
from renderer.subtitles import files
from renderer.timeline import Timeline

_SUFFIX = {"srt": ".srt", "vtt": ".vtt", "chapters": ".txt", "json": ".json", "otio": ".otio"}
_STANDARD = Path("-")


@click.command(
    help="Write a film for other programs: captions (srt, vtt), chapters for a description, all "
    "that is shown and said (json), or a project for an editing program with its media (otio)."
)
@spec_argument
@click.option("--format", "kind", type=click.Choice(list(_SUFFIX)), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file; - is standard output.",
)
@strict_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@project_options
def command(spec: Path, kind: str, output: Path | None, quiet: bool, **how: Any) -> None:
    """Write the file and print its path; warnings go to standard error."""
    chosen = options(**how)
    if kind in ("srt", "vtt", "json"):
        chosen = replace(chosen, exports=("srt",) if kind == "json" else (kind,))
    hand_off = extras.load("otio", "--format otio").hand_off if kind == "otio" else None
    store = chosen.open_store(spec)
    compiled = compile_spec(spec, chosen, store)
    if not quiet:
        show_problems(compiled.warnings)
    if output == _STANDARD and not hand_off:
        click.echo(_TEXTS[kind](compiled.timeline), nl=False)
        return
    suffix = f"-chapters{_SUFFIX[kind]}" if kind == "chapters" else _SUFFIX[kind]
    out = output or Path("output") / f"{stem(spec, chosen)}{suffix}"
    refuse_inputs(compiled.spec, out)
    if hand_off:
        with progress("none" if quiet else "auto") as report:
            hand_off(compiled.timeline, out, store, chosen.processes, report)
    else:
        publish_text(_TEXTS[kind](compiled.timeline), out)
    click.echo(out)


def _captions(timeline: Timeline) -> str:
    return next(iter(files(timeline).values()))


_TEXTS: dict[str, Callable[[Timeline], str]] = {
    "srt": _captions,
    "vtt": _captions,
    "chapters": chapters,
    "json": as_json,
}
