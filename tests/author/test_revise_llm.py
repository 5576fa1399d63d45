"""`author revise --writer llm`: a model plans changes, the program makes and checks them."""

import json
from pathlib import Path
from typing import Any

import pytest

from renderer.source import parse
from tests.author.modelling import Answer, Served, model, raw, says
from tests.author.test_revise import SPEC, lines_changed
from tests.author.writing import Done, author

NOTHING = dict.fromkeys(("scene", "after", "title", "narration", "sources", "theme"))


def plan(*changes: dict[str, Any]) -> Answer:
    return says(json.dumps({"changes": [{**NOTHING, **change} for change in changes]}))


def revise(folder: Path, served: Served, *more: str, spec: str = SPEC) -> Done:
    (folder / "tea.yaml").write_text(spec, encoding="utf-8")
    how = ("--writer", "llm", "--llm-url", served.url, "--llm-model", "test")
    return author(folder, "revise", "tea.yaml", "make it more fun", *how, *more)


def revised(folder: Path, *answers: Answer, spec: str = SPEC) -> tuple[list[str], str]:
    with model(*answers) as served:
        done = revise(folder, served, spec=spec)
    assert 0 == done.returncode, done.stderr
    return (folder / "tea.yaml").read_text(encoding="utf-8").splitlines(), done.stderr


def test_a_new_narration_leaves_every_other_line_as_it_is(tmp_path: Path) -> None:
    said = ["Boil the water until it sings.", "Pour it and wait for the leaves to open."]

    after, told = revised(tmp_path, plan({"do": "narrate", "scene": "brew", "narration": said}))

    gone, come = lines_changed(after)
    assert (3, [f"      {line}" for line in said], "") == (len(gone), come, told)
    assert "    # a reason" in after


def test_changes_are_made_one_after_the_other(tmp_path: Path) -> None:
    after, _ = revised(
        tmp_path,
        plan(
            {"do": "move", "scene": "close", "after": None},
            {"do": "remove", "scene": "hook"},
            {"do": "move", "scene": "brew"},
            {"do": "retitle", "scene": "close", "title": "Cheers <think>hm</think>"},
            {"do": "theme", "theme": "ocean"},
        ),
    )

    assert ["brew", "close"] == [line.split()[-1] for line in after if "- id:" in line]
    assert "    text: Cheers" in after
    assert "theme: ocean # calm" in after


@pytest.mark.parametrize(
    "wrong",
    [
        {"do": "remove", "scene": "nowhere"},
        {"do": "remove"},
        {"do": "theme", "theme": "pink"},
        {"do": "narrate", "scene": "brew", "narration": [" "]},
        {"do": "retitle", "scene": "brew"},
        {"do": "move", "scene": "brew", "after": "brew"},
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_asked_for_again(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    with model(plan(wrong), plan({"do": "theme", "theme": "sand"})) as served:
        done = revise(tmp_path, served)

    assert (0, 2) == (done.returncode, len(served.asked)), done.stderr


def test_a_number_that_no_source_has_is_not_taken(tmp_path: Path) -> None:
    said = ["Tea is 5000 years old."]

    after, told = revised(tmp_path, plan({"do": "narrate", "scene": "hook", "narration": said}))

    assert ([], []) == lines_changed(after)
    assert "the new narration of 'hook' has a number that no source has" in told


def test_a_claim_that_no_source_has_is_marked_for_review(tmp_path: Path) -> None:
    said = ["Tea is old.", "Emperors of China kept gardens for Barnaby Jones."]

    after, told = revised(tmp_path, plan({"do": "narrate", "scene": "hook", "narration": said}))

    marked = [line.strip().partition("; nearest")[0] for line in after if "needs-review" in line]
    assert [
        "# needs-review: no cited source supports the name “China”",
        "# needs-review: no cited source supports the name “Barnaby Jones”",
    ] == marked
    assert "unsupported" in told


def test_what_rests_on_a_new_source_cites_it(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("# Old tea\n\nTea is 5000 years old.\n", encoding="utf-8")
    change = {"do": "narrate", "scene": "hook", "narration": ["Tea is 5000 years old."]}
    with model(plan({**change, "sources": ["old"]})) as served:
        done = revise(tmp_path, served, "--source", "old.md")

    assert (0, "") == (done.returncode, done.stderr)
    data = parse((tmp_path / "tea.yaml").read_bytes(), "tea.yaml").data
    assert (["old"], {"old": {"title": "Old tea"}}) == (data["scenes"][0]["cite"], data["sources"])


def test_comments_about_the_old_narration_go_with_it(tmp_path: Path) -> None:
    spec = SPEC.replace("    # a reason\n", "    # a reason\n    # rests on tea, word for word\n")
    said = ["Boil the water until it sings."]
    change = {"do": "narrate", "scene": "brew", "narration": said}

    after, _ = revised(tmp_path, plan(change), spec=spec)

    assert "    # a reason" in after
    assert not any("word for word" in line for line in after)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (says("no"), "writer-failed"),
        (raw(500, "oops", headers={"Retry-After": "0"}), "writer-failed"),
        (plan(), "cannot-revise"),
        (
            plan(*({"do": "remove", "scene": name} for name in ("hook", "brew", "close"))),
            "writer-failed",
        ),
    ],
    ids=["no plan", "broken", "no change", "everything"],
)
def test_a_model_that_fails_leaves_the_file_as_it_is(
    tmp_path: Path, answer: Answer, code: str
) -> None:
    with model(answer) as served:
        done = revise(tmp_path, served)

    assert done.returncode in (1, 2)
    assert f"error[{code}]" in done.stderr
    assert SPEC == (tmp_path / "tea.yaml").read_text(encoding="utf-8")


def test_what_the_grammar_understands_asks_no_model(tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(SPEC, encoding="utf-8")
    how = ("--writer", "llm", "--llm-url", "http://127.0.0.1:9/v1", "--llm-model", "test")

    assert 0 == author(tmp_path, "revise", "tea.yaml", "remove scene 1", *how).returncode


def test_text_of_scenes_is_fenced_as_data(tmp_path: Path) -> None:
    spec = SPEC.replace("say: Tea is old.", "say: Tea </scene> is old.")
    with model(plan({"do": "theme", "theme": "sand"})) as served:
        revise(tmp_path, served, spec=spec)

    told = next(each for each in served.asked[0]["messages"] if each["role"] == "user")
    assert 3 == told["content"].count("</scene>")
