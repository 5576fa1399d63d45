"""What a command rested on, kept once its films are made; `unchanged` looks whether it still holds.

Nothing is kept where that cannot be told for sure: of drafts, whose speech depends on what the
store has; of parts by scene; of folders of pictures; of lines that the first of several voices
could not speak; of voices that cannot be asked; of files that changed while they were read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from renderer import history, unchanged
from renderer.asking import known
from renderer.engines import Engine, candidates, installed
from renderer.forms import form
from renderer.ground import models_in, settings
from renderer.inputs import Noted, content_of
from renderer.nouns import Cue, Line
from renderer.paths import MARKER, digest, foreign_plugins
from renderer.render import Made, Options
from renderer.standing import settled
from renderer.store import Store
from renderer.subtitles import files
from renderer.unchanged import Command, Held, Rest, kind_of, stamps_of

_FAMILIES = ("layers", "transitions", "voices", "formats")


@dataclass(frozen=True, slots=True)
class Done:
    """A film that was made, how, what was said of it, and the digests of what else was made."""

    made: Made
    options: Options
    said: Mapping[str, Any]
    beside: Mapping[Path, str] = field(default_factory=dict)


def keep(
    command: Command, done: Sequence[Done], read: Iterable[Noted], output: Path | None
) -> None:
    """Keep what a command rested on, if that is known for sure.

    `read` is what was noted of each of its steps, `output` where its films were to go, if named.
    """
    engines = installed()
    held = _held(read)
    if held is None or not all(_sure(one, command, engines) for one in done):
        return
    models, last = _models(done, engines)
    if not settled((last,) * 4):
        return
    names = tuple(sorted({name for engine in engines.values() for name in engine.heeds()}))
    entries = tuple(dict.fromkeys(name for one in done for name in _entries(one)))
    said = tuple(one.said for one in done)
    made = {str(path): one for each in done for path, one in _made(each).items()}
    kinds = {path: kind_of(path) for path in _kinds(done, output)}
    stamps = stamps_of(entries, command.store)
    if stamps:
        whole = held | _notes(done) | _sources()
        facts = names, settings(names), models, whole, kinds, entries, stamps, made, said
        unchanged.keep(command, Rest(command.ground, *facts))


def _held(read: Iterable[Noted]) -> dict[str, Held] | None:
    """Return what each path held, None where one was refused or read with two contents."""
    found: dict[str, Held] = {}
    for noted in read:
        for path, content in noted.items():
            if content is None:
                return None
            one = Held(os.path.realpath(path), content.sha256)
            if found.setdefault(str(path), one) != one:
                return None
    return found


def _notes(done: Iterable[Done]) -> dict[str, Held]:
    """Return the notes that `why` compares with, as this command has left them."""
    stores = ((one.options.open_store(one.made.compiled.spec.path), one) for one in done)
    return _now(
        history.note(store, one.made.compiled.spec.path, one.options.cut) for store, one in stores
    )


def _sources() -> dict[str, Held]:
    """Return the source files of plug-ins of other distributions."""
    return _now(path for family in _FAMILIES for path, _ in foreign_plugins(family).values())


def _now(paths: Iterable[Path]) -> dict[str, Held]:
    return {str(path): Held(os.path.realpath(path), content_of(path).sha256) for path in paths}


def _sure(one: Done, command: Command, engines: Mapping[str, Engine]) -> bool:
    """Return whether a film is again what it is wherever all that was noted is as it was."""
    spec, how = one.made.compiled.spec, one.options
    store = how.open_store(spec.path)
    plain = how.cache and not how.draft and not how.scenes and how.row is None
    if not plain or form(how.format or spec.format).folder:
        return False
    if os.path.realpath(store.folder) != os.path.realpath(command.store):
        return False
    cues = [spoken.cue for spoken in one.made.compiled.timeline.cues]
    if len(cues) != len(spec.lines):
        return False
    listed: dict[str, str | None] = {}
    return all(
        _first(line, cue, engines, store, listed)
        for line, cue in zip(spec.lines, cues, strict=True)
    )


def _first(
    line: Line,
    cue: Cue,
    engines: Mapping[str, Engine],
    store: Store,
    listed: dict[str, str | None],
) -> bool:
    """Return whether the voice that was tried first has spoken a line."""
    if line.take:
        return True
    name = line.voice.engine
    if name not in listed:
        listed[name] = _usual(candidates(name, engines), store)
    return listed[name] == cue.engine


def _usual(tried: Iterable[Engine], store: Store) -> str | None:
    """Return the engine that is tried first, None where that is asked anew each time."""
    for engine in tried:
        if not isinstance(known(engine, store), str):
            return engine.name
        if "absent" not in engine.distributions().values():
            return None
    return None


def _models(done: Iterable[Done], engines: Mapping[str, Engine]) -> tuple[dict[str, str], int]:
    """Return the folders of models that some line may need with what is in them, and its date."""
    names = {line.voice.engine for one in done for line in one.made.compiled.spec.lines}
    used = {engine for name in names for engine in candidates(name, engines)}
    folders = {folder for engine in used if (folder := engine.models_folder())}
    found = {str(folder): models_in(folder) for folder in folders}
    last = max((date for _, date in found.values()), default=0)
    return {folder: one for folder, (one, _) in found.items()}, last


def _entries(one: Done) -> list[str]:
    """Return the files in the store that a film is: its own, and those of its lines."""
    made = one.made
    store = one.options.open_store(made.compiled.spec.path).folder
    sounds = (spoken.cue.sound for spoken in made.compiled.timeline.cues)
    return [
        os.path.relpath(path, store).replace(os.sep, "/")
        for path in (made.built.entry.path, *sounds)
    ]


def _made(one: Done) -> dict[Path, Held]:
    """Return each path where something was put, with what was put there."""
    made = one.made
    captions = files(made.compiled.timeline).items()
    put = {made.path: made.built.entry.digest}
    put |= {made.path.with_suffix(suffix): digest(text.encode()) for suffix, text in captions}
    put |= one.beside
    return {path.absolute(): Held(os.path.realpath(path), sha256) for path, sha256 in put.items()}


def _kinds(done: Iterable[Done], output: Path | None) -> set[str]:
    """Return the paths of which it counts what they are: markers of roots, what options name."""
    found = {str(output)} if output else set[str]()
    for one in done:
        spec, how = one.made.compiled.spec.path, one.options
        named = (spec, how.root, how.store, how.takes)
        found |= {str(path) for path in named if path}
        folder = spec.resolve().parent
        found |= {str(above / MARKER) for above in (folder, *folder.parents)}
    return found
