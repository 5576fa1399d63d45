"""The loop: what is read is watched, the newest save wins, a broken spec keeps its film."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pymupdf_fonts
import pytest
from PIL import Image

from renderer.errors import UsageError
from renderer.media.pcm import write
from renderer.render import Options
from renderer.rounds import Broken, Planned, Rendered
from renderer.times import SAMPLE_RATE
from renderer.watch import watch
from renderer.watch.folders import Folders
from tests.renderer.watching import texts, watching

RENDER = Path(sys.executable).with_name("render")
THREE = """version: 1
size: 320x180
voice: {engine: silent}
defaults: {scene: {transition: {kind: dissolve, over: 400ms}}}
scenes:
  - {id: one, text: First, say: One two.}
  - {id: two, text: Second, say: Three four.}
  - {id: three, text: Third, say: Five six.}
"""
LONG = """version: 1
size: 320x180
scenes:
{}
"""


def written(path: Path, text: str = THREE) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_an_edit_encodes_its_scene_and_the_overlaps_with_its_neighbours(tmp_path: Path) -> None:
    path = written(tmp_path / "film.yaml")
    with watching(path) as watched:
        first = watched.round()
        written(path, THREE.replace("Second", "Other"))
        second = watched.round()

    every = ("one", "one → two", "two", "two → three", "three")
    assert ((), every, ()) == (first[0].paths, first[1].encoded, first[1].cached)
    assert ((path,), ("one → two", "two", "two → three"), ("one", "three")) == (
        second[0].paths,
        second[1].encoded,
        second[1].cached,
    )


def films(folder: Path) -> set[str]:
    """Return the names of the films in a store, by what their cards say."""
    cards = (folder / ".render").glob("??/*.json")
    return {card.stem for card in cards if '"stage":"film"' in card.read_text()}


def test_only_the_last_two_films_of_a_spec_stay_in_the_store(tmp_path: Path) -> None:
    path = written(tmp_path / "film.yaml")
    words = ["Second", "Other", "Third way", "Second", "Fifth"]
    made = []
    with watching(path) as watched:
        for word in words:
            written(path, THREE.replace("Second", word))
            made.append(watched.round()[1].made.built.entry.key)

    assert made[0] == made[3]
    assert {made[3], made[4]} == films(tmp_path)
    newest = tmp_path / ".render" / made[4][:2] / f"{made[4]}.mp4"
    assert newest.read_bytes() == path.with_suffix(".mp4").read_bytes()


def test_a_broken_spec_keeps_its_film_until_it_is_good_again(tmp_path: Path) -> None:
    path = written(tmp_path / "film.yaml")
    with watching(path) as watched:
        film = watched.round()[1].made.path
        before = film.read_bytes(), film.stat().st_mtime_ns
        written(path, THREE.replace("dissolve", "disolve"))
        problem = watched.broken()[1].problems[0]
        kept = film.read_bytes(), film.stat().st_mtime_ns
        written(path, THREE.replace("Second", "Other"))
        texts_after = texts(watched.round()[1])

    assert ("unknown-name", 4) == (problem.code, problem.place and problem.place.line)
    assert (before, ["First", "Other", "Third"]) == (kept, texts_after)


PARTS = """version: 1
size: 64x64
use: [brand.yaml]
theme: mine
fonts: {Own: own.otf}
data: {rows: rows.csv}
defaults: {scene: {transition: cut, duration: 300ms}}
scenes:
  - scenes: more.yaml
  - {for_each: {in: rows, as: r}, text: "{{ r.name }}", transition: cut}
  - {template: card, with: {word: Hello}, transition: cut}
  - {layers: [{image: dot.png}], transition: cut}
"""
CARD = """about: A word.
params:
  type: object
  additionalProperties: false
  required: [word]
  properties:
    word: {title: Word, description: The word., type: string, examples: [Hello]}
example: {word: Hello}
layers:
  - {text: "WORD", font: Own}
