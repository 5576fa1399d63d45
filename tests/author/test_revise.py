"""`author revise`: what is understood is done, and no other line of the file changes."""

from pathlib import Path

import pytest

from reelspec.author.grammar import Order, understood
from tests.author.writing import author

SPEC = """\
# my film
version: 1
title: Tea            # mine
theme: paper  # calm
scenes:
  # how it begins
  - id: hook
    template: title
    with: {title: "Tea"}   # quoted
    say: Tea is old.

  - id: brew
    # a reason
    template: bullets
    with:
      items: [Boil, Pour]
    say: |-
      Boil the water in a clean kettle until it sings.
      Pour it.
      Then wait for the leaves to open in the pot.

  # the end
  - id: close
    text: Drink
    say: Drink it.
captions: off
"""
IDS = ["hook", "brew", "close"]


def revised(folder: Path, instruction: str, *more: str) -> list[str]:
    path = folder / "tea.yaml"
    path.write_text(SPEC, encoding="utf-8")
    done = author(folder, "revise", "tea.yaml", instruction, *more)
    assert 0 == done.returncode, done.stderr
    return path.read_text(encoding="utf-8").splitlines()


def lines_changed(after: list[str]) -> tuple[list[str], list[str]]:
    before = SPEC.splitlines()
    return [x for x in before if x not in after], [x for x in after if x not in before]


def test_a_shorter_scene_loses_the_sentence_that_says_least(tmp_path: Path) -> None:
    after = revised(tmp_path, "shorter second scene")

    assert (["      Pour it."], []) == lines_changed(after)


def test_a_removed_scene_takes_its_comments_and_leaves_the_others(tmp_path: Path) -> None:
    after = revised(tmp_path, "احذف المشهد الثاني")

    text = "\n".join(after)
    assert "brew" not in text
    assert "a reason" not in text
    assert ["# my film", "  # how it begins", "  # the end", "captions: off"] == [
        line for line in after if line.lstrip().startswith(("#", "captions"))
    ]


def test_a_moved_scene_keeps_its_lines(tmp_path: Path) -> None:
    after = revised(tmp_path, "move scene 3 before scene 2")

    assert ["hook", "close", "brew"] == [x.split()[-1] for x in after if "- id:" in x]
    assert ([], []) == lines_changed(after)
    assert after.index("  # the end") + 1 == after.index("  - id: close")


def test_a_theme_changes_one_line_and_keeps_its_comment(tmp_path: Path) -> None:
    after = revised(tmp_path, "theme ocean")

    assert (["theme: paper  # calm"], ["theme: ocean # calm"]) == lines_changed(after)


def test_a_title_is_changed_where_the_template_has_it(tmp_path: Path) -> None:
    after = revised(tmp_path, 'retitle scene 1 "Old tea"')

    gone, come = lines_changed(after)
    assert ['    with: {title: "Tea"}   # quoted'] == gone
    assert ['with: {title: "Old tea"} # quoted'] == [" ".join(line.split()) for line in come]


def test_a_longer_scene_goes_on_as_its_source_does(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text("Drink it. It is best while it is hot.\n", encoding="utf-8")

    after = revised(tmp_path, "longer scene close", "--source", "tea.md")

    assert "      It is best while it is hot." in after


@pytest.mark.parametrize(
    ("instruction", "order"),
    [
        ("make the 2nd scene blue", None),
        ("shorter scene 9", None),
        ("Shorten the last scene", Order("shorter", 2)),
        ("longer brew", Order("longer", 1)),
        ("delete scene 1", Order("remove", 0)),
        ("move scene 1 to the end", Order("move", 0, 2)),
        ("move scene 1 after scene 2", Order("move", 0, 1)),
        ("move scene 3 to 1", Order("move", 2, 0)),
        ("rename scene 2 to Brewing", Order("retitle", 1, text="Brewing")),
        ("اختصر المشهد ٢", Order("shorter", 1)),
        ("انقل المشهد الثالث قبل المشهد الأول", Order("move", 2, 0)),
        ("غير عنوان المشهد الثاني إلى «الشاي»", Order("retitle", 1, text="الشاي")),
        ("use the ocean theme", Order("theme", text="ocean")),
    ],
)
def test_instructions_are_understood_or_not(instruction: str, order: Order | None) -> None:
    assert order == understood(instruction, IDS)


@pytest.mark.parametrize(
    ("instruction", "says"),
    [
        ("make it more fun", "shorter scene 2"),
        ("shorter scene 1", "it is not cut in the middle"),
        ("theme pink", "there are midnight"),
        ("longer scene 1", "--source"),
    ],
)
def test_what_cannot_be_done_leaves_the_file_as_it_is(
    tmp_path: Path, instruction: str, says: str
) -> None:
    (tmp_path / "tea.yaml").write_text(SPEC, encoding="utf-8")

    done = author(tmp_path, "revise", "tea.yaml", instruction)

    assert 2 == done.returncode
    assert says in done.stderr
    assert SPEC == (tmp_path / "tea.yaml").read_text(encoding="utf-8")
    assert ["tea.yaml"] == [path.name for path in tmp_path.iterdir()]
