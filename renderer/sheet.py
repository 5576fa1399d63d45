"""Which moments of a film stand on its contact sheet, and the sheet made of their stills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from renderer import recipes
from renderer.errors import Problem, UsageError
from renderer.segments import picture_at
from renderer.store import Entry, Recipe, Store
from renderer.timeline import Shot, Timeline
from renderer.times import clock, frame_at
from renderer.work import Task, Workers, pool

MOST = 100
"""Stills that one sheet holds at the most."""

_EARLY = Fraction(1, 3)
_ENTERED = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Moment:
    """A frame of the film that is shown, and what is written under it."""

    frame: int
    label: str


def moments(timeline: Timeline, every: Fraction | None = None) -> tuple[Moment, ...]:
    """Return an early and a late frame of each scene, or one frame `every` so many seconds.

    With more than 50 scenes only the late ones. Raises UsageError for more than MOST.
    """
    if every is not None:
        return _at_most(_even(timeline, every), "--every", timeline)
    pairs = list(_pairs(timeline))
    if 2 * len(pairs) <= MOST:
        return tuple(moment for pair in pairs for moment in pair)
    return _at_most([late for _, late in pairs], "scenes", timeline)


def _pairs(timeline: Timeline) -> Iterator[tuple[Moment, Moment]]:
    for shot, start in zip(timeline.shots, timeline.starts, strict=True):
        frames = start + _early(shot, timeline.canvas.fps), start + shot.body - 1
        early, late = (_moment(timeline, shot, frame) for frame in frames)
        yield early, late


def _early(shot: Shot, fps: Fraction) -> int:
    """Return the frame by which all that comes in the scene's first third is there.

    It lies half a second behind what came last, or behind the transition.
    """
    third = shot.body * _EARLY
    comes = [layer.first for layer in shot.layers if layer.first <= third]
    begun = max([shot.enter.over if shot.enter else 0, *comes])
    return min(begun + frame_at(_ENTERED, fps), shot.body - 1)


def _even(timeline: Timeline, every: Fraction) -> list[Moment]:
    count = -(-timeline.frames // max(every * timeline.canvas.fps, Fraction(1)))
    frames = [frame_at(index * every, timeline.canvas.fps) for index in range(min(count, MOST + 1))]
    ends = [
        start + shot.frames for shot, start in zip(timeline.shots, timeline.starts, strict=True)
    ]
    shown = [frame for frame in frames if frame < timeline.frames]
    at = [sum(end <= frame for end in ends) for frame in shown]
    return [
        _moment(timeline, timeline.shots[index], frame)
        for index, frame in zip(at, shown, strict=True)
    ]


def _moment(timeline: Timeline, shot: Shot, frame: int) -> Moment:
    return Moment(frame, f"{shot.id}  ·  {clock(frame / timeline.canvas.fps)}")


def _at_most(found: Sequence[Moment], what: str, timeline: Timeline) -> tuple[Moment, ...]:
    if len(found) <= MOST:
        return tuple(found)
    length = timeline.frames / timeline.canvas.fps
    least = -(-length // MOST)
    says = f"a sheet holds {MOST} stills; this film has more" + (
        " scenes" if what == "scenes" else " of them at that step"
    )
    raise UsageError(Problem("usage", says, hint=f"write --every {least}s or longer, or --scene"))


def sheet(timeline: Timeline, shown: Sequence[Moment], store: Store, workers: Workers) -> Entry:
    """Return the contact sheet of some moments as a PNG file; stills that are there are used."""
    tasks = [_still(timeline, moment.frame) for moment in shown]
    recipe = _recipe(timeline, shown, tasks)
    if entry := store.find(recipe):
        return entry
    found = {task.recipe.key: store.find(task.recipe) for task in tasks}
    missing = {task.recipe.key: task for task in tasks if not found[task.recipe.key]}
    with pool(store, workers) as ours:
        found |= ours.make(list(missing.values()), _ignore)
        files = [entry.path for task in tasks if (entry := found[task.recipe.key])]
        cells = [(file, moment.label) for file, moment in zip(files, shown, strict=True)]
        return ours.make([Task(recipe, (timeline.canvas, cells))], _ignore)[recipe.key]


def _still(timeline: Timeline, frame: int) -> Task:
    segment, within = picture_at(timeline, frame)
    return Task(recipes.still(segment, within), (segment, within))


def _recipe(timeline: Timeline, shown: Sequence[Moment], stills: Sequence[Task]) -> Recipe:
    keys = [task.recipe.key for task in stills]
    return recipes.sheet(timeline.canvas, keys, [moment.label for moment in shown])


def _ignore(task: Task, entry: Entry) -> None:
    """Take no note of progress."""
