"""What was found whole is not read through again, for as long as its file stands as it did."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from renderer import disk, proven
from renderer import store as stores
from renderer.paths import file_digest
from renderer.standing import Standing
from renderer.store import Entry, Recipe, Store

pytestmark = pytest.mark.skipif(not disk.session(), reason="sessions have no names here")

RECIPE = Recipe("picture", {"n": 1}, suffix=".txt")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the entries that are read through from now on; nothing is known from before."""
    found: list[Path] = []

    def digested(path: Path) -> str:
        found.append(path)
        return file_digest(path)

    monkeypatch.setattr(stores, "_whole", Standing[Entry]())
    monkeypatch.setattr(stores, "file_digest", digested)
    return found


def made(folder: Path) -> Path:
    """Return the file of an entry that was made, with a note that it is whole."""
    store = Store(folder)
    entry = store.put(RECIPE, lambda path: {"written": path.write_text("a picture")})
    proven.keep(store, folder / "film.yaml")
    return entry.path


def test_another_command_takes_what_is_noted_without_reading_it(
    tmp_path: Path, read: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path)
    read.clear()
    monkeypatch.setattr(stores, "_whole", Standing[Entry]())

    store = Store(tmp_path)
    proven.recall(store, tmp_path / "film.yaml")

    assert Entry(RECIPE.key, path, 9, file_digest(path), {"written": 9}) == store.find(RECIPE)
    assert [] == read


def spoiled(path: Path) -> None:
    path.write_text("A picture")


def gone(path: Path) -> None:
    path.unlink()


def put_back(path: Path) -> None:
    """Give a spoiled file the dates that it had."""
    before = path.stat()
    path.write_text("A picture")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("change", [spoiled, gone, put_back])
def test_what_was_changed_since_is_a_miss(
    change: Callable[[Path], None],
    tmp_path: Path,
    read: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(made(tmp_path))
    monkeypatch.setattr(stores, "_whole", Standing[Entry]())

    store = Store(tmp_path)
    proven.recall(store, tmp_path / "film.yaml")

    assert store.find(RECIPE) is None


def note_of(folder: Path) -> Path:
    return next((folder / "notes").glob("whole-*.json"))


def restarted(note: Path) -> None:
    note.write_text(json.dumps(json.loads(note.read_text()) | {"session": "another"}))


def torn(note: Path) -> None:
    note.write_text(note.read_text()[:-20])


def foreign(note: Path) -> None:
    note.write_text(json.dumps({"session": disk.session(), "entries": [["x", 1]]}))


@pytest.mark.parametrize("change", [restarted, torn, foreign, gone])
def test_without_a_note_of_this_session_everything_is_read(
    change: Callable[[Path], None],
    tmp_path: Path,
    read: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = made(tmp_path)
    change(note_of(tmp_path))
    monkeypatch.setattr(stores, "_whole", Standing[Entry]())
    read.clear()

    store = Store(tmp_path)
    proven.recall(store, tmp_path / "film.yaml")

    found = store.find(RECIPE)
    assert found is not None
    assert [path] == read
