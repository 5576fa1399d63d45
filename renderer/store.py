"""Recipe → file: the cache. Entries are immutable and whole, and no index can disagree with them.

An entry is two files, `ab/<key><suffix>` and `ab/<key>.json`. The second is written last and holds
the first one's size and checksum, so an entry exists only once it is complete (cache laws 2 and 3
of docs/architecture.md).
"""

from __future__ import annotations

import atexit
import errno
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from renderer.disk import flush
from renderer.errors import Problem, RenderError
from renderer.leftovers import sweep, temporary
from renderer.paths import code_digest, digest, file_digest
from renderer.plain import canonical
from renderer.standing import Stamp, Standing, stamp_of

_FORMAT = 1
_MINUTE = 60.0
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Recipe:
    """All that a result depends on: a stage, its data as `canonical` takes them, its code."""

    stage: str
    data: Mapping[str, Any]
    code: tuple[str, ...] = ()
    suffix: str = ".bin"

    @cached_property
    def text(self) -> str:
        """Return the recipe's data as canonical JSON."""
        return canonical(self.data)

    @cached_property
    def key(self) -> str:
        """Return the recipe's hash, 64 hexadecimal digits: that of all it is as canonical JSON."""
        code, stage = canonical(code_digest(self.code)), canonical(self.stage)
        whole = f'{{"code":{code},"data":{self.text},"format":{_FORMAT},"stage":{stage}}}'
        return digest(whole.encode())


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole file in the store; `facts` is what its maker said of it, `digest` its SHA-256."""

    key: str
    path: Path
    size: int
    digest: str
    facts: Mapping[str, Any] = field(default_factory=dict)


_whole = Standing[Entry]()


class Store:
    """A folder of results. Safe to delete at any time, safe for several programs at once."""

    def __init__(self, folder: Path, *, keep: bool = True) -> None:
        """Keep entries in `folder`; with `keep` false nothing that is there is read."""
        self.folder = folder
        self._keep = keep
        self._made: set[str] = set()
        self._seen: dict[str, Path] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process has to know: not what was seen here, which is much."""
        made = set[str]() if self._keep else set(self._made)
        return {"folder": self.folder, "_keep": self._keep, "_made": made, "_seen": {}}

    def place(self, recipe: Recipe) -> Path:
        """Return where the recipe's file lies or would lie."""
        return Path(self._file(recipe, recipe.suffix))

    def _file(self, recipe: Recipe, suffix: str) -> str:
        return f"{self.folder}/{recipe.key[:2]}/{recipe.key}{suffix}"

    def find(self, recipe: Recipe) -> Entry | None:
        """Return the recipe's entry, or None where there is none or it is damaged."""
        if not self._keep and recipe.key not in self._made:
            return None
        place = self._seen[recipe.key] = self.place(recipe)
        return _read(recipe.key, place, self._file(recipe, ".json"))

    def may_have(self, recipe: Recipe) -> bool:
        """Return whether the recipe's entry lies here, whole or damaged; `find` reads it."""
        asked = self._keep or recipe.key in self._made
        return asked and Path(self._file(recipe, ".json")).is_file()

    def get(self, recipe: Recipe, make: Callable[[Path], Mapping[str, Any] | None]) -> Entry:
        """Return the recipe's entry; if there is none, `make` writes it to the path it is given."""
        return self.find(recipe) or self.put(recipe, make)

    def put(self, recipe: Recipe, make: Callable[[Path], Mapping[str, Any] | None]) -> Entry:
        """Make the recipe's file with `make`, publish it in one step; RenderError if it cannot.

        Who has digested what it wrote says so by the fact `sha256`.
        """
        place = self.place(recipe)
        with disk_errors(place), replacing(place, lasting=False) as new:
            facts = dict(make(new) or {})
            size, checksum = new.stat().st_size, facts.pop("sha256", "") or file_digest(new)
        card = {"size": size, "sha256": checksum, "facts": facts, "stage": recipe.stage}
        with disk_errors(place), replacing(place.with_suffix(".json"), lasting=False) as new:
            new.write_text(canonical(card), encoding="utf-8")
        entry = Entry(recipe.key, place, size, checksum, facts)
        self.remember(entry)
        return entry

    def remember(self, entry: Entry) -> None:
        """Let an entry be found that was made for this process, here or in another."""
        self._made.add(entry.key)
        self._seen[entry.key] = entry.path
        with suppress(OSError):
            _whole.keep_own(entry.path, stamp_of(entry.path), entry)

    def whole(self) -> Iterator[tuple[Stamp, Entry]]:
        """Yield the entries that were asked for or made here and found whole, and their stamps."""
        for place in self._seen.values():
            if known := _whole.told(place):
                yield known

    def recall(self, stamp: Stamp, entry: Entry) -> None:
        """Take an entry of this store for whole for as long as its file has that stamp."""
        _whole.recall(entry.path, stamp, entry)

    def drop(self, entry: Entry) -> None:
        """Let go of an entry; one that somebody holds open may stay."""
        with suppress(OSError):
            entry.path.with_suffix(".json").unlink(missing_ok=True)
            entry.path.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what killed programs have left half-written; what others are writing stays."""
        with suppress(OSError):
            for folder in self.folder.iterdir():
                if folder.is_dir():
                    sweep(folder)

    def note(self, name: str) -> Path:
        """Return the path of a note kept for people, such as the last timeline of a spec."""
        return self.folder / "notes" / name


_PRESENT: ContextVar[Store | None] = ContextVar("store", default=None)


@contextmanager
def using(store: Store) -> Iterator[None]:
    """Let what is worked out inside keep in a store what it makes of the film's own files."""
    token = _PRESENT.set(store)
    try:
        yield
    finally:
        _PRESENT.reset(token)


