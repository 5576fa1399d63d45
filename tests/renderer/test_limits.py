"""How large a film may be."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from renderer.errors import SpecError
from renderer.plan import plan
from renderer.profile import TRUSTED, UNTRUSTED, under
from renderer.spec import Scene, load
from renderer.spec.limits import Count


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
    assert [] == told(scene, TRUSTED.scenes)
    assert ["too-many: more than 20,000 scenes"] == told(scene, TRUSTED.scenes + 1)


def test_all_scenes_together_have_a_bounded_number_of_layers(tmp_path: Path, scene: Scene) -> None:
    (tmp_path / "film.yaml").write_text("version: 1\nscenes: [{layers: [{text: a}]}]\n")
    many = load(tmp_path / "film.yaml").scenes[0].layers * 100
    crowded = replace(scene, layers=many)
    fits = TRUSTED.layers // len(many)
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


UNTRUSTED_PROBLEMS = {
    "size: 4096x2160": "bad-size: 8.8 megapixels; at most 8.3 are allowed",
    "fps: 120": "bad-fps: 120 frames per second; at most 60 are allowed",
    'duration: "16:00"': "out-of-range: 16:00.000 is no length of a film; it is at most 15 minutes long",
    "vars: {a: &a 1, b: *a}": "alias: aliases are not allowed here",
}


@pytest.mark.parametrize("line", UNTRUSTED_PROBLEMS)
def test_the_film_of_a_stranger_is_held_to_lower_limits(tmp_path: Path, line: str) -> None:
    path = tmp_path / "film.yaml"
    path.write_text(f"version: 1\n{line}\nscenes: [{{say: a}}]\n")
    with pytest.raises(SpecError) as stop:
        load(path, limits=UNTRUSTED)

    assert UNTRUSTED_PROBLEMS[line] in [f"{p.code}: {p.message}" for p in stop.value.problems]


def test_a_voice_that_the_profile_does_not_have_is_refused_where_it_is_named(
    tmp_path: Path,
) -> None:
    path = tmp_path / "film.yaml"
    path.write_text("version: 1\nvoice: {engine: espeak}\nscenes: [{say: a}]\n")
    with pytest.raises(SpecError) as stop:
        load(path, limits=replace(UNTRUSTED, engines=("silent",)))

    assert [
        f"{path}:2:17: error[not-allowed]: the voice 'espeak' may not be used in this film; there are silent"
    ] == [str(problem) for problem in stop.value.problems]


def test_the_scenes_of_a_stranger_are_counted_and_their_narration_too(scene: Scene) -> None:
    with under(UNTRUSTED):
        assert ["too-many: more than 500 scenes"] == told(scene, 501)
        assert [] == told(scene, 500)


def test_strangers_say_fifty_thousand_characters_at_most(tmp_path: Path) -> None:
    path = tmp_path / "film.yaml"
    long = "a " * 9_000
    path.write_text("version: 1\nscenes:\n" + f"  - say: {long}\n" * 3)
    with pytest.raises(SpecError) as stop:
        load(path, limits=UNTRUSTED)

    assert ["more than 50,000 characters of narration"] == [
        problem.message for problem in stop.value.problems if problem.code == "too-many"
    ]


def test_a_film_of_a_stranger_is_planned_to_fifteen_minutes(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text("version: 1\nfps: 1\nscenes: [{text: a}]\n")
    spec = load(tmp_path / "film.yaml")
    with under(UNTRUSTED):
        _, problems = plan(replace(spec, scenes=spec.scenes * 301), [])

    assert ["the film lasts 15:03.000; at most 15 minutes are allowed"] == [
        problem.message for problem in problems if problem.code == "out-of-range"
    ]


def test_the_expressions_of_a_stranger_are_allowed_less_work(tmp_path: Path) -> None:
    path = tmp_path / "film.yaml"
    rows = "{{ [1, 2, 3, 4, 5, 6, 7, 8, 9] }}"
    path.write_text(
        f'version: 1\nvars:\n  r: "{rows}"\n'
        'scenes:\n  - text: "{{ ' + " ~ ".join(["(r|join)"] * 5) + ' }}"\n'
    )

    assert "12345678912345" in str(load(path, limits=UNTRUSTED).scenes[0].layers[1].params["text"])
    with pytest.raises(SpecError) as stop:
        load(path, limits=replace(UNTRUSTED, steps=50))

    assert "too-much" in [problem.code for problem in stop.value.problems]
