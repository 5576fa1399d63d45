"""The files of one film: what it uses is merged under it, scenes of others are put in place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from renderer.errors import Problem
from renderer.inputs import NotRead
from renderer.profile import profile
from renderer.schema import Checker, Language, one_of
from renderer.source import LARGEST, Document, parse
from renderer.spec.captions import merged as merged_captions
from renderer.spec.files import folder_of, read_file, reason
from renderer.spec.voices import merged as merged_voice
from renderer.templates import Origin, Part

SHARED = {
    **dict.fromkeys(("theme", "overlay"), 0),
    **dict.fromkeys(("fonts", "voice", "music", "captions", "vars"), 1),
    **dict.fromkeys(("styles", "defaults"), 2),
}
"""What a file in `use` gives → how many levels of its maps are merged key by key."""

DEEPEST = 8
"""How many files may lead from the spec to a file."""

Chain = tuple[Path, ...]
"""The files that lead to one, the spec first."""


class Files:
    """The documents of one film, each read once.

    `unread` are the problems of reading files, `problems` those of what they hold.
    """

    def __init__(self, spec: Document, path: Path, root: Path, language: Language) -> None:
        self._root, self._language = root, language
        self._folder = path.parent
        self._read: dict[Path, Document | None] = {path: spec}
        self._chain: Chain = (path,)
        self._scenes = 0
        self.unread: list[Problem] = list(spec.problems)
        self.problems: list[Problem] = []
        self.film = self._used(Part(spec.data, Origin(spec)), self._chain)

    def scenes(self) -> list[Part]:
        """Return the scenes of the film as written, those of other files put in their places.

        There are none where there would be too many.
        """
        if not self.film.data.get("scenes"):
            return []
        found = list(self._spliced(self.film.child("scenes"), self._chain))
        return found if self._scenes <= profile().scenes else []

    def _used(self, part: Part, chain: Chain) -> Part:
        """Return a film's keys over those of the files that it uses, the last of them first."""
        under = Part({}, part.origin)
        listed = part.data.get("use")
        for entry in part.child("use").children() if isinstance(listed, list) else ():
            if found := self._document(entry, chain):
                path, document = found
                shared = self._shared(document)
                under = merged(self._used(shared, (*chain, path)), under)
        return merged(part, under)

    def _shared(self, document: Document) -> Part:
        """Return what a document shares; whatever else it holds is a problem."""
        known = self._language.film.schema["properties"]
        for key in document.data:
            if key in known and key not in (*SHARED, "use", "version"):
                says = f"a file in `use` shares {one_of(SHARED)}; '{key}' is for the film to say"
                where = document.place((key,), key=True)
                self.problems.append(Problem("not-shared", says, where, "move it to the film"))
        shared = (*SHARED, "use", "version")
        properties = {key: schema if key in shared else {} for key, schema in known.items()}
        schema = {"type": "object", "additionalProperties": False, "properties": properties}
        self.problems += Checker(schema).problems(document.data, document.place)
        data = {key: document.data[key] for key in (*SHARED, "use") if key in document.data}
        return Part(data, Origin(document))

    def _spliced(self, listed: Part, chain: Chain) -> Iterator[Part]:
        if not isinstance(listed.data, list):
            return
        for part in listed.children():
            self._scenes += 1
            if self._scenes > profile().scenes:
                self._refuse_more(part)
                return
            named = part.data.get("scenes") if isinstance(part.data, dict) else None
            if isinstance(named, str):
                yield from self._others(part, chain)
            else:
                yield part

    def _refuse_more(self, part: Part) -> None:
        """Add the problem of too many scenes, once."""
        if self._scenes == profile().scenes + 1:
            says = f"more than {profile().scenes:,} scenes, those of other files counted"
            self.problems.append(Problem("too-many", says, part.place()))

    def _others(self, part: Part, chain: Chain) -> Iterator[Part]:
        """Yield the scenes of the file that an entry names."""
        wrong = self._language.scene.problems(part.data, part.place)
        self.problems += wrong
        for key in part.data:
            if key != "scenes" and not wrong:
                where = part.place((key,), key=True)
                says = f"`scenes` puts a whole file here; '{key}' cannot stand beside it"
                self.problems.append(Problem("conflict", says, where, "remove one of them"))
        if not wrong and (found := self._document(part.child("scenes"), chain)):
            path, document = found
            yield from self._spliced(self._listed(document), (*chain, path))

    def _listed(self, document: Document) -> Part:
        """Return the scenes of a document; a key that says more than them is a problem."""
        for key in document.data:
            if key not in ("version", "scenes"):
                where = document.place((key,), key=True)
                says = f"of this file only `scenes` is used, so '{key}' would be lost"
                hint = "move it to the film, or to a file in its `use`"
                self.problems.append(Problem("not-shared", says, where, hint))
        listed = self._language.film.key("scenes")
        data = document.data.get("scenes")
        self.problems += listed.problems(data, document.place, ("scenes",))
        return Part(data, Origin(document, ("scenes",)))

    def _document(self, named: Part, chain: Chain) -> tuple[Path, Document] | None:
        """Return the file that a text names, None where it cannot be used; problems are added."""
        if not isinstance(named.data, str) or not named.data.strip() or "{{" in named.data:
            return None
        found = read_file(named, self._root, self._folder, LARGEST)
        if isinstance(found, NotRead):
            folder = folder_of(named.source(), self._root, self._folder)
            self.unread.append(Problem(*reason(found, folder, named.data, named.place())))
            return None
        if problem := _circle(found.path, named, chain):
            self.problems.append(problem)
            return None
        if found.path not in self._read:
            self._read[found.path] = self._parsed(found.data, found.path, named)
        document = self._read[found.path]
        return (found.path, document) if document else None

    def _parsed(self, content: bytes, path: Path, named: Part) -> Document | None:
        """Return the document of another file, None where it is no map; problems are added."""
        beside = Path(named.source().document.file).parent
        document = parse(content, os.path.normpath(beside / named.data))
        self.unread += document.problems
        if isinstance(document.data, dict):
            return replace(document, folder=path.parent)
        if not document.problems:
            says = "a map is expected in this file, such as `scenes:` with a list under it"
            self.problems.append(Problem("wrong-type", says, document.place()))
        return None


