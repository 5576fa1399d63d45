"""What is recalled from the round before is what would be worked out again, whatever was saved."""

import importlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from renderer import recipes
from renderer.errors import SpecError, Stop
from renderer.inputs import noted
from renderer.memory import Memory, memory, recalled, remembering
from renderer.plan import plan
from renderer.spec import load
from renderer.store import Store
from renderer.voice import speak_all

SPEC = """version: 1
size: 320x180
use: [brand.yaml]
voice: {engine: silent}
vars: {who: World}
captions: lines
data: {rows: rows.csv}
sources: {a: {title: A source}}
defaults: {scene: {transition: {kind: dissolve, over: 400ms}}}
overlay: [{text: "{{ title }}", position: top-end}]
scenes:
  - {id: one, text: "Hello {{ who }}", say: "One [[here]] two.", cite: [a]}
  - {id: two, template: card, with: {word: Second}, say: Three four.}
  - for_each: {in: rows, as: row}
    id: "row-{{ row.name }}"
    text: "{{ row.name }}"
    layers: [{image: dot.png, width: 10%, zoom: [100%, 120%]}]
  - {id: last, template: credits, say: Five six., duration: 3s}
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
  - {text: "{{ word }}", name: it, enter: fade}
  - {text: under it, below: it, gap: 2%, at: 200ms}
"""


def dot(path: Path, grey: int) -> None:
    Image.fromarray(np.full((8, 8, 3), grey, np.uint8)).save(path)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


@pytest.fixture
def film(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "scenes").mkdir(parents=True)
    (tmp_path / "templates" / "scenes" / "card.yaml").write_text(CARD)
    (tmp_path / "brand.yaml").write_text("styles: {h1: {color: accent}}\nvars: {tone: calm}\n")
    (tmp_path / "rows.csv").write_text("name\nred\nblue\n")
    dot(tmp_path / "dot.png", 90)
    path = tmp_path / "film.yaml"
    path.write_text(SPEC)
    return path


def compiled(path: Path, store: Store) -> tuple[object, ...]:
    """Return all that comes of a spec, places too; or what is wrong with it."""
    try:
        spec = load(path)
        timeline, problems = plan(spec, speak_all(spec.lines, store, lambda *_: None))
    except Stop as stop:
        return stop.problems
    every = recipes.whole(timeline)
    keys = [recipe.key for _, recipe in every.parts], every.sound.key, every.film.key
    return repr(replace(spec, files=())), repr(timeline), problems, keys


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


EDITS: dict[str, Callable[[str], str]] = {
    "a word": replaced("Hello", "Goodbye"),
    "a longer text": replaced("Three four.", "Three four five six seven."),
    "a line more": replaced("scenes:\n", "scenes:\n  # a comment\n"),
    "a scene more": replaced("  - {id: two", "  - {text: New, duration: 1s}\n  - {id: two"),
    "a scene less": lambda text: "\n".join(t for t in text.split("\n") if "id: two" not in t),
    "a variable": replaced("World", "Moon"),
    "a default": replaced("over: 400ms", "over: 300ms"),
    "a transition": replaced("kind: dissolve", "kind: push"),
    "a cited source": replaced(", cite: [a]", ""),
    "an overlay": replaced("position: top-end", "position: top-start"),
    "a size": replaced("320x180", "180x320"),
    "a language": replaced("version: 1\n", "version: 1\nlang: ar\n"),
    "no captions": replaced("captions: lines", 'captions: "off"'),
    "a number for a text": replaced("word: Second", "word: 2"),
    "a mark": replaced("[[here]]", "[[there]]"),
    "an error": replaced("template: card", "template: crad"),
    "a layer's error": replaced("image: dot.png", "image: dto.png"),
    "a warning": replaced("id: last,", "id: last, transition: cut, lead: 9s,"),
    "an anchor": replaced("{word: Second}", "&x {word: Second}"),
}


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_and_back_all_is_as_without_a_memory(
    film: Path, store: Store, name: str
) -> None:
    kept = Memory()
    for text in (SPEC, SPEC, EDITS[name](SPEC), EDITS[name](SPEC), SPEC):
        film.write_text(text)

        with remembering(kept), noted() as noticed:
            recalling = compiled(film, store)

        with noted() as read:
            assert compiled(film, store) == recalling
        assert read.items() <= noticed.items()


