"""How large a film may be."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from renderer.errors import SpecError
from renderer.plan import plan
from renderer.spec import Scene, load
from renderer.spec.gather import MOST_SCENES
from renderer.spec.limits import MOST_LAYERS, Count


class Told:
    """What a count says, in place of the loader's context."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def add(self, code: str, says: str, *_: Any) -> None:
        self.problems.append(f"{code}: {says}")


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    (tmp_path / "film.yaml").write_text("version: 1\nscenes: [{text: a}]\n")
    return replace(load(tmp_path / "film.yaml").scenes[0], layers=())


def told(scene: Scene, times: int) -> list[str]:
    count, said = Count(), Told()
    for _ in range(times):
        count.add(scene, said)  # type: ignore[arg-type]
    assert count.full == bool(said.problems)
    return said.problems


def test_a_film_has_at_most_twenty_thousand_scenes(scene: Scene) -> None:
    assert [] == told(scene, MOST_SCENES)
    assert ["too-many: more than 20,000 scenes"] == told(scene, MOST_SCENES + 1)


def test_all_scenes_together_have_a_bounded_number_of_layers(tmp_path: Path, scene: Scene) -> None:
    (tmp_path / "film.yaml").write_text("version: 1\nscenes: [{layers: [{text: a}]}]\n")
    many = load(tmp_path / "film.yaml").scenes[0].layers * 100
    crowded = replace(scene, layers=many)
    fits = MOST_LAYERS // len(many)
    assert [] == told(crowded, fits)
    assert ["too-many: more than 200,000 layers in all scenes together"] == told(crowded, fits + 1)


def test_a_film_lasts_at_most_a_day(scene: Scene) -> None:
    half = replace(scene, duration=Fraction(12 * 3600))
    assert [] == told(half, 2)
    assert [
        "out-of-range: the scenes up to here last 2160:00.000; at most 24 hours are allowed"
    ] == told(half, 3)


def test_scenes_without_a_length_of_their_own_count_once_they_are_planned(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text("version: 1\nfps: 1\nscenes: [{text: a}]\n")
    spec = load(tmp_path / "film.yaml")
    _, problems = plan(replace(spec, scenes=spec.scenes * 28_801), [])
    assert ["the film lasts 1440:03.000; at most 24 hours are allowed"] == [
        problem.message for problem in problems if problem.code == "out-of-range"
    ]


def test_layers_beyond_two_hundred_in_a_scene_are_counted(tmp_path: Path) -> None:
    film = (
        "version: 1\nvars: {r: ["
        + "1," * 250
        + "1]}\nscenes:\n  - layers: [{text: a, for_each: {in: r, as: x}}]\n"
    )
    (tmp_path / "film.yaml").write_text(film)
    with pytest.raises(SpecError) as caught:
        load(tmp_path / "film.yaml")
    assert "251 layers in a scene; at most 200 are allowed" in str(caught.value)
