"""Save, and only what changed is rendered: the loop from what is read to the film.

A thread looks out for saves (`lookout`), this one makes the rounds and tells of them. The worker
processes stay from round to round; a save during a round cancels it.
"""

from __future__ import annotations

import gc
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from renderer import history
from renderer.child.nursery import warm
from renderer.errors import Cancelled, Problem, Stop, UsageError
from renderer.inputs import noted
from renderer.memory import Memory, remembering
from renderer.proven import keep, recall
from renderer.publishing import kept_safe
from renderer.render import Made, Options, compile_spec, produce
from renderer.rounds import Broken, Event, Planned, Rendered, Saved
from renderer.store import Entry, Store
from renderer.watch.desk import Desk
from renderer.watch.lookout import Lookout
from renderer.work import Crew, crew

__all__ = ["watch"]

Listener = Callable[[Event], None]


def watch(
    films: Mapping[Path, Path],
    options: Options,
    listener: Listener,
    stop: threading.Event,
    *,
    poll: float | None = None,
) -> None:
    """Keep the films of specs, spec → film, up to date until `stop` is set.

    `listener` is called with every event from the thread that calls this. With `poll` files are
    looked at every so many seconds. Raises UsageError where a spec is not there at the beginning,
    and MissingError where the system cannot watch folders.
    """
    warm()
    with crew(options.processes) as workers:
        desk = Desk(films, workers)
        with Lookout(films, desk.change, desk.close, stop, poll) as lookout:
            work = _Work(films, options, listener, workers, lookout, desk)
            while taken := desk.take():
                work.round(*taken)


@dataclass(slots=True)
class _Work:
    """What rounds are made with; `seen` are the specs that have had one, `finished` their films.

    `memories` hold of each spec what its last round has worked out. They know the files of scenes
    by what they were: when another file than the spec is saved, its memory starts anew.
    """

    films: Mapping[Path, Path]
    options: Options
    listener: Listener
    crew: Crew
    lookout: Lookout
    desk: Desk
    seen: set[Path] = field(default_factory=set)
    finished: dict[Path, list[Entry]] = field(default_factory=dict)
    memories: dict[Path, Memory] = field(default_factory=dict)

    def round(self, spec: Path, paths: tuple[Path, ...]) -> None:
        """Make one round of a spec; raises UsageError where the first says that it is not there."""
        self.listener(Saved(spec, paths))
        memory = self.memories.setdefault(spec, Memory())
        if set(paths) - {spec.absolute()}:
            memory.forget()
        try:
            with remembering(memory), _undisturbed():
                self._rendered(spec, time.monotonic())
        except Cancelled:
            return
        except Stop as stop:
            if isinstance(stop, UsageError) and spec not in self.seen:
                raise
            self._broken(spec, stop.problems, stop.status)
        except Exception as error:
            self._broken(spec, (_fault(error),), 1)
        self.seen.add(spec)

    def _broken(self, spec: Path, problems: tuple[Problem, ...], status: int) -> None:
        """Tell of problems, unless they come from work that was cut off."""
        if not self.crew.cancelled:
            self.listener(Broken(spec, problems, status))

    def _rendered(self, spec: Path, began: float) -> None:
        store = self.options.open_store(spec)
        if spec not in self.seen:
            recall(store, spec)
        with noted() as read:
            try:
                compiled = compile_spec(spec, self.options, store, self._check)
            finally:
                if not self.crew.cancelled:
                    self.lookout.learn(spec, read)
        self.crew.check()
        self.listener(Planned(spec, compiled))
        out = self.films[spec]
        made = produce(compiled, out, self.options, store, self._check, self.crew, lasting=False)
        took = time.monotonic() - began
        self.desk.finish()
        self.listener(Rendered(spec, made, took, *_names(made)))
        gc.collect()
        kept_safe((made.path, *made.captions))
        history.remember(store, spec, made.built.recipes, self.options.cut)
        keep(store, spec)
        self._let_go(spec, made.built.entry, store)

    def _let_go(self, spec: Path, film: Entry, store: Store) -> None:
        """Let go of the films that two newer ones of a spec have come after.

        They are as large as the film, and joined again in no time; the last but one may still be
        read by a page.
        """
        older = [one for one in self.finished.get(spec, []) if one.key != film.key]
        for one in older[:-1]:
            store.drop(one)
        self.finished[spec] = [*older[-1:], film]

    def _check(self, *_: object) -> None:
        self.crew.check()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Look for no garbage meanwhile: what is remembered of a long film is much to search."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _names(made: Made) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the segments that were encoded, and of those that were there."""
    new: dict[str, bool] = {}
    for part, recipe in made.built.recipes.parts:
        new[part.name] = new.get(part.name, False) or recipe.key in made.built.fresh
    encoded = tuple(name for name, fresh in new.items() if fresh)
    return encoded, tuple(name for name, fresh in new.items() if not fresh)


def _fault(error: Exception) -> Problem:
    where = traceback.extract_tb(error.__traceback__)[-1]
    says = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
    hint = "this is a fault of the program; please report it"
    return Problem("internal", says, hint=hint)
