"""What is done for a job, one stage after the other; runs in the job's own process."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from reelspec.service import guess
from reelspec.service.authored import Author
from reelspec.service.files import ASSET, DRAFT, SOURCES, SPEC, JobFiles, upload_place
from reelspec.service.outgoing import asset
from renderer import assets
from renderer.errors import AssetError, Problem
from renderer.profile import UNTRUSTED
from renderer.publishing import publish
from renderer.render import Compiled, Options, compile_spec, produce
from renderer.sheet import MOST, moments, sheet
from renderer.store import Store
from renderer.timeline import Timeline
from renderer.work import Crew

Report = Callable[[str, int, int], None]


@dataclass(slots=True)
class Work:
    """One job to do: what was asked for, where its files lie, with what it is done."""

    kind: str
    request: Mapping[str, Any]
    files: JobFiles
    base: Path
    store: Store
    crew: Crew
    author: Author
    fetch: tuple[str, ...]
    near: tuple[str, ...]
    upload: int
    report: Report
    timings: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Tell that a stage begins, and note how long it took."""
        self.report(name, 0, 1)
        began = time.monotonic()
        try:
            yield
        finally:
            self.timings[name] = round(time.monotonic() - began, 3)


def do(work: Work) -> None:
    """Make all that a job asks for; raises `Stop` with what stands in its way.

    What is not made is not there: an earlier attempt's files are replaced one by one.
    """
    work.files.work.mkdir(parents=True, exist_ok=True)
    work.files.made.mkdir(parents=True, exist_ok=True)
    if work.kind == "render":
        _place(work)
    elif not work.files.spec.is_file():
        _author(work)
    if work.request.get("generation_mode") == "mock" or work.kind == "write":
        _guess(work)
    else:
        _film(work)


def _author(work: Work) -> None:
    with work.stage("author"):
        draft = work.files.work / DRAFT / SPEC
        draft.parent.mkdir(exist_ok=True)
        tell = lambda stage: work.report("author", 0, 1)  # noqa: E731
        sources = [*_sources(work)]
        work.problems += work.author.write(work.request, sources, draft, tell)
        _take(draft, work.files.spec)


def _take(draft: Path, spec: Path) -> None:
    """Take what the author wrote: its pictures, and last the spec, which says that all is there."""
    for folder in draft.parent.glob("*-pictures"):
        shutil.rmtree(spec.parent / folder.name, ignore_errors=True)
        folder.replace(spec.parent / folder.name)
    draft.replace(spec)
    shutil.rmtree(draft.parent, ignore_errors=True)


def _sources(work: Work) -> Iterator[str]:
    """Put what a prompt brings along into the job's folder; yield files and addresses."""
    folder = work.files.work / SOURCES
    if text := work.request.get("text"):
        folder.mkdir(exist_ok=True)
        own = folder / "text.md"
        own.write_text(text, encoding="utf-8", errors="replace")
        yield str(own)
    for name, origin in work.request.get("sources", {}).items():
        if ASSET.fullmatch(origin):
            _copy(upload_place(work.base, origin), folder / name)
            yield str(folder / name)
        else:
            yield origin


def _place(work: Work) -> None:
    """Put the spec and its assets into the job's folder."""
    for name, origin in work.request.get("assets", {}).items():
        out = work.files.work / name
        if ASSET.fullmatch(origin):
            _copy(upload_place(work.base, origin), out)
        else:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(asset(origin, work.fetch, frozenset(work.near), work.upload))
    work.files.spec.write_text(work.request["spec"], encoding="utf-8")


def _copy(upload: Path, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(upload, out)
    except FileNotFoundError as error:
        says = f"the upload for '{out.name}' is not kept any more"
        raise AssetError(Problem("missing-file", says, hint="upload it again")) from error


def _guess(work: Work) -> None:
    """Check the spec and show what the film will look like, without voice and film."""
    with work.stage("check"):
        spec = guess.read(work.files.spec, work.files.work)
        timeline, warnings = guess.guessed(spec)
        work.problems += warnings
    _sheet(work, timeline)


def _film(work: Work) -> None:
    options = Options(root=work.files.work, store=work.store.folder, limits=UNTRUSTED)
    with work.stage("check"):
        guess.read(work.files.spec, work.files.work)
    with work.stage("speak"):
        compiled = compile_spec(work.files.spec, options, work.store, work.report)
        work.problems += compiled.warnings
    _sheet(work, compiled.timeline)
    with work.stage("frames"):
        produce(compiled, work.files.film, options, work.store, work.report, work.crew)
    _keep(work, compiled)


def _keep(work: Work, compiled: Compiled) -> None:
    with work.stage("join"):
        assets.keep(compiled.timeline, work.store, work.files.stills)


def _sheet(work: Work, timeline: Timeline) -> None:
    with work.stage("sheet"):
        shown = moments(timeline, _step(timeline))
        publish(sheet(timeline, shown, work.store, work.crew), work.files.sheet)


def _step(timeline: Timeline) -> Fraction | None:
    """Return how far the stills of a sheet are apart, None for those of each scene."""
    if len(timeline.shots) <= MOST:
        return None
    return Fraction(timeline.frames + MOST) / timeline.canvas.fps / MOST
