"""Timeline → files, through the store: what is there is taken, the rest is made in the pool."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from renderer import recipes
from renderer.media.parts import Film, Part
from renderer.media.standing import WAY, Way
from renderer.recipes import Recipes
from renderer.segments import coded_frames, files_around, painted_frames, picture_at
from renderer.store import Entry, Recipe, Store
from renderer.timeline import Segment, Timeline
from renderer.work import Pool, Task, Workers, pool

Report = Callable[[str, int, int], None]
"""Progress: the stage (`speak`, `read`, `frames`, `join`), what is done, what there is."""

Known = Callable[[Recipes], None]
"""What is called once with the recipes of a film, when its parts are there."""

_MIX_WEIGHT = 1_000_000
_FEW = 8
"""Where the store has so many times what it lacks, little was changed."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished film in the store, its recipes, and the keys of the segments that were encoded."""

    entry: Entry
    recipes: Recipes
    fresh: frozenset[str] = frozenset()


def film(
    timeline: Timeline,
    store: Store,
    workers: Workers,
    report: Report,
    still: Way = WAY,
    touched: Collection[str] = (),
    known: Known = lambda every: None,
) -> Built:
    """Return the finished film, made of what the store has and what had to be made.

    Runs of pictures that stand are coded in the way `still`. What moves in the shots that were
    probably `touched`, named by their ids, is begun first.
    """
    with pool(store, workers) as ours:
        for part in files_around(timeline, touched, still):
            _begin(part, recipes.segment(part), store, ours)
        every = recipes.whole(timeline, still, _ahead(store, ours))
        if entry := store.find(every.film):
            known(every)
            return Built(entry, every)
        wanted = {task.recipe.key: task for task in _tasks(timeline, every, store)}
        found, made = _found_or_made(list(wanted.values()), store, ours, report)
        report("join", 0, 1)
        with ThreadPoolExecutor(1) as beside:
            telling = beside.submit(known, every)
            joined = _join(timeline, every, found | made, ours)
        telling.result()
        report("join", 1, 1)
    fresh = frozenset(key for key in made if wanted[key].recipe.stage == "segment")
    return Built(joined, every, fresh)


def _ahead(store: Store, workers: Pool) -> Callable[[Segment, Recipe], None]:
    """Return what has a part of a film begun that the store lacks, if it has those before.

    A film in which little was changed need not be known to its end for that. What stands takes a
    worker that what moves, and may come next, has more need of.
    """
    there = lacking = 0

    def seen(part: Segment, recipe: Recipe) -> None:
        nonlocal there, lacking
        if store.may_have(recipe):
            there += 1
            return
        lacking += 1
        if there > _FEW * lacking:
            _begin(part, recipe, store, workers)

    return seen


def _begin(part: Segment, recipe: Recipe, store: Store, workers: Pool) -> None:
    """Have a part begun that the store lacks, if it moves and shows no video, which come first."""
    if not (part.still or any(recipes.clips(part)) or store.may_have(recipe)):
        workers.ahead(Task(recipe, part, painted_frames(part)))


def _found_or_made(
    wanted: Sequence[Task], store: Store, workers: Pool, report: Report
) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """Return what the store has of some tasks, and what had to be made, by their keys.

    What lies in the store is read while the workers make what does not; what is found to be
    damaged is made after.
    """
    here = {task.recipe.key for task in wanted if store.may_have(task.recipe)}
    there = [task for task in wanted if task.recipe.key in here]
    lacking = [task for task in wanted if task.recipe.key not in here]
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(_lookup, there, store)
        made = _made(lacking, store, workers, report)
        found = dict(reading.result())
    damaged = [task for task in there if task.recipe.key not in found]
    return found, made | _made(damaged, store, workers, report)


def _made(tasks: Sequence[Task], store: Store, workers: Pool, report: Report) -> dict[str, Entry]:
    if not tasks:
        return {}
    _ready(tasks, store, workers, report)
    return workers.make(tasks, _progress(tasks, report))


def through_moviepy(
    timeline: Timeline,
    store: Store,
    workers: Workers,
    report: Report,
    still: Way = WAY,
    touched: Collection[str] = (),
    known: Known = lambda every: None,
) -> Built:
    """Return the film written by MoviePy's compositor and writer, in one process.

    It encodes what stands as all else, whatever `still` is, and all in its order.
    """
    every, recipe = recipes.whole(timeline), recipes.moviepy(timeline)
    if entry := store.find(recipe):
        known(every)
        return Built(entry, every)
    report("join", 0, 1)
    with pool(store, _one(workers)) as ours:
        made = ours.make([Task(recipe, (timeline, store))], _ignore)
    known(every)
    return Built(made[recipe.key], every, frozenset(part.key for _, part in every.parts))


def _one(workers: Workers) -> Workers:
    """Return a crew as it is, of a number of processes one."""
    return 1 if isinstance(workers, int) else workers