OTHERS: dict[str, Callable[[Path], object]] = {
    "brand.yaml": lambda path: path.write_text("styles: {h1: {color: text}}\n"),
    "rows.csv": lambda path: path.write_text("name\nred\ngreen\nblue\n"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_files_that_are_read_before_the_scenes_are_part_of_their_ground(
    film: Path, store: Store, name: str
) -> None:
    kept = Memory()
    for _ in range(2):
        with remembering(kept):
            before = compiled(film, store)
    OTHERS[name](film.parent / name)

    with remembering(kept):
        recalling = compiled(film, store)

    assert before != recalling
    assert compiled(film, store) == recalling


def test_files_of_scenes_stay_noted_though_they_are_not_read_again(
    film: Path, store: Store
) -> None:
    kept = Memory()
    for _ in range(3):
        with remembering(kept), noted() as read:
            compiled(film, store)

    assert {"film.yaml", "brand.yaml", "rows.csv", "dot.png", "card.yaml"} <= {p.name for p in read}


scenes_module = importlib.import_module("renderer.spec.scenes")


def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that the number of each scene is added to that is worked out from now on."""
    numbers: list[int] = []
    scene = scenes_module._scene

    def work(part: object, scope: object, context: object, number: int, whole: bool) -> object:
        numbers.append(number)
        return scene(part, scope, context, number, whole)  # type: ignore[arg-type]

    monkeypatch.setattr(scenes_module, "_scene", work)
    return numbers


def test_only_the_scene_that_was_edited_is_worked_out_again(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, numbers = Memory(), worked_out(monkeypatch)
    for text in (SPEC, SPEC.replace("Second", "Other")):
        film.write_text(text)
        with remembering(kept):
            load(film)

    assert [1, 2, 3, 4, 5, 2] == numbers


SHARED = """version: 1
size: 64x64
captions: lines
scenes:
  - id: one
    text: &said Hello
  - id: two
    text: Second
    say: |
      Three
      four.
  - id: three
    text: *said
cuts: {short: {scenes: [one]}}
"""


def test_scenes_on_other_lines_are_moved_and_not_worked_out_again(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, numbers, film = Memory(), worked_out(monkeypatch), tmp_path / "film.yaml"
    before = "  - id: two"
    for more in ("", "  # a line\n", "  - {id: new, text: New}\n", ""):
        film.write_text(SHARED.replace(before, more + before))
        with remembering(kept):
            recalling = compiled(film, store)
        known = list(numbers)
        assert compiled(film, store) == recalling
        numbers[:] = known

    after_a_line, after_a_scene, without_it = [3], [2], [3]
    assert [1, 2, 3, *after_a_line, *after_a_scene, *without_it] == numbers


def test_a_fault_that_scenes_share_is_told_of_when_the_first_of_them_is_gone(film: Path) -> None:
    card = film.parent / "templates" / "scenes" / "card.yaml"
    card.write_text(
        CARD.replace('{text: "{{ word }}", name: it, enter: fade}', "text: All # it\n    name: it")
    )
    rest = SPEC.replace("{id: two", "{id: also, template: card, with: {word: X}}\n  - {id: two")
    kept = Memory()
    for text in (
        rest,
        rest,
        rest.replace("{id: also, template: card, with: {word: X}}", "{id: a}"),
    ):
        film.write_text(text)
        with remembering(kept):
            recalling = load(film).warnings

        assert load(film).warnings == recalling
        assert ["comment-in-text"] == [warning.code for warning in recalling]


def test_what_ends_in_an_exception_is_not_remembered(film: Path) -> None:
    kept = Memory()
    with pytest.raises(SpecError), remembering(kept):
        recalled("a", (), lambda: "first")
        raise SpecError

    with remembering(kept):
        assert "second" == recalled("a", (), lambda: "second")


def test_what_a_round_did_not_ask_for_is_forgotten() -> None:
    kept, thing, worked = Memory(), object(), []
    for asked in ("ab", "a", "ab"):
        with remembering(kept):
            found = [recalled(word, (thing,), partial(list, asked)) for word in asked]
        worked.append(found)

    assert worked[0][0] is worked[1][0] is worked[2][0]
    assert worked[0][1] is not worked[2][1]


def test_other_things_of_equal_value_are_not_the_same() -> None:
    kept = Memory()
    with remembering(kept):
        first = recalled("a", ([],), lambda: "first")
        other = recalled("a", ([],), lambda: "other")

    assert ("first", "other") == (first, other)


def test_without_a_memory_everything_is_worked_out() -> None:
    assert (None, 1, 2) == (memory(), recalled("a", (), lambda: 1), recalled("a", (), lambda: 2))


def test_a_project_that_moves_is_another(film: Path, store: Store, tmp_path: Path) -> None:
    kept = Memory()
    with remembering(kept):
        compiled(film, store)
    moved = tmp_path / "moved"
    shutil.copytree(film.parent, moved, ignore=shutil.ignore_patterns(".render", "moved"))

    with remembering(kept):
        recalling = compiled(moved / "film.yaml", store)

    assert compiled(moved / "film.yaml", store) == recalling