def present() -> Store:
    """Return the store of the present work; where none was named, one that ends with the process.

    What a spec's files hold is found out in many places, and none has to pass the store on.
    """
    return _PRESENT.get() or _passing()


@cache
def _passing() -> Store:
    folder = tempfile.mkdtemp(prefix="store-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Store(Path(folder))


def _read(key: str, place: Path, card: str) -> Entry | None:
    """Return an entry that is whole; what was found so and stands as it did is not read again."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        entry = _whole.get(place) or _checked(key, place, card)
        if entry:
            _touch(card)
        return entry
    return None


def _checked(key: str, place: Path, card: str) -> Entry | None:
    stamp = stamp_of(place)
    said = json.loads(Path(card).read_text(encoding="utf-8"))
    if place.stat().st_size != said["size"] or file_digest(place) != said["sha256"]:
        return None
    entry = Entry(key, place, said["size"], said["sha256"], said["facts"])
    _whole.keep(place, stamp, entry)
    return entry


def _touch(card: str) -> None:
    """Let the date of an entry's card say when it was last used, to about a minute.

    In a read-only store it stays; raises FileNotFoundError where there is no card.
    """
    if not 0 <= time.time() - Path(card).stat().st_mtime < _MINUTE:
        with suppress(OSError):
            os.utime(card)


@contextmanager
def replacing(place: Path, *, lasting: bool = True) -> Iterator[Path]:
    """Give a temporary path beside `place`; on leaving without error it is flushed and replaces it.

    The old file stays until the new one is whole; after an error nothing of the new one is left.
    What is not `lasting`, for it need not outlast a loss of power, is not waited for on the disk.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    new = temporary(place)
    try:
        yield new
        if lasting:
            flush(new)
        new.replace(place)
        if lasting:
            flush(place.parent)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def disk_errors(place: Path) -> Iterator[None]:
    """Turn an OSError inside into a RenderError that names the folder and what may help."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "free some space" if error.errno in _FULL else "name a folder that can be written to"
        problem = Problem("disk", f"cannot write {place.parent}: {reason}", hint=hint)
        raise RenderError(problem) from error
