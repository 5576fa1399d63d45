"""`author update`: generated scenes follow their sources, what a person has written stays."""

from pathlib import Path

from renderer.spec import load
from tests.author.writing import author

FIRST = """\
# Tea

Tea is made of leaves and hot water in a pot of clay.

## Green tea

Green tea wants two minutes in the pot and water that does not boil.

## Black tea

Black tea wants four minutes in the pot and water that boils strongly.
"""
SECOND = FIRST.replace("two minutes", "three minutes")


def spec_of(folder: Path) -> Path:
    (folder / "tea.md").write_text(FIRST, encoding="utf-8")
    done = author(folder, "tea", "--source", "tea.md", "--duration", "20", "-o", "tea.yaml", "-q")
    assert 0 == done.returncode, done.stderr
    return folder / "tea.yaml"


def updated(path: Path) -> str:
    done = author(path.parent, "update", "tea.yaml", "-q")
    assert 0 == done.returncode, done.stderr
    return path.read_text(encoding="utf-8")


def test_nothing_changes_where_the_sources_are_the_same(tmp_path: Path) -> None:
    path = spec_of(tmp_path)
    before = path.read_text(encoding="utf-8")

    assert before == updated(path)


def test_a_generated_scene_follows_its_source(tmp_path: Path) -> None:
    path = spec_of(tmp_path)
    (tmp_path / "tea.md").write_text(SECOND, encoding="utf-8")

    after = updated(path)

    assert "three minutes" in after
    assert "two minutes" not in after


def test_a_scene_that_was_changed_stays_with_its_comments_and_place(tmp_path: Path) -> None:
    path = spec_of(tmp_path)
    text = path.read_text(encoding="utf-8")
    mine = text.replace("say: Green tea wants two minutes", "say: I give green tea two minutes")
    mine = mine.replace("scenes:\n", "scenes:\n  # my own words\n  - {id: hello, text: Hello}\n\n")
    assert mine.count("I give") == 1
    path.write_text(mine, encoding="utf-8")
    (tmp_path / "tea.md").write_text(SECOND, encoding="utf-8")

    after = updated(path)

    assert "say: I give green tea two minutes" in after
    assert "  # my own words\n  - {id: hello, text: Hello}" in after
    assert "hello" == load(path).scenes[0].id


def test_a_spec_that_nobody_generated_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text("version: 1\nscenes:\n  - text: Hi\n", encoding="utf-8")

    done = author(tmp_path, "update", "tea.yaml")

    assert (2, True) == (done.returncode, "not-generated" in done.stderr)
