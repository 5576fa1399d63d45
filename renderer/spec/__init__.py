"""Text → Spec: what was written, checked and completed, or every Problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from renderer.errors import Problem, SpecError, UsageError, did_you_mean, in_order
from renderer.inputs import NotRead, noted, read_ordinary
from renderer.nouns import (
    Cue,
    Enter,
    Item,
    Line,
    Scene,
    Spec,
    Voice,
    Word,
    is_rtl,
)
from renderer.paths import root_of
from renderer.profile import TRUSTED, Profile, under
from renderer.source import LARGEST, Document, read
from renderer.spec import cuts
from renderer.spec.film import Film, context_of
from renderer.spec.gather import Files
from renderer.spec.overlay import overlay
from renderer.spec.recall import ground_of
from renderer.spec.scenes import scenes
from renderer.spec.sounds import music
from renderer.spec.takes import takes_in, with_takes
from renderer.templates import Library, library, limited

_FORMAT = "mp4"

__all__ = [
    "Cue",
    "Enter",
    "Item",
    "Line",
    "Scene",
    "Spec",
    "Voice",
    "Word",
    "cut_names",
    "format_of",
    "is_rtl",
    "load",
]


def load(
    path: Path,
    *,
    root: Path | None = None,
    variables: Mapping[str, str] | None = None,
    limits: Profile = TRUSTED,
    cut: str = "",
    row: Mapping[str, Any] | None = None,
    takes: Path | None = None,
) -> Spec:
    """Return the film that a spec describes, or one of its cuts; its `warnings` stop nothing.

    Files lie under `root`, by default the nearest folder above the spec with a `reelspec.toml`,
    else the spec's own. `variables` override the spec's `vars`; their values are read as YAML
    scalars; `row` is what `row` stands for. `limits` are those of the film, `takes` a folder of
    recordings by name. Raises SpecError with every problem in order of line, UsageError where
    there is no such file, folder or cut.
    """
    given = dict(variables or {})
    with noted() as read, under(limits), limited(limits.steps):
        spec = _loaded(path, root, given, {"row": row} if row is not None else {}, cut)
        if takes:
            base = (root or root_of(path)).resolve()
            spec = replace(spec, scenes=with_takes(spec.scenes, takes_in(takes, base)))
    found = (file for file, content in read.items() if content and content.sha256)
    return replace(spec, files=tuple(sorted(found)))


def cut_names(path: Path) -> tuple[str, ...]:
    """Return the names of a spec's cuts, none where it is broken; UsageError without a file."""
    with suppress(OSError, NotRead):
        if b"cuts" not in read_ordinary(path, LARGEST):
            return ()
    return cuts.names(_document(path).data)


def format_of(path: Path, cut: str = "") -> str:
    """Return the format that a spec, or its cut, names, without reading more of it; MP4 if none."""
    with suppress(OSError, NotRead):
        if b"format" not in read_ordinary(path, LARGEST):
            return _FORMAT
    film = _document(path).data
    named = cuts.format_of(film, cut) if isinstance(film, dict) else None
    return named if isinstance(named, str) else _FORMAT


def _loaded(
    path: Path,
    root: Path | None,
    variables: Mapping[str, str],
    names: Mapping[str, Any],
    cut: str,
) -> Spec:
    document = _document(path)
    base = (root or root_of(path)).resolve()
    known = library(base)
    if not isinstance(document.data, dict):
        raise SpecError(*_no_film(document))
    files = Files(document, path.resolve(), base, known.language())
    written = cuts.cut_of(files.film, cut, known.language()) if cut else files.film
    film = Film(written, path.stem, known.language(), variables, names)
    ground = partial(ground_of, document, path, cut, (path, base, variables, names, cut))
    spec = replace(_spec(path, base, film, files, known, ground), cut=cut)
    if cut and spec.scenes:
        spec = replace(spec, scenes=cuts.shown(spec.scenes, files.film, cut, film.problems))
    problems = in_order(_joined(files.unread, [*files.problems, *film.problems]))
    if any(problem.level == "error" for problem in problems):
        raise SpecError(*problems)
    return replace(spec, warnings=problems)


def _joined(read: Iterable[Problem], checked: Iterable[Problem]) -> list[Problem]:
    """Return problems of reading and of checking; what could not be read is named once."""
    unread = {problem.place for problem in read if problem.level == "error"}
    return [*read, *(problem for problem in checked if problem.place not in unread)]


def _spec(
    path: Path, root: Path, film: Film, files: Files, known: Library, ground: Callable[[], str]
) -> Spec:
    context = context_of(film, known, known.language(), (root, path.resolve().parent))
    written = files.scenes()
    context = replace(context, ground=ground())
    shown = scenes(written, context) if written else ()
    return Spec(
        path=path,
        root=root,
        title=film.value("title") or path.stem,
        description=film.value("description"),
        author=film.value("author"),
        lang=context.lang,
        size=context.size,
        fps=context.fps,
        duration=film.duration(context.fps),
        loudness=film.loudness(),
        scenes=shown,
        format=str(film.value("format")),
        overlay=overlay(film.written, context),
        music=music(film.part("music", known.language().film.key("music")), context),
    )


def _document(path: Path) -> Document:
    """Return the document of a spec; raises UsageError where it cannot be read."""
    try:
        return read(path)
    except NotRead as refused:
        raise UsageError(Problem("no-spec", refused.says, hint=refused.hint)) from refused
    except OSError as error:
        names = [file.name for file in path.parent.glob("*.yaml")] if path.parent.is_dir() else []
        hint = did_you_mean(path.name, names)
        says = f"the spec '{path}' cannot be read: {error.strerror or error}"
        raise UsageError(Problem("no-spec", says, hint=hint)) from error


def _no_film(document: Document) -> tuple[Problem, ...]:
    """Return what is wrong with a document that is no map."""
    if any(problem.level == "error" for problem in document.problems):
        return document.problems
    says = "a spec is a map; the smallest is `version: 1` and `scenes:`"
    return (*document.problems, Problem("wrong-type", says, document.place()))
