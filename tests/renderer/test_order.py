"""Workers walk along the film, each along a stretch of its own; what is heavy goes first."""

import random

import pytest

from renderer.store import Recipe
from renderer.work import Task
from renderer.work.order import Order


def taken(weights: dict[str, int], workers: int, sound: int = 0) -> list[str]:
    """Return what each worker does, in words, if a task takes as long as it is heavy.

    The sound takes as long as is said of it.
    """
    tasks = [Task(Recipe("nap", {"name": name}), name, weight) for name, weight in weights.items()]
    order = Order(tasks, workers)
    free, done = dict.fromkeys(range(workers), 0), dict.fromkeys(range(workers), "")
    while order:
        worker = min(free, key=free.__getitem__)
        task = order.take(worker)
        free[worker] += sound if task.argument == "sound" else task.weight
        done[worker] += f" {task.argument}"
    return [each.strip() for each in done.values()]


def film(letters: str, weight: int = 1) -> dict[str, int]:
    return dict.fromkeys(letters, weight)


def test_one_worker_does_a_film_from_front_to_end() -> None:
    assert ["a b c d e f g h"] == taken(film("abcdefgh"), 1)


def test_two_walk_along_a_half_each() -> None:
    assert ["a b c d e f g h", "j k l m n o p i"] == taken(film("abcdefghijklmnop"), 2)


def test_each_of_four_begins_in_the_middle_of_the_longest_stretch() -> None:
    found = taken(film("abcdefghijklmnopqrstuvwx"), 4)
    assert ["a b c", "n o p", "h i j", "t u v"] == [each[:5] for each in found]


def test_the_sound_is_begun_first_and_its_worker_walks_along_the_rest() -> None:
    weights = {**film("abcdefghijklmnop", 9), "sound": 1_000_000}
    assert ["sound j k l m n o p i", "a b c d e f g h"] == taken(weights, 2, sound=9)


def test_in_the_end_the_heaviest_go_first() -> None:
    assert ["e", "a b c d"] == taken({**film("abcd", 2), "e": 9}, 2)


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
def test_each_task_is_taken_once_and_no_worker_is_left_with_much(workers: int) -> None:
    chance = random.Random(workers)
    for _ in range(50):
        names = [str(number) for number in range(chance.randint(1, 60))]
        weights = {name: chance.choice([0, 1, 12, 90]) for name in names}
        found = [each.split() for each in taken(weights, workers)]
        assert sorted(names) == sorted(name for each in found for name in each)
        loads = [sum(weights[name] for name in each) for each in found]
        assert max(loads) - min(loads) <= max(weights.values())
