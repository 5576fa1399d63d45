"""What viewers would mind in a film, as warnings with the line that makes it so.

Reading time is told by numbers alone; the rest is measured on painted pictures, in the pool, and
kept in the store: a segment that was looked at is not painted for it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from renderer import recipes
from renderer.errors import Problem, in_order
from renderer.nouns import Spec
from renderer.plan import plan
from renderer.segments import segments
from renderer.store import Entry, Store
from renderer.timeline import Canvas, Layer, Segment, Shot, Timeline
from renderer.times import frame_at
from renderer.work import Task, pool

_NOTICE = Fraction(3, 2)
_WORD = Fraction(3, 10)
_PAUSE = Fraction(1, 2)
_ARABIC_WORD = Fraction(35, 100)
_READ = ("text", "counter")


def looks(timeline: Timeline, store: Store, processes: int) -> tuple[Problem, ...]:
    """Return a warning for every text that cannot be read well, in order of place.

    Pictures are looked at in their full size.
    """
    timeline = replace(timeline, canvas=replace(timeline.canvas, reduced=1))
    parts = [_first_marked(part) for part in segments(timeline) if _finished(part)]
    seen = _seen(parts, store, processes)
    found = (problem for part, entry in seen for problem in _told(part, entry))
    return in_order([*_once(found), *reading(timeline)])


def _finished(part: Segment) -> bool:
    """Return whether what a segment shows has come whole, and does not yet go."""
    layers = (*part.layers, *part.over)
    return part.transition is None and not any(layer.enter or layer.exit for layer in layers)


def _first_marked(part: Segment) -> Segment:
    """Return a segment whose captions mark their first word, so that each is looked at once."""
    return replace(part, over=tuple(map(_marking_first, part.over)))


def _marking_first(layer: Layer) -> Layer:
    caption = layer.params.get("caption")
    if not caption or not caption["words"]:
        return layer
    return replace(layer, params={**layer.params, "caption": {**caption, "marked": 0}})


def _seen(
    parts: Sequence[Segment], store: Store, processes: int
) -> Iterator[tuple[Segment, Entry]]:
    """Yield each segment with what looking at the middle of it has found."""
    tasks = [Task(recipes.look(part, part.frames // 2), (part, part.frames // 2)) for part in parts]
    found = {task.recipe.key: store.find(task.recipe) for task in tasks}
    missing = {task.recipe.key: task for task in tasks if not found[task.recipe.key]}
    if missing:
        with pool(store, processes) as workers:
            found |= workers.make(list(missing.values()), lambda *_: None)
    for part, task in zip(parts, tasks, strict=True):
        if entry := found[task.recipe.key]:
            yield part, entry


def _told(part: Segment, entry: Entry) -> Iterator[Problem]:
    for found in entry.facts["findings"]:
        place = (*part.layers, *part.over)[found["layer"]].place
        says = f"in '{part.name}', {found['says']}"
        yield Problem(found["code"], says, place, found["hint"], "warning")


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first problem of each code at each place: a text is told of once in its scene."""
    known = set()
    for problem in problems:
        scene = problem.message.partition(",")[0]
        if (key := (problem.code, problem.place, scene)) not in known:
            known.add(key)
            yield problem


def reading(timeline: Timeline) -> Iterator[Problem]:
    """Yield a warning for texts that come together and go before they can be read."""
    for shot in timeline.shots:
        texts = [layer for layer in shot.layers if layer.kind in _READ and _words([layer])]
        there = sorted((one for one in texts if one.first < shot.frames), key=lambda one: one.first)
        for group in _together(there, frame_at(_PAUSE, timeline.canvas.fps)):
            yield from _hasty(shot, group, timeline.canvas)


def _together(layers: Sequence[Layer], pause: int) -> list[list[Layer]]:
    """Return layers in the groups in which they come, with no longer pause between two of one."""
    groups: list[list[Layer]] = []
    for layer in layers:
        if groups and layer.first - groups[-1][-1].first <= pause:
            groups[-1].append(layer)
        else:
            groups.append([layer])
    return groups


def _hasty(shot: Shot, group: Sequence[Layer], canvas: Canvas) -> Iterator[Problem]:
    last = max(shot.frames if one.last is None else min(one.last, shot.frames) for one in group)
    words = _words(group)
    needed = _NOTICE + words * (_ARABIC_WORD if canvas.rtl else _WORD)
    if last - group[0].first < frame_at(needed, canvas.fps):
        shown = float((last - group[0].first) / canvas.fps)
        count = "1 word" if words == 1 else f"{words} words"
        says = f"'{shot.id}' shows {count} for {shown:.1f} s; to read them takes"
        hint = "show it longer, or say less"
        message = f"{says} {float(needed):.1f} s"
        yield Problem("reading-time", message, group[0].place, hint, "warning")


def _words(layers: Sequence[Layer]) -> int:
    """Return how many written words have a letter or a digit."""
    texts = (str(layer.params[layer.kind]).replace("{}", "0").split() for layer in layers)
    return sum(any(map(str.isalnum, word)) for text in texts for word in text)


def reading_of_spec(spec: Spec) -> tuple[Problem, ...]:
    """Return the warnings of reading time for scenes whose length is known before anyone speaks.

    A scene that speaks is as long as its speech; one that a target may stretch is not judged.
    """
    known = [
        scene
        for scene in spec.scenes
        if not scene.lines and (scene.duration is not None or spec.duration is None)
    ]
    if not known:
        return ()
    timeline, _ = plan(replace(spec, scenes=tuple(known), duration=None), ())
    return tuple(reading(timeline))
