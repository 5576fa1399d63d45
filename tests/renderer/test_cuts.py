"""Cuts: other forms of one film, and what they share."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from renderer.errors import SpecError, UsageError
from renderer.paths import plain_name
from renderer.render import Options, compile_spec, render
from renderer.spec import Spec, cut_names, load

RENDER = Path(sys.executable).with_name("render")
FILM = """
version: 1
size: 160x90
fps: 10
vars: {what: the film, tone: "#ff0000"}
voice: {engine: silent, name: a}
scenes:
  - {id: one, text: "{{ what }}", duration: 1s}
  - {id: two, background: "{{ tone }}", duration: 1s, transition: {kind: dissolve, over: 300ms}}
  - {id: three, duration: 1s, transition: {kind: dissolve, over: 300ms}}
cuts:
  short: {scenes: [three, one], vars: {what: the cut}}
  tall: {size: 90x160, lang: ar, theme: paper, fps: 12, duration: 9s}
  same: {voice: {rate: 1.2}}
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "film.yaml"
    path.write_text(FILM, "utf-8")
    return path


def written(film: Spec) -> str:
    """Return the first text of a film."""
    return next(str(one.params["text"]) for one in film.scenes[0].layers if one.kind == "text")


def test_a_film_says_which_cuts_it_has(spec: Path) -> None:
    assert ("short", "tall", "same") == cut_names(spec)


def test_a_cut_shows_its_scenes_in_the_order_of_the_film(spec: Path) -> None:
    cut = load(spec, cut="short")
    assert ["one", "three"] == [scene.id for scene in cut.scenes]
    assert "cut" == load(spec, cut="short").scenes[0].enter.kind
    assert ("short", "") == (cut.cut, load(spec).cut)


def test_a_cut_that_begins_later_begins_with_a_cut(spec: Path) -> None:
    spec.write_text(FILM.replace("[three, one]", "[three]"), "utf-8")
    assert ["cut"] == [scene.enter.kind for scene in load(spec, cut="short").scenes]


def test_a_cuts_keys_win_over_the_films_and_maps_are_merged(spec: Path) -> None:
    tall = load(spec, cut="tall")
    assert ((90, 160), 12, "ar", 9) == (tall.size, tall.fps, tall.lang, tall.duration)
    short = load(spec, cut="short")
    assert "the cut" == written(short)
    spec.write_text(FILM.replace("{id: three,", "{id: three, say: Hello.,"), "utf-8")
    line = load(spec, cut="same").lines[0]
    assert ("silent", "a", 1.2) == (line.voice.engine, line.voice.name, line.voice.rate)


def test_a_variable_that_is_given_wins_over_a_cuts(spec: Path) -> None:
    cut = load(spec, cut="short", variables={"what": "mine"})
    assert "mine" == written(cut)


def test_a_cut_that_is_not_there_is_told_with_the_one_that_was_meant(spec: Path) -> None:
    with pytest.raises(UsageError, match=r"no cut is called 'shrt'; did you mean 'short'\?"):
        load(spec, cut="shrt")


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        ("{scenes: [on]}", ["unknown-scene"]),
        ("{scenes: []}", ["empty"]),
        ("{size: huge}", ["bad-size"]),
        ("{duration: 25h}", ["bad-time"]),
        ("{titel: x}", ["unknown-key"]),
    ],
)
def test_what_is_wrong_in_a_cut_is_told_at_its_line(
    spec: Path, cut: str, expected: list[str]
) -> None:
    spec.write_text(f"{FILM}  wrong: {cut}\n", "utf-8")
    with pytest.raises(SpecError) as caught:
        load(spec, cut="wrong")
    told = caught.value.problems
    assert (expected, [15]) == ([one.code for one in told], [one.place.line for one in told])


def test_what_cuts_share_is_rendered_once(spec: Path, tmp_path: Path) -> None:
    whole = render(spec, tmp_path / "whole.mp4", Options(processes=1))
    spec.write_text(FILM.replace(", vars: {what: the cut}", ""), "utf-8")
    short = render(spec, tmp_path / "short.mp4", Options(processes=1, cut="short"))
    same = render(spec, tmp_path / "same.mp4", Options(processes=1, cut="same"))
    assert (whole.encoded, short.encoded, same.encoded) == (6, 1, 0)


def test_a_target_length_is_shared_among_the_scenes_of_the_cut(spec: Path) -> None:
    text = FILM.replace(", duration: 1s}\n  - {id: two", "}\n  - {id: two")
    spec.write_text(text.replace("scenes: [three, one]", "scenes: [one], duration: 8s"), "utf-8")
    options = Options(cut="short")
    assert 80 == compile_spec(spec, options, options.open_store(spec)).timeline.frames


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([RENDER, *words], cwd=folder, capture_output=True, text=True, timeout=120)


def test_all_makes_the_film_and_each_cut(spec: Path) -> None:
    done = run(spec.parent, "film.yaml", "--all", "-q")
    names = ["film.mp4", "film-short.mp4", "film-tall.mp4", "film-same.mp4"]
    assert [f"output/{name}" for name in names] == [
        Path(line).as_posix() for line in done.stdout.splitlines()
    ]
    assert all((spec.parent / "output" / name).is_file() for name in names)


def test_the_other_verbs_know_cuts(spec: Path) -> None:
    plans = json.loads(run(spec.parent, "plan", "film.yaml", "--all").stdout)
    assert [("", 30), ("short", 20), ("tall", 36)] == [
        (name, plans[name]["frames"]) for name in ("", "short", "tall")
    ]
    still = run(spec.parent, "still", "film.yaml", "--cut", "tall")
    assert "output/film-tall-000000.png" == Path(still.stdout.strip()).as_posix()
    why = run(spec.parent, "why", "film.yaml", "--cut", "short")
    assert why.stdout.startswith("one, part 1: new\n")


def test_check_reads_the_cuts_too_and_tells_each_problem_once(spec: Path) -> None:
    spec.write_text(FILM.replace("[three, one]", "[four]").replace("version: 1", "version: 2"))
    told = run(spec.parent, "check", "film.yaml", "--diagnostics", "short").stderr
    assert [1, 1] == [told.count("unknown-scene"), told.count("bad-version") or told.count(":2:")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("a/b:c", "a_b_c"),
        ("CON", "_CON"),
        ("..", "_"),
        ("-rf", "rf"),
        ("نسخة قصيرة", "نسخة قصيرة"),
        ("ي" * 60, "ي" * 40),
    ],
)
def test_a_name_of_a_file_is_good_on_every_system(text: str, expected: str) -> None:
    assert expected == plain_name(text)
