"""The whole of it: a request and sources → a script as long as was asked for → a spec's text."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reelspec.author import plugins
from reelspec.author.account import Account
from reelspec.author.counting import counted
from reelspec.author.darkroom import Darkroom
from reelspec.author.drafts import Draft
from reelspec.author.finding import Gathered
from reelspec.author.gathering import Named, pages_of
from reelspec.author.illustrating import Album, Supply, album_of, reserve, supplies
from reelspec.author.plain import undrawable
from reelspec.author.posing import places, wish_of
from reelspec.author.request import Request
from reelspec.author.samples import SAMPLES
from reelspec.author.scripting import Script, Studio, recast, scripted
from reelspec.author.segmentation import base
from reelspec.author.verifying import verified
from reelspec.author.writing import Origin, spec_text
from renderer.errors import MissingError, Problem, UsageError
from renderer.paths import root_of
from renderer.store import Store, replacing
from renderer.templates import Library, library, schema_text

Report = Callable[[str, str], None]
_MOST_CREDITS = 12
SCHEMA = Path(".render") / "schema.json"


@dataclass(frozen=True, slots=True)
class Gallery:
    """Where pictures are to come from, and the folder beside the spec that holds their files."""

    supplies: tuple[Supply, ...] = ()
    darkroom: Darkroom = field(default_factory=Darkroom)
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A spec that was written: its text, its script, its numbers, what its reader ought to know.

    `album` has its pictures, whose files belong into `folder` beside it.
    """

    text: str
    script: Script
    account: Account
    problems: tuple[Problem, ...]
    album: Album = field(default_factory=Album)
    folder: str = ""


def author(
    request: Request,
    found: Gathered,
    writer: str,
    origin: Origin,
    store: Store,
    report: Report = lambda stage, says: None,
    gallery: Gallery | None = None,
) -> Written:
    """Return the spec of a film that was asked for; raises `Stop` with what stands in its way."""
    if lacking := undrawable(f"{request.topic}{SAMPLES.get(base(request.lang), '')}", request.lang):
        raise MissingError(lacking)
    studio = Studio(plugins.load("writers", writer), verified, store, report)
    pictures = gallery or Gallery()
    spare = reserve(pictures.supplies, pictures.darkroom, request.duration)
    shorter = replace(request, duration=request.duration - spare)
    script = scripted(shorter, found.research, studio)
    album, whole = Album(), found.research
    if pictures.supplies:
        album = _album(script, request, pictures, studio)
        whole = replace(whole, sources=(*whole.sources, *album.sources))
        script = recast(script, _citing(script.draft, album), request, whole, studio)
        script = replace(script, scenes=album.posed(script.scenes, pictures.folder))
    text = spec_text(script, request, whole, origin)
    told = counted(script, request, found.research)
    problems = (*map(_softened, found.problems), *script.problems, *album.problems)
    return Written(text, script, told, problems, album, pictures.folder)


def gallery_of(asked: Sequence[str], request: Request, named: Named, out: Path) -> Gallery:
    """Return where pictures come from that are asked for as `NAME[:KEY=VALUE,…]`.

    Raises UsageError where there is no such plug-in, or it lacks what it cannot work without.
    """
    if not asked:
        return Gallery()
    root = root_of(out)
    pages, palette = pages_of(named, Store(root / ".render")), _palette(request.manner.theme, root)
    darkroom = Darkroom(request.lang, named.folder, pages, palette)
    return Gallery(supplies(asked, darkroom), darkroom, f"{out.stem}-pictures")


def _palette(theme: str, root: Path) -> Mapping[str, str]:
    """Return the colours of a theme; of one that is not there those of the default."""
    there: Library = library(root)
    found = there.theme(theme, []) if theme in there.themes else there.default_theme()
    return (found or there.default_theme()).colours


def _album(script: Script, request: Request, gallery: Gallery, studio: Studio) -> Album:
    """Return the pictures of a script, as many as its credits have room for."""
    told = len({name for scene in script.scenes for name in scene.get("cite", ())})
    beats = script.scenes[: len(script.draft.beats)]
    chosen = places(beats)[: max(0, _MOST_CREDITS - told)]
    size, topic = request.manner.size, request.topic
    wishes = {at: wish_of(beats[at], topic, request.lang, size) for at in chosen}
    return album_of(wishes, gallery.supplies, gallery.darkroom, studio.report)


def _citing(draft: Draft, album: Album) -> Draft:
    """Return a draft whose beats also cite the sources of their pictures."""
    beats = (
        replace(beat, cite=(*beat.cite, *album.cited(at))) for at, beat in enumerate(draft.beats)
    )
    return replace(draft, beats=tuple(beats))


def _softened(problem: Problem) -> Problem:
    """Return a problem of one source as a warning: the others have made the film."""
    return replace(problem, level="warning")


def refuse_existing(out: Path, force: bool) -> None:
    """Raise UsageError where a file is there that nobody said may be replaced."""
    if out.exists() and not force:
        hint = "name another file with `-o`, or replace it with --force"
        raise UsageError(Problem("exists", f"{out} is there already", hint=hint))


def origin_of(out: Path, command: Sequence[str]) -> Origin:
    """Return where a spec at `out` comes from; its schema lies in the cache of its root."""
    schema = root_of(out) / SCHEMA
    relative = os.path.relpath(schema, out.resolve().parent)
    return Origin(tuple(command), Path(relative).as_posix())


def keep_pictures(written: Written, out: Path) -> None:
    """Write the pictures of a spec into their folder beside it, each in one step.

    Raises UsageError where they cannot be written.
    """
    folder = out.resolve().parent / written.folder
    for one in written.album.prints.values():
        try:
            with replacing(folder / one.developed.file) as new:
                new.write_bytes(one.picture.data)
        except OSError as error:
            raise _unwritten(folder / one.developed.file, error) from error


def _unwritten(path: Path, error: OSError) -> UsageError:
    return UsageError(Problem("disk", f"cannot write {path}: {error.strerror or error}"))


def publish(text: str, out: Path) -> None:
    """Write a spec in one step, and for editors the schema into the cache of its root.

    Raises UsageError where it cannot be written.
    """
    try:
        for path, content in ((root_of(out) / SCHEMA, schema_text(root_of(out))), (out, text)):
            with replacing(path) as new:
                new.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unwritten(out, error) from error
