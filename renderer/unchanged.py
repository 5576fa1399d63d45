"""Whether a command has nothing to do: all that it rested on when it last ended well is as it was.

After a film was made a note in the store says what the command was, what it stood on (`ground`),
what each path held that it read or missed, which entries it was made of and what lies where it
goes. Where all of that still holds, the same command would do nothing and say the same again; so
it is told without reading the spec. Whatever is not as it was, or cannot be told, is made in the
ordinary way. A note names files to look at; nothing but the note itself is ever written for it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from renderer.ground import digest_of, models_in, settings, under_foot
from renderer.inputs import content_of
from renderer.leftovers import temporary
from renderer.paths import root_of
from renderer.standing import settled, stamp_of

_FORMAT = 1
_LARGE = 1 << 20
_ENTRY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}\.\w+")


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its words, the store where its note lies, and what it stands on.

    `last` is the date in ns at which any of that was last changed.
    """

    words: tuple[str, ...]
    store: Path
    ground: str
    last: int

    @property
    def note(self) -> Path:
        """Return where the command's note lies, in the store: for these words in this folder."""
        named = digest_of([_FORMAT, self.words, str(Path.cwd())])
        return self.store / "notes" / f"unchanged-{named[:32]}.json"


@dataclass(frozen=True, slots=True)
class Held:
    """What a path led to and held: its real path, the SHA-256; both empty for nothing at all.

    `stamp` is that of a large file which was found so and is too old to change unseen.
    """

    real: str
    sha256: str
    stamp: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """What a command rested on, and what it said.

    `settings` are a digest of the variables of the environment that `names` name, `models` folder
    → digest of the models in it, `held` path → what it held, `kinds` path → what it was, `entries`
    the files in the store that the films were made of, with a digest of their stamps, `made` path
    → what was put there, `said` what was told of each film.
    """

    ground: str
    names: tuple[str, ...]
    settings: str
    models: Mapping[str, str]
    held: Mapping[str, Held]
    kinds: Mapping[str, str]
    entries: tuple[str, ...]
    stamps: str
    made: Mapping[str, Held]
    said: tuple[Mapping[str, Any], ...] = field(default=())


def command_of(words: Sequence[str]) -> Command | None:
    """Return the command that some words are, None where they name no file to make a film of."""
    store = _store(words)
    return Command(tuple(words), store, *under_foot()) if store else None


def _store(words: Sequence[str]) -> Path | None:
    """Return the store that a command most likely means; a wrong guess finds no note."""
    for name, below in (("--store", ""), ("--root", ".render")):
        for word, following in zip(words, (*words[1:], ""), strict=True):
            if word == name or word.startswith(f"{name}="):
                return Path(following if word == name else word.partition("=")[2], below)
    spec = next((word for word in words if word[:1] != "-" and Path(word).is_file()), None)
    return root_of(Path(spec)) / ".render" if spec else None


def told(command: Command) -> tuple[Mapping[str, Any], ...]:
    """Return what a command said of each of its films if it would do nothing now, else nothing."""
    rest = _read(command.note)
    held = _all_again(rest.held) if rest else None  # first: an edit is seen at once
    if rest is None or held is None or not _stands(rest, command):
        return ()
    made = _all_again(rest.made)
    if made is None:
        return ()
    _touch(rest.entries, command.store)
    now = replace(rest, held=held, made=made)
    if now != rest:
        keep(command, now)
    return rest.said


def _stands(rest: Rest, command: Command) -> bool:
    """Return whether all is as it was but for what the paths hold."""
    return (
        rest.ground == command.ground
        and rest.settings == settings(rest.names)
        and all(kind_of(path) == kind for path, kind in rest.kinds.items())
        and all(models_in(Path(folder))[0] == one for folder, one in rest.models.items())
        and "" != rest.stamps == stamps_of(rest.entries, command.store)
    )


def kind_of(path: str) -> str:
    """Return what a path is, and where it really leads."""
    there = Path(path)
    kind = "folder" if there.is_dir() else "file" if there.is_file() else "neither"
    return f"{kind} {os.path.realpath(path)}"


def stamps_of(entries: Iterable[str], store: Path) -> str:
    """Return a digest of the dates of writing, sizes and numbers of files in a store.

    It is empty where one is missing, lacks its card or is no entry's.
    """
    found = []
    try:
        for entry in entries:
            if not _ENTRY.fullmatch(entry):
                return ""
            file = store / entry
            file.with_suffix(".json").stat()
            written, _, size, number = stamp_of(file)
            found.append([written, size, number])
    except OSError:
        return ""
    return digest_of(found)


def _touch(entries: Iterable[str], store: Path) -> None:
    """Let the cards of entries say that they were used now."""
    for entry in entries:
        with suppress(OSError):
            os.utime((store / entry).with_suffix(".json"))


def _all_again(before: Mapping[str, Held]) -> dict[str, Held] | None:
    """Return what some paths hold if that is what they held before, else None."""
    found: dict[str, Held] = {}
    for path, one in before.items():
        now = _again(path, one)
        if now is None:
            return None
        found[path] = now
    return found


def _again(path: str, before: Held) -> Held | None:
    """Return what a path holds if that is what it held before, else None.

    A large file is not read where its stamp says that nobody has written to it.
    """
    if os.path.realpath(path) != before.real:
        return None
    if not before.sha256:
        return None if Path(path).exists() else before
    with suppress(OSError):
        stamp = stamp_of(Path(path))
        if stamp == tuple(before.stamp):
            return before
        if content_of(Path(path)).sha256 == before.sha256:
            large = stamp[2] > _LARGE and not Path(path).is_dir() and settled(stamp)
            return replace(before, stamp=stamp if large else ())
    return None


def keep(command: Command, rest: Rest) -> None:
    """Keep what a command rested on, for the next time; a store that is read-only stays as it is.

    Nothing is kept where the ground was moved while the command ran, or a moment before.
    """
    if under_foot() != (command.ground, command.last) or not settled((command.last,) * 4):
        return
    body = json.dumps(asdict(rest), sort_keys=True)
    new = temporary(command.note)
    with suppress(OSError):
        command.note.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(f"{digest_of(body)}\n{body}", encoding="utf-8")
        new.replace(command.note)


def _read(note: Path) -> Rest | None:
    """Return what a note says, None where there is none or it is damaged."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        checksum, _, body = note.read_text(encoding="utf-8").partition("\n")
        if checksum == digest_of(body):
            return _rest(json.loads(body))
    return None


def _rest(said: Mapping[str, Any]) -> Rest:
    read: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }
    for name in ("held", "made"):
        read[name] = {
            path: Held(one["real"], one["sha256"], tuple(one["stamp"]))
            for path, one in said[name].items()
        }
    return Rest(**read)
