"""Which of the tasks that wait a worker gets: one that is like what it did last.

Tasks that follow one another in a film share pictures and layers, and a worker keeps what it has
made of them. So each walks along a stretch of the film of its own. In the end the heaviest go
first, so that nobody is left with one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from itertools import accumulate

from renderer.work.worker import Task

_SHARE = 2
"""A task that is heavier than one in so many shares of a worker goes first."""


class Order:
    """Tasks that wait for a number of workers, in the order of the film."""

    def __init__(self, tasks: Sequence[Task], workers: int) -> None:
        """Let tasks wait."""
        self._waiting = dict(enumerate(tasks))
        self._shares = _SHARE * workers
        self._weights = [max(1, task.weight) for task in tasks]
        self._rest = sum(self._weights)
        walked = (1 if self._heavy(weight) else weight for weight in self._weights)
        self._sums = [0, *accumulate(walked)]
        late_first = sorted(self._waiting, reverse=True)
        self._by_weight = sorted(late_first, key=self._weights.__getitem__)
        self._stretches = [(0, len(tasks))]
        self._last: dict[Hashable, int] = {}

    def __len__(self) -> int:
        """Return how many tasks wait."""
        return len(self._waiting)

    def take(self, worker: Hashable) -> Task:
        """Return a task, which then waits no more; `worker` has done what it took before."""
        place, heaviest = self._following(worker), self._heaviest()
        if self._heavy(self._weights[heaviest]):
            if place is None or self._weights[place] < self._weights[heaviest]:
                place = heaviest
        elif place is None:
            place = self._begun(worker)
        self._last[worker] = place
        self._rest -= self._weights[place]
        return self._waiting.pop(place)

    def _heavy(self, weight: int) -> bool:
        return weight * self._shares >= self._rest

    def _following(self, worker: Hashable) -> int | None:
        """Return the place after what a worker did last, None where nothing waits there."""
        place = self._last.get(worker, -2) + 1
        return place if place in self._waiting else None

    def _heaviest(self) -> int:
        while self._by_weight[-1] not in self._waiting:
            self._by_weight.pop()
        return self._by_weight[-1]

    def _begun(self, worker: Hashable) -> int:
        """Return where to begin anew: in the heaviest stretch, in its middle if one walks there."""
        self._stretches = [each for each in map(self._left, self._stretches) if each[0] < each[1]]
        first, end = max(self._stretches, key=self._weight)
        if first - 1 not in (place for one, place in self._last.items() if one != worker):
            return first
        half = bisect_left(self._sums, (self._sums[first] + self._sums[end]) / 2)
        second = self._left((half, end))
        if second[0] == end:
            return first
        self._stretches.remove((first, end))
        self._stretches += [(first, half), second]
        return second[0]

    def _weight(self, stretch: tuple[int, int]) -> int:
        return self._sums[stretch[1]] - self._sums[stretch[0]]

    def _left(self, stretch: tuple[int, int]) -> tuple[int, int]:
        """Return what is left of a stretch from the first task of it that waits."""
        first, end = stretch
        while first < end and first not in self._waiting:
            first += 1
        return first, end
