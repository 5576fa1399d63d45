"""Temporary files: those of living programs stay, those of dead ones go."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from renderer.leftovers import alive, sweep, temporary
from renderer.publishing import publish
from renderer.store import Recipe, Store


def dead_process() -> int:
    """Return the number of a process that has just ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def left_by(process: int, place: Path) -> Path:
    """Make the temporary file that a process of this machine would have left beside a place."""
    ours = temporary(place)
    theirs = ours.with_name(ours.name.replace(f"-{os.getpid()}-", f"-{process}-"))
    theirs.parent.mkdir(parents=True, exist_ok=True)
    theirs.write_text("half of it")
    return theirs


needs_posix = pytest.mark.skipif(os.name == "nt", reason="processes are not asked on Windows")


@needs_posix
def test_files_of_dead_processes_go_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    left_by(dead_process(), tmp_path / "film.mp4")
    mine = left_by(os.getpid(), tmp_path / "film.mp4")
    other = tmp_path / "film.mp4"
    other.write_text("a film")

    sweep(tmp_path)

    assert sorted([mine.name, other.name]) == sorted(os.listdir(tmp_path))


@pytest.mark.parametrize(("age", "stays"), [(3600, True), (25 * 3600, False)])
def test_files_of_other_machines_go_by_their_age(tmp_path: Path, age: int, stays: bool) -> None:
    theirs = tmp_path / ".film.00000000-1-0123456789ab.tmp.mp4"
    theirs.write_text("half of it")
    written = theirs.stat().st_mtime - age
    os.utime(theirs, (written, written))

    sweep(tmp_path)

    assert stays == theirs.exists()


@needs_posix
def test_names_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    names = [".film.tmp.mp4", "film.tmp", ".x.12345678-99999999-zz.tmp.mp4", "note.txt"]
    for name in names:
        (tmp_path / name).write_text("x")

    sweep(tmp_path)
    sweep(tmp_path / "gone")

    assert sorted(names) == sorted(os.listdir(tmp_path))


@needs_posix
def test_a_process_is_alive_until_it_has_ended() -> None:
    assert (True, False) == (alive(os.getpid()), alive(dead_process()))


@needs_posix
def test_a_store_and_the_folder_of_a_film_are_swept(tmp_path: Path) -> None:
    recipe = Recipe("test", {"a": 1}, (), ".mp4")
    store = Store(tmp_path / "store")
    entry = store.put(recipe, lambda path: path.write_text("film") and None)
    gone = dead_process()
    inside = left_by(gone, entry.path)
    sound = left_by(gone, entry.path.with_suffix(".sound.m4a"))
    beside = left_by(gone, tmp_path / "output" / "film.mp4")

    store.sweep()
    publish(entry, tmp_path / "output" / "film.mp4")

    assert [False] * 3 == [path.exists() for path in (inside, sound, beside)]
    assert store.find(recipe)
