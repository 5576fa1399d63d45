"""What loading tells of the files that it read, and of those that it did not find."""

from pathlib import Path

import pytest

from renderer.errors import SpecError
from renderer.inputs import Content, Noted, content_of, noted
from renderer.spec import load

SPEC = """version: 1
use: [brand.yaml]
scenes:
  - scenes: more.yaml
  - {template: image, with: {src: dot.png}}
  - {template: image, with: {src: sub}}
"""


def read(folder: Path, text: str) -> Noted:
    """Return what was noted under a folder by a load that fails."""
    (folder / "film.yaml").write_text(text)
    with noted() as found, pytest.raises(SpecError):
        load(folder / "film.yaml")
    return {path: content for path, content in found.items() if path.is_relative_to(folder)}


def test_a_failed_load_notes_what_it_read_what_it_missed_and_what_was_refused(
    tmp_path: Path,
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "more.yaml").write_text("scenes: []")

    found = read(tmp_path, SPEC)

    names = {str(path.relative_to(tmp_path).as_posix()): now for path, now in found.items()}
    there = content_of(tmp_path / "film.yaml"), content_of(tmp_path / "more.yaml")
    assert (SPEC.encode()[-64:], b"scenes: []", there) == (
        there[0].last,
        there[1].last,
        (names.pop("film.yaml"), names.pop("more.yaml")),
    )
    missed = ("brand.yaml", "dot.png", "templates/scenes", "templates/themes")
    assert {**dict.fromkeys(missed, Content()), "sub": None} == names


def test_a_text_that_cannot_be_parsed_is_noted(tmp_path: Path) -> None:
    found = read(tmp_path, "a: [")

    assert content_of(tmp_path / "film.yaml") == found[tmp_path / "film.yaml"]


def test_what_lies_outside_the_root_is_not_noted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.yaml").write_text("vars: {}")

    found = read(tmp_path / "in", "version: 1\nuse: [../out.yaml]\nscenes: [{text: a}]\n")

    assert ["film.yaml"] == [path.name for path in found if path.suffix]


def test_a_folder_holds_the_names_of_its_yaml_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a")
    before = content_of(tmp_path)
    (tmp_path / "notes.txt").write_text("b")
    (tmp_path / "a.yaml").write_text("c")
    same = content_of(tmp_path)
    (tmp_path / "b.yaml").write_text("d")

    assert (True, False) == (before == same, before == content_of(tmp_path))


def test_nothing_is_noted_outside(tmp_path: Path) -> None:
    with noted() as found:
        pass
    (tmp_path / "film.yaml").write_text("version: 1\nscenes: [{text: a}]\n")
    load(tmp_path / "film.yaml")

    assert {} == found