def converted(
    timeline: Timeline,
    store: Store,
    workers: Workers,
    report: Report,
    form: tuple[str, str],
    known: Known = lambda every: None,
) -> Built:
    """Return the film in a format, given by name and suffix, that is made of its pictures."""
    every, recipe = recipes.whole(timeline), recipes.movie(timeline, *form)
    if entry := store.find(recipe):
        known(every)
        return Built(entry, every)
    report("frames", 0, timeline.frames)
    with pool(store, _one(workers)) as ours:
        sound = Task(recipes.mixture(timeline), (timeline.soundtrack, store))
        _ready([Task(recipe, part) for part, recipe in every.parts], store, ours, report)
        heard = store.find(sound.recipe) or ours.make([sound], _ignore)[sound.recipe.key]
        asked = (timeline, heard.path, form[0], recipes.tags(timeline))
        made = ours.make([Task(recipe, asked)], _ignore)
    known(every)
    report("frames", timeline.frames, timeline.frames)
    return Built(made[recipe.key], every, frozenset(part.key for _, part in every.parts))


ENGINES = {"native": film, "moviepy": through_moviepy}
"""Name of an engine → the function that makes a film with it."""


def still(timeline: Timeline, frame: int, store: Store, workers: Workers = 1) -> Entry:
    """Return the picture of one frame of the film as a PNG file."""
    segment, within = picture_at(timeline, frame)
    recipe = recipes.still(segment, within)
    if entry := store.find(recipe):
        return entry
    with pool(store, workers) as ours:
        return ours.make([Task(recipe, (segment, within))], _ignore)[recipe.key]


def mixture(timeline: Timeline, store: Store, workers: Workers = 1) -> Entry:
    """Return the film's sound as a WAV file, 48 kHz stereo."""
    recipe = recipes.mixture(timeline)
    if entry := store.find(recipe):
        return entry
    with pool(store, workers) as ours:
        return ours.make([Task(recipe, (timeline.soundtrack, store))], _ignore)[recipe.key]


def narration(timeline: Timeline, store: Store) -> Entry:
    """Return what is said in the film as a WAV file, 48 kHz mono."""
    recipe = recipes.narration(timeline)
    if entry := store.find(recipe):
        return entry
    with pool(store, 1) as workers:
        return workers.make([Task(recipe, (recipes.said(timeline), store))], _ignore)[recipe.key]


def _tasks(timeline: Timeline, every: Recipes, store: Store) -> Iterator[Task]:
    for part, recipe in every.parts:
        yield Task(recipe, part, painted_frames(part))
    yield Task(every.sound, (timeline.soundtrack, store), _MIX_WEIGHT)


def _ready(tasks: Sequence[Task], store: Store, workers: Pool, report: Report) -> None:
    """Have the videos read that some segments show, each once and several at a time."""
    shown = [task.argument for task in tasks if isinstance(task.argument, Segment)]
    parts = {part.recipe.key: part for one in shown for part in recipes.clips(one)}
    wanted = [Task(one.recipe, one) for one in parts.values() if not store.find(one.recipe)]
    if wanted:
        workers.make(wanted, _counted("read", len(wanted), report))


def _lookup(tasks: Iterable[Task], store: Store) -> list[tuple[str, Entry]]:
    each = [(task.recipe.key, store.find(task.recipe)) for task in tasks]
    return [(key, entry) for key, entry in each if entry]


def _join(timeline: Timeline, every: Recipes, found: dict[str, Entry], workers: Pool) -> Entry:
    pieces = tuple(
        Part(str(found[recipe.key].path), part.frames, part.still) for part, recipe in every.parts
    )
    request = Film(
        pieces,
        found[every.sound.key].path,
        timeline.soundtrack.samples,
        timeline.canvas.fps,
        recipes.tags(timeline),
        timeline.chapters,
        recipes.subtitles(timeline),
    )
    return workers.make([Task(every.film, request)], _ignore)[every.film.key]


def _progress(tasks: Sequence[Task], report: Report) -> Callable[[Task, Entry], None]:
    """Return what to call after each task: it reports the frames coded so far."""
    total, done = sum(map(_frames, tasks)), 0
    report("frames", 0, total)

    def count(task: Task, entry: Entry) -> None:
        nonlocal done
        done += _frames(task)
        report("frames", done, total)

    return count


def _frames(task: Task) -> int:
    return coded_frames(task.argument) if isinstance(task.argument, Segment) else 0


def _counted(stage: str, total: int, report: Report) -> Callable[[Task, Entry], None]:
    """Return what to call after each task of a stage: it reports how many are done."""
    count = itertools.count(1)
    report(stage, 0, total)
    return lambda task, entry: report(stage, next(count), total)


def _ignore(task: Task, entry: Entry) -> None:
    """Take no note of progress."""
