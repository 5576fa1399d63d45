"""The whole pipeline: spec → cues → timeline → segments and sound → film.

Each step asks the store first; where the finished film is there, nothing that paints, mixes or
encodes is even loaded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from renderer import build, history, proven, recipes, touched
from renderer.build import Built, Report
from renderer.captions import exporting
from renderer.child.nursery import warm
from renderer.errors import Problem, SpecError, UsageError, did_you_mean, strictly
from renderer.forms import form
from renderer.media.standing import WAY, Way
from renderer.misfits import misfits
from renderer.nouns import Line
from renderer.paths import root_of
from renderer.plan import only, plan
from renderer.profile import TRUSTED, Profile, under
from renderer.publishing import publish, publish_folder, publish_text
from renderer.spec import Spec, load
from renderer.store import Store, using
from renderer.subtitles import files
from renderer.timeline import Timeline
from renderer.times import clock, frame_at, seconds
from renderer.voice import drafted, speak_all
from renderer.work import Workers, cores

DRAFT_RATE = Fraction(12)
"""Frames a second of a draft; its pictures are half as wide and high."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to render: where root and store lie, how many processes, which scenes, from when to when.

    `begin` and `end` are times of the film as they are written in specs; empty is its own.
    `strict` makes every warning an error. `limits` are those of the spec and its film. `cut` names
    one of its cuts, `format` is the film's own where it is empty. `row` is what `row` stands for,
    `takes` is a folder of recordings by name, `exports` are formats that what is said is exported
    to, whatever the film says. `still` is how runs of pictures that stand are coded in MP4.
    """

    root: Path | None = None
    store: Path | None = None
    cache: bool = True
    processes: int = field(default_factory=cores)
    scenes: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    engine: str = "native"
    begin: str = ""
    end: str = ""
    draft: bool = False
    strict: bool = False
    limits: Profile = TRUSTED
    cut: str = ""
    format: str = ""
    row: Mapping[str, Any] | None = None
    takes: Path | None = None
    exports: tuple[str, ...] = ()
    still: Way = WAY

    def load(self, spec: Path) -> Spec:
        """Return a spec as these options mean it; raises what `spec.load` raises."""
        with using(self.open_store(spec)):
            return load(
                spec,
                root=self.root,
                variables=self.variables,
                limits=self.limits,
                cut=self.cut,
                row=self.row,
                takes=self.takes,
            )

    def open_store(self, spec: Path) -> Store:
        """Return the store for a spec: `.render` in its root, unless another was named."""
        folder = self.store or (self.root or root_of(spec)) / ".render"
        return Store(folder, keep=self.cache)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A spec with its timeline, and the warnings of both."""

    spec: Spec
    timeline: Timeline
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A film that was made, where, of what, and what had to be done for it.

    `captions` are the files of captions beside it.
    """

    path: Path
    compiled: Compiled
    built: Built
    captions: tuple[Path, ...] = ()

    @property
    def segments(self) -> int:
        """Return how many segments the film has."""
        return len(self.built.recipes.parts)

    @property
    def encoded(self) -> int:
        """Return how many segments had to be encoded; equal ones are encoded once."""
        return len(self.built.fresh)


def silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""


def render(spec: Path, out: Path, options: Options, report: Report = silent) -> Made:
    """Make the film of a spec at `out`, return what was done; raises `Stop` with the problems."""
    warm()
    store = options.open_store(spec)
    proven.recall(store, spec)
    compiled = compile_spec(spec, options, store, report)
    edited = touched.touched(store, compiled.spec)
    remember = partial(history.remember, store, spec, cut=options.cut)
    made = produce(compiled, out, options, store, report, edited=edited, known=remember)
    proven.keep(store, spec)
    touched.keep(store, spec)
    return made


def produce(
    compiled: Compiled,
    out: Path,
    options: Options,
    store: Store,
    report: Report = silent,
    workers: Workers | None = None,
    *,
    lasting: bool = True,
    edited: Collection[str] = (),
    known: build.Known = lambda every: None,
) -> Made:
    """Make the film of a compiled spec at `out`, by a crew where one is given; raises `Stop`.

    Where it is not `lasting` the disk is not waited for; `kept_safe` of the store does that.
    Scenes that were probably `edited` are begun first. `known` gets the film's recipes.
    """
    beside = {out.with_suffix(suffix): text for suffix, text in files(compiled.timeline).items()}
    for path in (out, *beside):
        refuse_inputs(compiled.spec, path)
    kind = form(options.format or compiled.spec.format)
    asked = compiled.timeline, store, workers or options.processes, report
    if kind.joins:
        built = build.ENGINES[options.engine](*asked, options.still, edited, known)
    else:
        _refuse_engine(options.engine, kind.name)
        built = build.converted(*asked, (kind.name, kind.suffix or ".zip"), known)
    if kind.folder:
        publish_folder(built.entry, out)
    else:
        publish(built.entry, out, lasting=lasting)
    for path, text in beside.items():
        publish_text(text, path, lasting=lasting)
    return Made(out, compiled, built, tuple(beside))


def _refuse_engine(engine: str, name: str) -> None:
    if engine != "native":
        says = f"the engine '{engine}' writes MP4, not {name}"
        raise UsageError(Problem("usage", says, hint="leave out --engine"))


def refuse_inputs(spec: Spec, out: Path) -> None:
    """Raise UsageError where a result would replace a file that the film is made of."""
    if out.exists() and any(file.exists() and out.samefile(file) for file in spec.files):
        says = f"'{out}' is a file that the film is made of"
        raise UsageError(Problem("overwrites-input", says, hint="give another file with `-o`"))


def compile_spec(path: Path, options: Options, store: Store, report: Report = silent) -> Compiled:
    """Load a spec, speak its lines and plan it.

    Raises SpecError with every problem, UsageError for a spec or scene that is not there, and
    AssetError where a voice fails.
    """
    spec = _loaded(path, options)
    lines = _lines(spec, options, store)
    cues = speak_all(lines, store, report, meanwhile=recipes.get_ready)
    with under(options.limits):
        timeline, problems = plan(spec, cues)
    if any(problem.level == "error" for problem in problems):
        raise SpecError(*problems)
    warnings = (*spec.warnings, *problems, *misfits(spec.lines, store))
    if options.strict and warnings:
        raise SpecError(*strictly(warnings))
    chosen = _excerpt(_selected(timeline, options.scenes), options)
    return Compiled(spec, _reduced(chosen) if options.draft else chosen, warnings)


def _loaded(path: Path, options: Options) -> Spec:
    """Return a spec with what the options change of it."""
    spec = options.load(path)
    if options.exports:
        spec = exporting(spec, options.exports)
    return replace(spec, fps=min(spec.fps, DRAFT_RATE)) if options.draft else spec


def _lines(spec: Spec, options: Options, store: Store) -> tuple[Line, ...]:
    return drafted(spec.lines, store) if options.draft else spec.lines


def _reduced(timeline: Timeline) -> Timeline:
    """Return the film with pictures of half the width and height, laid out as the whole ones."""
    return replace(timeline, canvas=replace(timeline.canvas, reduced=2))


def _excerpt(timeline: Timeline, options: Options) -> Timeline:
    """Return the film with only a part of it to be made, where the options ask for one."""
    if not options.begin and not options.end:
        return timeline
    first = _frame(options.begin, timeline) if options.begin else 0
    last = _frame(options.end, timeline) if options.end else timeline.frames
    window = (min(first, timeline.frames), min(last, timeline.frames))
    if window[0] >= window[1]:
        length = clock(timeline.frames / timeline.canvas.fps)
        raise UsageError(
            Problem("usage", "--from and --to leave nothing", hint=f"it lasts {length}")
        )
    return replace(timeline, window=window)


def _frame(written: str, timeline: Timeline) -> int:
    time = seconds(written, timeline.canvas.fps)
    if time is None:
        raise UsageError(
            Problem("bad-time", f"{written} is no time", hint="write 3.5s, 1:10 or 90f")
        )
    return frame_at(time, timeline.canvas.fps)


def _selected(timeline: Timeline, scenes: tuple[str, ...]) -> Timeline:
    """Return the whole film, or the part of it that the named scenes make."""
    known = [shot.id for shot in timeline.shots]
    unknown = [name for name in scenes if name not in known]
    if unknown:
        raise UsageError(*(_no_scene(name, known) for name in unknown))
    return only(timeline, scenes) if scenes else timeline


def _no_scene(name: str, known: list[str]) -> Problem:
    hint = did_you_mean(name, known) or f"there are {', '.join(known[:20])}"
    return Problem("unknown-scene", f"no scene is called '{name}'", hint=hint)
