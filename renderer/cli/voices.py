"""`render voices`: who can speak."""

from __future__ import annotations

import json
from pathlib import Path

import click

from renderer.casting import listing
from renderer.engines import ANY, installed, voice_for
from renderer.errors import MissingError, Problem
from renderer.paths import root_of
from renderer.store import Store
from renderer.voice import PATIENCE


@click.command(help="List the voices of this machine with the languages that they speak.")
@click.option("--lang", help="Only those that speak this language; the one `auto` takes is marked.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
def command(lang: str | None, as_json: bool) -> None:
    """Print engine, voice and languages; raises MissingError where nobody speaks the language."""
    store = Store(root_of(Path("film.yaml")) / ".render")
    found = []
    for engine in installed().values():
        voices = listing(engine, store, PATIENCE)
        if isinstance(voices, str):
            click.echo(f"{engine.name}: {voices}", err=True)
            continue
        best = voice_for(voices, lang) if lang else None
        found += [
            {"engine": engine.name, "name": name, "languages": list(tags), "chosen": name == best}
            for name, tags in voices
            if not lang or _speaks(tags, lang)
        ]
    if not found:
        raise MissingError(Problem("no-voice", f"no voice here speaks '{lang}'"))
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else _table(found))


def _speaks(tags: object, lang: str) -> bool:
    assert isinstance(tags, list | tuple)
    return ANY in tags or voice_for([("", tags)], lang) is not None


def _table(found: list[dict[str, object]]) -> str:
    return "\n".join(
        f"{'*' if each['chosen'] else ' '} {each['engine']}  {each['name']}  "
        f"{' '.join(map(str, each['languages']))}"  # type: ignore[call-overload]
        for each in found
    )
