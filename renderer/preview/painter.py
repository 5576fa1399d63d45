"""One warm process that paints what the page asks for, the picture under the playhead first."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from queue import PriorityQueue

from renderer import recipes
from renderer.errors import Problem, RenderError, Stop
from renderer.seen import animated
from renderer.segments import picture_at
from renderer.store import Entry, Store
from renderer.timeline import Layer, Timeline
from renderer.work import Pool, Task, pool

FIRST, SECOND, LAST = 0, 1, 2
"""Urgencies: the picture that is looked at, the boxes in it, thumbnails."""

_STEP = 160


@dataclass(frozen=True, slots=True, order=True)
class _Asked:
    urgency: int
    number: int
    task: Task | None = field(compare=False)
    answer: Future[Entry] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Spot:
    """A layer that is seen in a frame: its number among the frame's layers, and where it stands.

    `box` is left, top, width and height in pixels, before it is scaled and turned.
    """

    number: int
    layer: Layer
    box: tuple[float, float, float, float]


class Painter:
    """Answers from the store, or paints in a process that lives as long as this does."""

    def __init__(self, store: Store) -> None:
        """Start the thread that feeds the process."""
        self._store = store
        self._numbers = count()
        self._queue: PriorityQueue[_Asked] = PriorityQueue()
        self._thread = threading.Thread(target=self._serve, name="painter", daemon=True)
        self._thread.start()

    def picture(self, timeline: Timeline, frame: int, width: int, urgency: int) -> Entry:
        """Return a frame as JPEG of about a width in pixels; raises `Stop`."""
        segment, within = picture_at(timeline, frame)
        wide = min(-(-width // _STEP) * _STEP, timeline.canvas.width)
        recipe = recipes.glance(segment, within, wide)
        return self._made(Task(recipe, (segment, within, wide)), urgency)

    def spots(self, timeline: Timeline, frame: int) -> tuple[Spot, ...]:
        """Return the layers seen in a frame, bottom first, captions and overlay too.

        Raises `Stop`.
        """
        segment, within = picture_at(timeline, frame)
        entry = self._made(Task(recipes.boxes(segment, within), (segment, within)), SECOND)
        own = segment.first + within
        layers = (*segment.behind, *segment.layers, *segment.over)
        frames = [own + segment.behind_first] * len(segment.behind)
        frames += [own] * (len(layers) - len(frames))
        return tuple(
            Spot(number, animated(layer, at), tuple(box))
            for number, (layer, at, box) in enumerate(
                zip(layers, frames, entry.facts["boxes"], strict=True)
            )
            if layer.first <= at and (layer.last is None or at < layer.last)
        )

    def close(self) -> None:
        """End the process and the thread; what was asked for and is not painted fails."""
        self._queue.put(_Asked(FIRST - 1, next(self._numbers), None, Future()))
        self._thread.join()

    def _made(self, task: Task, urgency: int) -> Entry:
        if entry := self._store.find(task.recipe):
            return entry
        asked = _Asked(urgency, next(self._numbers), task, Future())
        self._queue.put(asked)
        if not self._thread.is_alive():
            raise _closing()
        return asked.answer.result()

    def _serve(self) -> None:
        """Paint until the end is asked for; after a failure with a process anew."""
        while self._session():
            pass
        while not self._queue.empty():
            self._queue.get().answer.set_exception(_closing())

    def _session(self) -> bool:
        """Paint with one process; return whether to go on with another."""
        asked = self._queue.get()
        if asked.task is None:
            return False
        try:
            with pool(self._store, 1) as workers:
                while asked.task is not None:
                    asked.answer.set_result(self._painted(asked.task, workers))
                    asked = self._queue.get()
        except Stop as stop:
            asked.answer.set_exception(stop)
            return True
        return False

    def _painted(self, task: Task, workers: Pool) -> Entry:
        found = self._store.find(task.recipe)
        return found or workers.make([task], lambda *_: None)[task.recipe.key]


def _closing() -> Stop:
    return RenderError(Problem("closing", "the preview is closing"))