"""


def project(folder: Path) -> Path:
    """Make a film of every kind of file."""
    for kind in ("scenes", "themes"):
        (folder / "templates" / kind).mkdir(parents=True)
    written(folder / "brand.yaml", "vars: {name: Brand}\n")
    written(folder / "more.yaml", 'scenes:\n  - {text: "{{ name }}", transition: cut}\n')
    written(folder / "rows.csv", "name\nRow\n")
    written(folder / "templates" / "scenes" / "card.yaml", CARD.replace("WORD", "{{ word }}"))
    shipped = Path(__file__).parents[2] / "templates" / "themes" / "midnight.yaml"
    shutil.copy(shipped, folder / "templates" / "themes" / "mine.yaml")
    dot(folder / "dot.png", 0)
    (folder / "own.otf").write_bytes(pymupdf_fonts.myfont("figo"))
    return written(folder / "film.yaml", PARTS)


def dot(path: Path, grey: int) -> None:
    Image.fromarray(np.full((8, 8, 3), grey, np.uint8)).save(path)


def replaced(old: str, new: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(path.read_text().replace(old, new)) and None


EDITS: dict[str, Callable[[Path], object]] = {
    "brand.yaml": replaced("Brand", "Other"),
    "more.yaml": replaced("{{ name }}", "More"),
    "rows.csv": replaced("Row", "Row\nSecond"),
    "templates/scenes/card.yaml": replaced("{{ word }}", "{{ word }}!"),
    "templates/themes/mine.yaml": replaced("about: ", "about: Mine, "),
    "dot.png": lambda path: dot(path, 255),
    "own.otf": lambda path: path.write_bytes(pymupdf_fonts.myfont("figbo")),
}


def test_every_kind_of_file_that_a_spec_reads_is_watched(tmp_path: Path) -> None:
    path = project(tmp_path)
    with watching(path) as watched:
        watched.round()
        for name, edit in EDITS.items():
            edit(tmp_path / name)
            assert (tmp_path / name,) == watched.round()[0].paths


def test_templates_that_come_and_go_are_noticed(tmp_path: Path) -> None:
    path = written(
        tmp_path / "film.yaml",
        "version: 1\nsize: 64x64\nscenes:\n  - {template: card, with: {word: Hi}}\n",
    )
    with watching(path) as watched:
        missing = watched.broken()[1].problems[0].code
        card = tmp_path / "templates" / "scenes" / "card.yaml"
        card.parent.mkdir(parents=True)
        written(card, CARD.replace("WORD", "{{ word }}").replace(", font: Own", ""))
        found = texts(watched.until(Rendered))
        card.unlink()
        gone = watched.until(Broken).problems[0].code

    assert ("unknown-name", ["Hi"], "unknown-name") == (missing, found, gone)


def test_a_picture_that_was_missing_is_awaited_with_its_folder(tmp_path: Path) -> None:
    text = (
        "version: 1\nsize: 64x64\nscenes:\n  - {layers: [{image: a/b/dot.png}], duration: 300ms}\n"
    )
    path = written(tmp_path / "film.yaml", text)
    with watching(path) as watched:
        missing = watched.broken()[1].problems[0].code
        (tmp_path / "a").mkdir()
        (tmp_path / "a" / "b").mkdir()
        time.sleep(0.5)
        dot(tmp_path / "a" / "b" / "dot.png", 9)
        saved, _ = watched.round()

    assert ("missing-file", (tmp_path / "a" / "b" / "dot.png",)) == (missing, saved.paths)


def recording(path: Path, seconds: int) -> None:
    """Write a recording of a tone."""
    tone = 0.3 * np.sin(np.arange(seconds * SAMPLE_RATE) / 20).astype(np.float32)
    write(path, [tone], stereo=False)


def test_recordings_are_awaited_by_name_and_by_path(tmp_path: Path) -> None:
    spoken = "  - {id: two, say: {audio: later.wav}}\n"
    path = written(tmp_path / "film.yaml", THREE.partition("  - {id: two")[0] + spoken)
    (tmp_path / "takes").mkdir()
    with watching(path, options=Options(takes=tmp_path / "takes")) as watched:
        missing = watched.broken()[1].problems[0].code
        recording(tmp_path / "later.wav", 1)
        first = watched.round()[1].made.compiled.timeline.shots
        recording(tmp_path / "takes" / "one-1.wav", 3)
        saved, rendered = watched.round()
        second = rendered.made.compiled.timeline.shots
        (tmp_path / "takes" / "one-1.wav").unlink()
        third = watched.round()[1].made.compiled.timeline.shots

    assert ("missing-file", (tmp_path / "takes",)) == (missing, saved.paths)
    assert (True, first[1]) == (first[0].frames + 30 < second[0].frames, third[1])
    assert first[0].frames == third[0].frames


def test_what_watchdog_reports_wakes_as_events_do() -> None:
    woken: list[bool] = []
    folders = Folders(lambda: woken.append(True), None)
    logging.getLogger("watchdog.observers.inotify_c").warning("events were lost")
    folders.stop()

    assert ([True], []) == (woken, logging.getLogger("watchdog").handlers)


def scenes(count: int, word: str) -> str:
    return LONG.format("\n".join(f"  - {{text: '{word} {n}', duration: 1s}}" for n in range(count)))


def test_a_save_during_a_render_takes_its_place(tmp_path: Path) -> None:
    path = written(tmp_path / "film.yaml", scenes(60, "old"))
    with watching(path) as watched:
        watched.until(Planned)
        written(path, scenes(3, "new"))
        saved, rendered = watched.round()

    assert ((path,), ["new 0", "new 1", "new 2"]) == (saved.paths, texts(rendered))


def test_twenty_saves_in_two_seconds_end_in_two_films_at_most(tmp_path: Path) -> None:
    path = written(tmp_path / "film.yaml")
    with watching(path) as watched:
        watched.round()
        saved = []
        for number in range(20):
            written(path, THREE.replace("Second", f"Number {number}"))
            saved.append(time.monotonic())
            time.sleep(0.1)
        events = watched.rest(3.0)

    calms = sum(after - before > 0.14 for before, after in pairwise(saved))
    films = [event for event in events if isinstance(event, Rendered)]
    assert (True, "Number 19") == (1 <= len(films) <= 2 + calms, texts(films[-1])[1])
    assert [] == [event for event in events if isinstance(event, Broken)]


def test_what_two_films_share_is_a_round_of_both_what_is_of_one_is_its_own(tmp_path: Path) -> None:
    written(tmp_path / "brand.yaml", "vars: {name: Brand}\n")
    text = 'version: 1\nuse: [brand.yaml]\nsize: 64x64\nscenes:\n  - {text: "{{ name }} A"}\n'
    a = written(tmp_path / "a.yaml", text)
    b = written(tmp_path / "b.yaml", text.replace(" A", " B"))
    with watching(a, b) as watched:
        first = [texts(watched.until(Rendered)) for _ in range(2)]
        written(tmp_path / "brand.yaml", "vars: {name: Other}\n")
        both = sorted(texts(watched.until(Rendered)) for _ in range(2))
        written(b, text.replace(" A", " C"))
        alone = watched.round()[1]
        rest = watched.rest()

    assert ([["Brand A"], ["Brand B"]], [["Other A"], ["Other B"]]) == (first, both)
    assert (b, ["Other C"], []) == (alone.spec, texts(alone), rest)


def test_a_spec_that_is_not_there_at_first_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        films = {tmp_path / "none.yaml": tmp_path / "none.mp4"}
        watch(films, Options(), lambda event: None, threading.Event())


def run(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    new_group = {"process_group": 0} if os.name != "nt" else {}
    return subprocess.Popen(
        [RENDER, *arguments], cwd=folder, stderr=subprocess.PIPE, text=True, **new_group
    )


def members(group: int) -> list[int]:
    """Return the processes of a process group."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(entry.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("begin", [("watch",), ("--watch",), ("watch", "--poll")])
def test_the_command_says_a_line_a_round_and_leaves_no_child(
    tmp_path: Path, begin: tuple[str, ...]
) -> None:
    path = written(tmp_path / "film.yaml")
    process = run(tmp_path, *begin, "film.yaml", "-o", "out.mp4")
    assert process.stderr
    first = process.stderr.readline()
    written(path, THREE.replace("dissolve", "disolve"))
    broken = process.stderr.readline()
    process.stderr.readline(), process.stderr.readline()
    written(path, THREE.replace("Second", "Other"))
    second = process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    status = process.wait(10)
    deadline = time.monotonic() + 5
    while (left := members(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert first.startswith("film.yaml → out.mp4: rendered one, one → two, two, two → three, three")
    assert broken.startswith("film.yaml:4:39: error[unknown-name]: ")
    assert second.startswith(
        "film.yaml → out.mp4: rendered one → two, two, two → three; 3 from the cache, "
    )
    assert (130, [], "interrupted") == (status, left, process.stderr.read().strip())


def test_watching_what_is_not_there_ends_with_the_status_of_usage(tmp_path: Path) -> None:
    process = run(tmp_path, "watch", "none.yaml")

    assert (True, 2) == ("no-spec" in process.communicate(timeout=20)[1], process.returncode)
