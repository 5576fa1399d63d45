"""Contact sheets: which moments, in which order, from stills that are there."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from renderer.errors import UsageError
from renderer.render import Options, compile_spec
from renderer.sheet import MOST, Moment, moments, sheet
from renderer.store import Store
from renderer.timeline import Timeline

SPEC = """version: 1
lang: LANG
size: 320x180
voice: {engine: silent}
scenes:
  - {id: red, background: "#ff0000", duration: 2s}
  - id: green
    background: "#00ff00"
    transition: {kind: dissolve, over: 400ms}
    duration: 3s
    layers:
      - {text: Early, at: 600ms}
      - {text: Late, at: 2s, position: bottom}
"""


def timeline(folder: Path, spec: str = SPEC.replace("LANG", "en")) -> tuple[Timeline, Store]:
    path = folder / "film.yaml"
    path.write_text(spec, encoding="utf-8")
    options = Options()
    store = options.open_store(path)
    return compile_spec(path, options, store).timeline, store


def test_each_scene_has_an_early_and_a_late_still(tmp_path: Path) -> None:
    film, _ = timeline(tmp_path)

    # Half a second behind what came in the first third; the last frame of the body.
    assert (
        Moment(15, "red  ·  0:00.500"),
        Moment(59, "red  ·  0:01.967"),
        Moment(60 + 18 + 15, "green  ·  0:03.100"),
        Moment(149, "green  ·  0:04.967"),
    ) == moments(film)


def test_a_still_every_so_often(tmp_path: Path) -> None:
    film, _ = timeline(tmp_path)

    assert [(0, "red"), (60, "green"), (120, "green")] == [
        (one.frame, one.label.split()[0]) for one in moments(film, Fraction(2))
    ]


def many(scenes: int) -> str:
    return "version: 1\nsize: 16x16\nscenes:\n" + "  - {duration: 1s}\n" * scenes


def test_many_scenes_have_one_still_each_and_too_many_are_refused(tmp_path: Path) -> None:
    whole, fewer = (len(moments(timeline(tmp_path, many(n))[0])) for n in (50, 51))
    with pytest.raises(UsageError) as raised:
        moments(timeline(tmp_path, many(MOST + 1))[0])

    assert (100, 51) == (whole, fewer)
    assert "write --every 2s or longer, or --scene" == raised.value.problems[0].hint


def test_a_step_that_is_too_small_is_refused(tmp_path: Path) -> None:
    film, _ = timeline(tmp_path)

    with pytest.raises(UsageError):
        moments(film, Fraction(1, 30))


@pytest.mark.parametrize(("lang", "first"), [("en", (255, 0, 0)), ("ar", (0, 255, 0))])
def test_cells_run_in_the_direction_of_the_film(
    tmp_path: Path, lang: str, first: tuple[int, int, int]
) -> None:
    film, store = timeline(tmp_path, SPEC.replace("LANG", lang))

    entry = sheet(film, moments(film), store, 1)

    with Image.open(entry.path) as page:
        at = page.convert("RGB").getpixel((20, 20))
        size = page.size
    assert ({"cells": 4, "columns": 4}, (4 * 496 + 16, 270 + 34 + 32)) == (entry.facts, size)
    assert all(abs(a - b) < 8 for a, b in zip(at, first, strict=True))


def test_stills_and_sheets_that_are_there_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film, store = timeline(tmp_path)
    one = sheet(film, moments(film), store, 1)
    stills = {path.name for path in store.folder.glob("*/*.png")}
    renamed, _ = timeline(tmp_path, SPEC.replace("LANG", "en").replace("id: red", "id: rot"))

    two = sheet(renamed, moments(renamed), store, 1)

    assert {two.path.name} == {path.name for path in store.folder.glob("*/*.png")} - stills
    monkeypatch.setattr("renderer.sheet.pool", None)
    assert one.digest == sheet(film, moments(film), store, 1).digest


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("render"), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


def test_the_command_writes_sheets_and_posters(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text(SPEC.replace("LANG", "en"), encoding="utf-8")

    done = run(tmp_path, "sheet", "film.yaml", "--scene", "green")
    film = run(tmp_path, "film.yaml", "-q", "--poster")

    assert (0, f"{Path('output/film-green-sheet.png')}\n") == (done.returncode, done.stdout)
    assert (0, True) == (film.returncode, (tmp_path / "output" / "film.poster.png").is_file())
    assert 2 == run(tmp_path, "sheet", "film.yaml", "--every", "0").returncode