def merged(own: Part, under: Part) -> Part:
    """Return a film's keys over those that it shares with others, maps merged as `SHARED` says."""
    whole = _over(own, under, 0)
    for key in own.data.keys() & under.data.keys() & SHARED.keys():
        pair = own.child(key), under.child(key)
        if all(isinstance(part.data, dict) for part in pair):
            both = merged_voice(*pair) if key == "voice" else _over(*pair, SHARED[key] - 1)
            whole = _with(whole, key, both)
        elif key == "captions" and all(isinstance(part.data, dict | str) for part in pair):
            whole = _with(whole, key, merged_captions(*pair))
    return whole


def _over(own: Part, under: Part, levels: int) -> Part:
    """Return a map over another, and so many levels of the maps in them."""
    whole = own.over(under)
    for key in own.data.keys() & under.data.keys() if levels else ():
        pair = own.child(key), under.child(key)
        if all(isinstance(part.data, dict) for part in pair):
            whole = _with(whole, key, _over(*pair, levels - 1))
    return whole


def _with(whole: Part, key: str, inner: Part) -> Part:
    """Return a map with one entry in place of its own."""
    traces = {path: origin for path, origin in whole.traces.items() if path[:1] != (key,)}
    traces |= {(key, *path): origin for path, origin in inner.traces.items()}
    traces[(key,)] = inner.origin
    return replace(whole, data={**whole.data, key: inner.data}, traces=traces)


def _circle(path: Path, named: Part, chain: Chain) -> Problem | None:
    """Return the problem of files that lead to one another, or of too many that do."""
    if path in chain:
        names = " → ".join(file.name for file in (*chain[chain.index(path) :], path))
        says = f"files lead to one another in a circle: {names}"
        return Problem("file-circle", says, named.place(), "remove one of the links")
    if len(chain) > DEEPEST:
        says = f"more than {DEEPEST} files lead from one to the next"
        return Problem("too-deep", says, named.place(), "name the file further up")
    return None
