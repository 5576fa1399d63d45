"""`render voices`: who can speak, and how that sounds."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from renderer.asking import described, lacking
from renderer.cli.edge import show_problems
from renderer.cli.playing import play
from renderer.engines import ANY, Engine, installed, voice_for
from renderer.errors import AssetError, MissingError, Problem, UsageError, did_you_mean
from renderer.paths import root_of
from renderer.samples import sample_of, spoken
from renderer.store import Store
from renderer.voice import PATIENCE

_UNHEARD = ("silent", "openai")
"""Engines of which nobody wants a sample unasked: one says nothing, the other costs."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """One voice: its engine, its name, its languages, whether `auto` takes it, what to know."""

    engine: str
    name: str
    languages: list[str]
    chosen: bool
    note: str


@click.command(help="List the voices of this machine with the languages that they speak.")
@click.option("--lang", help="Only those that speak this language; the one `auto` takes is marked.")
@click.option("--engine", "only", help="Only those of this engine.")
@click.option("--name", help="Only the voice of this name.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@click.option(
    "--sample",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also have each say a sentence into a WAV file there.",
)
@click.option("--play", "playing", is_flag=True, help="Also let each be heard.")
def command(
    lang: str | None,
    only: str | None,
    name: str | None,
    as_json: bool,
    folder: Path | None,
    playing: bool,
) -> None:
    """Print engine, voice and languages; raises MissingError where nobody speaks the language."""
    store = Store(root_of(Path("film.yaml")) / ".render")
    found = [
        voice
        for engine in _engines(only)
        for voice in _voices(engine, store, lang)
        if name is None or voice.name.casefold() == name.casefold()
    ]
    if not found:
        what = f"the name '{name}'" if name else f"the language '{lang}'" if lang else only
        raise MissingError(Problem("no-voice", f"no voice here has {what}"))
    click.echo(_as_json(found) if as_json else _table(found))
    heard = [voice for voice in found if only or voice.engine not in _UNHEARD]
    if folder:
        _sampled(heard, folder, store, lang, playing)
    elif playing:
        with tempfile.TemporaryDirectory(prefix="voices-") as kept:
            _sampled(heard, Path(kept), store, lang, playing)


def _engines(only: str | None) -> Sequence[Engine]:
    known = installed()
    if only is None:
        return list(known.values())
    if only not in known:
        hint = did_you_mean(only, known) or f"there are {', '.join(sorted(known))}"
        raise UsageError(Problem("unknown-name", f"no voice engine is named '{only}'", hint=hint))
    return [known[only]]


def _voices(engine: Engine, store: Store, lang: str | None) -> list[_Listed]:
    """Return the voices of an engine; one that cannot be used is told on standard error."""
    told = described(engine, store, PATIENCE)
    lacks = told if isinstance(told, str) else lacking(engine, PATIENCE)
    if isinstance(told, str) or lacks:
        click.echo(f"{engine.name}: {lacks}", err=True)
        return []
    voices, notes = told["voices"], told["notes"]
    best = voice_for(voices, lang) if lang else None
    return [
        _Listed(engine.name, name, list(tags), name == best, notes.get(name, ""))
        for name, tags in voices
        if not lang or ANY in tags or voice_for([("", tags)], lang) is not None
    ]


def _sampled(
    voices: Sequence[_Listed], folder: Path, store: Store, lang: str | None, playing: bool
) -> None:
    """Have voices say a sentence; raises AssetError where none of them does."""
    samples = [sample_of(each.engine, each.name, each.languages, lang) for each in voices]
    made: list[Path] = []

    def done(path: Path) -> None:
        made.append(path)
        click.echo(path if not playing else f"{path.stem}", err=True)
        if playing:
            play(path)

    problems = list(spoken(samples, folder, store, done))
    if problems and not made:
        raise AssetError(*problems)
    show_problems(problems)


def _as_json(found: Sequence[_Listed]) -> str:
    return json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2)


def _table(found: Sequence[_Listed]) -> str:
    return "\n".join(
        f"{'*' if each.chosen else ' '} {each.engine}  {each.name}  {' '.join(each.languages)}"
        + (f"  ({each.note})" if each.note else "")
        for each in found
    )
