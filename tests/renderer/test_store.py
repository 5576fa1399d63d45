"""What the store promises: entries are whole or absent, and a fault never leaves half of one."""

import os
import pickle
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from renderer import store as store_module
from renderer.errors import RenderError
from renderer.publishing import publish
from renderer.standing import Standing
from renderer.store import Entry, Recipe, Store, replacing

RECIPE = Recipe("test", {"a": 1}, (), ".txt")


def write(path: Path) -> dict[str, int]:
    path.write_text("content", encoding="utf-8")
    return {"length": 7}


def test_what_was_made_is_found_with_its_facts(tmp_path: Path) -> None:
    Store(tmp_path).put(RECIPE, write)

    found = Store(tmp_path).find(RECIPE)

    assert found is not None
    assert ("content", {"length": 7}) == (found.path.read_text(), found.facts)


def test_equal_recipes_have_equal_keys_and_any_change_another() -> None:
    same = Recipe("test", {"a": 1}, (), ".txt")
    others = [
        Recipe("other", {"a": 1}),
        Recipe("test", {"a": 2}),
        Recipe("test", {"a": 1}, ("times",)),
    ]

    assert RECIPE.key == same.key
    assert 4 == len({RECIPE.key, *(other.key for other in others)})


def test_a_hit_is_not_made_again(tmp_path: Path) -> None:
    made: list[Path] = []

    def count(path: Path) -> None:
        made.append(path)
        path.write_text("x")

    store = Store(tmp_path)
    store.get(RECIPE, count)
    store.get(RECIPE, count)

    assert 1 == len(made)


@pytest.mark.parametrize("damage", ["flip", "cut", "card", "gone"])
def test_a_damaged_entry_is_a_miss_for_another_program(
    tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = Store(tmp_path).put(RECIPE, write)
    if damage == "flip":
        entry.path.write_text("c0ntent")
    elif damage == "cut":
        os.truncate(entry.path, 3)
    elif damage == "card":
        entry.path.with_suffix(".json").write_text("{")
    else:
        entry.path.unlink()
    monkeypatch.setattr("renderer.store._whole", Standing[Entry]())

    assert None is Store(tmp_path).find(RECIPE)


def aged(entry: Entry) -> None:
    """Let an entry be one that was made some time ago."""
    long_ago = time.time() - 3600
    for path in (entry.path, entry.path.with_suffix(".json")):
        os.utime(path, (long_ago, long_ago))


def changed(entry: Entry) -> None:
    entry.path.write_text("c0ntent")


def replaced_with_its_date(entry: Entry) -> None:
    found = entry.path.stat()
    other = entry.path.with_name("other")
    other.write_text("c0ntent")
    os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns))
    other.replace(entry.path)


def without_its_card(entry: Entry) -> None:
    entry.path.with_suffix(".json").unlink()


def gone(entry: Entry) -> None:
    entry.path.unlink()


@pytest.mark.parametrize("damage", [changed, replaced_with_its_date, without_its_card, gone])
def test_an_entry_that_was_found_whole_is_missed_once_it_is_damaged(
    tmp_path: Path, damage: Callable[[Entry], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("renderer.standing.DATE_STEP", -1)
    entry = Store(tmp_path).put(RECIPE, write)
    aged(entry)
    assert entry == Store(tmp_path).find(RECIPE)

    damage(entry)

    assert None is Store(tmp_path).find(RECIPE)


def test_an_entry_that_stands_as_it_did_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("renderer.standing.DATE_STEP", -1)
    read: list[Path] = []
    digest = store_module.file_digest
    monkeypatch.setattr(store_module, "file_digest", lambda path: read.append(path) or digest(path))
    place = Store(tmp_path).put(RECIPE, write).path
    monkeypatch.setattr(store_module, "_whole", Standing[Entry]())
    read.clear()

    found = [Store(tmp_path).find(RECIPE) for _ in range(3)]

    assert (3, [place]) == (sum(each is not None for each in found), read)


def test_an_entry_that_was_just_written_is_read_each_time(tmp_path: Path) -> None:
    entry = Store(tmp_path).put(RECIPE, write)
    Store(tmp_path).find(RECIPE)
    found = entry.path.stat()

    entry.path.write_text("c0ntent")
    os.utime(entry.path, ns=(found.st_atime_ns, found.st_mtime_ns))

    assert None is Store(tmp_path).find(RECIPE)


@pytest.mark.parametrize(("keep", "made"), [(True, set()), (False, {RECIPE.key})])
def test_another_process_is_told_what_it_may_find_and_no_more(
    tmp_path: Path, keep: bool, made: set[str]
) -> None:
    store = Store(tmp_path, keep=keep)
    store.put(RECIPE, write)

    there = pickle.loads(pickle.dumps(store))

    assert store.find(RECIPE) == there.find(RECIPE) is not None
    assert (made, tmp_path) == (there._made, there.folder)


def test_writing_into_what_was_published_spoils_the_entry_and_no_more(tmp_path: Path) -> None:
    entry, out = Store(tmp_path).put(RECIPE, write), tmp_path / "out.txt"
    publish(entry, out)
    out.write_text("what somebody wrote into it")

    found = Store(tmp_path).get(RECIPE, write)
    publish(found, out)

    assert ("content", entry.digest) == (out.read_text(), found.digest)


def test_what_is_published_is_dated_now(tmp_path: Path) -> None:
    entry, out = Store(tmp_path).put(RECIPE, write), tmp_path / "out.txt"
    aged(entry)

    publish(entry, out)

    assert 60 > abs(time.time() - out.stat().st_mtime)


def test_without_keeping_only_what_this_run_made_is_found(tmp_path: Path) -> None:
    Store(tmp_path).put(RECIPE, write)
    fresh = Store(tmp_path, keep=False)

    before = fresh.find(RECIPE)
    fresh.put(RECIPE, write)

    assert (None, True) == (before, fresh.find(RECIPE) is not None)


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Store(tmp_path).put(RECIPE, fail)

    assert [] == [file for file in tmp_path.rglob("*") if file.is_file()]


def test_a_replaced_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    target.write_text("old")

    with pytest.raises(KeyboardInterrupt), replacing(target) as temporary:
        temporary.write_text("half of the n")
        raise KeyboardInterrupt

    assert (["film.mp4"], "old") == (sorted(os.listdir(tmp_path)), target.read_text())


def test_publishing_an_equal_film_does_not_touch_it(tmp_path: Path) -> None:
    entry = Store(tmp_path / "store").put(RECIPE, write)
    out = tmp_path / "out.txt"
    publish(entry, out)
    os.utime(out, (1, 1))

    publish(entry, out)

    assert 1 == out.stat().st_mtime


def test_a_folder_that_cannot_be_written_is_a_render_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(RenderError) as raised:
        Store(tmp_path / "file").put(RECIPE, write)

    assert "disk" == raised.value.problems[0].code
