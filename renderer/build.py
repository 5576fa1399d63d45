"""Timeline → files, through the store: what is there is taken, the rest is made in the pool."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from renderer import recipes
from renderer.media.parts import Film, Part
from renderer.segments import coded_frames, picture_at, segments
from renderer.store import Entry, Recipe, Store
from renderer.timeline import Segment, Timeline
from renderer.work import Pool, Task, Workers, pool

Report = Callable[[str, int, int], None]
"""Progress: the stage (`speak`, `frames`, `join`), how much is done and how much there is."""

_MIX_WEIGHT = 1_000_000


@dataclass(frozen=True, slots=True)
class Built:
    """A finished film in the store, how many segments it has and how many had to be encoded.

    `fresh` are the keys of the recipes of those.
    """

    entry: Entry
    segments: int
    encoded: int
    fresh: frozenset[str] = frozenset()


def film(timeline: Timeline, store: Store, workers: Workers, report: Report) -> Built:
    """Return the finished film, made of what the store has and what had to be made."""
    parts = segments(timeline)
    recipe = recipes.film(timeline, parts)
    if entry := store.find(recipe):
        return Built(entry, len(parts), 0)
    wanted = [_segment_task(part) for part in parts] + [_sound_task(timeline, store)]
    found = dict(_lookup(wanted, store))
    missing = list(
        {task.recipe.key: task for task in wanted if task.recipe.key not in found}.values()
    )
    with pool(store, workers) as ours:
        found |= ours.make(missing, _progress(missing, report))
        report("join", 0, 1)
        joined = _join(timeline, parts, found, recipe, ours)
        report("join", 1, 1)
    fresh = frozenset(task.recipe.key for task in missing if task.recipe.stage == "segment")
    return Built(joined, len(parts), len(fresh), fresh)


def through_moviepy(timeline: Timeline, store: Store, workers: Workers, report: Report) -> Built:
    """Return the film written by MoviePy's compositor and writer, in one process."""
    count = len(segments(timeline))
    recipe = recipes.moviepy(timeline)
    if entry := store.find(recipe):
        return Built(entry, count, 0)
    report("join", 0, 1)
    with pool(store, _one(workers)) as ours:
        made = ours.make([Task(recipe, timeline)], _ignore)
    every = frozenset(recipes.segment(part).key for part in segments(timeline))
    return Built(made[recipe.key], count, count, every)


def _one(workers: Workers) -> Workers:
    """Return a crew as it is, of a number of processes one."""
    return 1 if isinstance(workers, int) else workers


ENGINES = {"native": film, "moviepy": through_moviepy}
"""Name of an engine → the function that makes a film with it."""


def missing(timeline: Timeline, store: Store) -> list[tuple[Segment, Recipe]]:
    """Return the segments that the store does not have, with their recipes."""
    each = [(part, recipes.segment(part)) for part in segments(timeline)]
    return [(part, recipe) for part, recipe in each if not store.find(recipe)]


def still(timeline: Timeline, frame: int, store: Store, workers: Workers = 1) -> Entry:
    """Return the picture of one frame of the film as a PNG file."""
    segment, within = picture_at(timeline, frame)
    recipe = recipes.still(segment, within)
    if entry := store.find(recipe):
        return entry
    with pool(store, workers) as ours:
        return ours.make([Task(recipe, (segment, within))], _ignore)[recipe.key]


def narration(timeline: Timeline, store: Store) -> Entry:
    """Return the film's sound as a WAV file, 48 kHz stereo."""
    recipe = recipes.narration(timeline)
    if entry := store.find(recipe):
        return entry
    with pool(store, 1) as workers:
        return workers.make([Task(recipe, (timeline.soundtrack, store))], _ignore)[recipe.key]


def _lookup(tasks: Sequence[Task], store: Store) -> list[tuple[str, Entry]]:
    each = [(task.recipe.key, store.find(task.recipe)) for task in tasks]
    return [(key, entry) for key, entry in each if entry]


def _segment_task(part: Segment) -> Task:
    return Task(recipes.segment(part), part, coded_frames(part))


def _sound_task(timeline: Timeline, store: Store) -> Task:
    return Task(recipes.soundtrack(timeline), (timeline.soundtrack, store), _MIX_WEIGHT)


def _join(
    timeline: Timeline,
    parts: Sequence[Segment],
    found: dict[str, Entry],
    recipe: Recipe,
    workers: Pool,
) -> Entry:
    pieces = tuple(
        Part(found[recipes.segment(part).key].path, part.frames, part.still) for part in parts
    )
    request = Film(
        pieces,
        found[recipes.soundtrack(timeline).key].path,
        timeline.soundtrack.samples,
        timeline.canvas.fps,
        recipes.tags(timeline),
        timeline.chapters,
    )
    return workers.make([Task(recipe, request)], _ignore)[recipe.key]


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


def _ignore(task: Task, entry: Entry) -> None:
    """Take no note of progress."""
