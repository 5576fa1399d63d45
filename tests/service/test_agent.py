"""From a topic to a film in steps that take a word each."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reelspec.service.agent import Steps
from tests.service.serving import REELSPEC

SOURCE = Path(__file__).resolve().parents[1] / "author" / "documents" / "en" / "solar.md"


def test_a_topic_goes_to_a_checked_spec_and_stops_before_the_film(tmp_path: Path) -> None:
    command = [REELSPEC, "agent", "How a solar cell works", "--source", str(SOURCE), "--approve"]
    more = ["--duration", "20", "--author-option=--engine=silent", "-o", "sun.yaml"]
    done = subprocess.run(
        [*command, *more],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert (0, "sun.yaml\n") == (done.returncode, done.stdout), done.stderr
    assert "render sun.yaml" in done.stderr
    assert b"\x89PNG" == (tmp_path / "sun.sheet.png").read_bytes()[:4]
    assert not (tmp_path / "sun.mp4").exists()


def test_words_change_the_spec_until_there_are_none(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text(
        "version: 1\nscenes:\n  - {id: one, say: First.}\n  - {id: two, say: Second.}\n"
    )
    answers, said = iter(["make it sing", "remove scene 2", ""]), []
    Steps(spec, "x", (), said.append, lambda _: next(answers)).review()

    assert "1. one: First.\n2. two: Second." == said[0]
    assert "error" in said[1]
    assert "1. one: First." == said[2]


@pytest.mark.soak  # the words are those of the author, which its own tests hold
def test_without_sources_it_ends_with_the_authors_own_words(tmp_path: Path) -> None:
    done = subprocess.run(
        [REELSPEC, "agent", "Nothing at all", "--author-option=--offline"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode not in (0, 1)
    assert "error[" in done.stderr and "Traceback" not in done.stderr
