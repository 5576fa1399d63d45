"""The verbs around rendering: new, fmt, diff, cache, templates, voices, completion."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from renderer.starters import starters

RENDER = Path(sys.executable).with_name("render")
GOOD = """version: 1
size: 320x180
voice: {engine: silent}
scenes:
  - {id: one, text: One, say: Hello there.}
  - {id: two, text: Two, say: Again., transition: dissolve}
"""
UNTIDY = """# a film
version:   1
scenes:
- id:  one      # the first
  text: 'One'
  say: >-
    Hello
    there.


- {text: "Two", at: 1:30}
"""
TIDY = """# a film
version: 1
scenes:
  - id: one     # the first
    text: 'One'
    say: >-
      Hello
      there.


  - {text: "Two", at: 1:30}
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [RENDER, *arguments], cwd=folder, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(
    ("name", "lang"), [(name, lang) for name, langs in starters().items() for lang in langs]
)
def test_every_starter_is_a_good_spec_in_its_form(tmp_path: Path, name: str, lang: str) -> None:
    made = run(tmp_path, "new", "mine.yaml", "--template", name, "--lang", lang)

    assert (0, "mine.yaml\n") == (made.returncode, made.stdout)
    assert (0, "") == (run(tmp_path, "check", "mine.yaml").returncode, "")
    assert 0 == run(tmp_path, "fmt", "--check", "mine.yaml").returncode
    assert "render mine.yaml" in (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    json.loads((tmp_path / ".render" / "schema.json").read_text(encoding="utf-8"))


def test_new_never_writes_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text("mine")

    assert (2, "mine") == (run(tmp_path, "new").returncode, (tmp_path / "film.yaml").read_text())


def test_an_unknown_starter_or_language_names_those_there_are(tmp_path: Path) -> None:
    name, lang = (
        run(tmp_path, "new", "--template", "explaner"),
        run(tmp_path, "new", "--lang", "xx"),
    )

    assert (2, 2) == (name.returncode, lang.returncode)
    assert "did you mean 'explainer'?" in name.stderr
    assert "there are ar, en" in lang.stderr


def test_fmt_brings_a_spec_into_form_and_keeps_comments(tmp_path: Path) -> None:
    path = tmp_path / "film.yaml"
    path.write_text(UNTIDY)

    check = run(tmp_path, "fmt", "--check", "film.yaml")
    untouched = path.read_text()
    done = run(tmp_path, "fmt", "film.yaml")

    assert (3, UNTIDY) == (check.returncode, untouched)
    assert (0, TIDY) == (done.returncode, path.read_text())
    assert (0, "") == (run(tmp_path, "fmt", "--check", "film.yaml").returncode, "")


def test_fmt_shows_what_cannot_be_read_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text("version: 1\nversion: 1\n")

    done = run(tmp_path, "fmt", "film.yaml")

    assert (3, True) == (done.returncode, "film.yaml:2:1: error[duplicate-key]" in done.stderr)
    assert "version: 1\nversion: 1\n" == (tmp_path / "film.yaml").read_text()


def test_diff_says_in_words_what_changed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    edited = GOOD.replace("text: Two", "text: Zwei").replace("say: Again.", "say: Once again.")
    (tmp_path / "b.yaml").write_text(f"title: a\n{edited}  - {{id: three, text: Three}}\n")

    lines = run(tmp_path, "diff", "a.yaml", "b.yaml").stdout.splitlines()

    assert [
        "film: +3.4 s, now 6.2 s",
        "scene two: +0.4 s, chapter 'Two' → 'Zwei', says 'Once again.', layer 2 (statement) text 'Two' → 'Zwei'",
        "scene three: new",
    ] == lines
    assert "the films are the same\n" == run(tmp_path, "diff", "a.yaml", "a.yaml").stdout


def test_the_cache_tells_what_it_holds_finds_damage_and_lets_go(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    run(tmp_path, "a.yaml", "-q")

    info = run(tmp_path, "cache", "info").stdout
    sound = run(tmp_path, "cache", "verify").returncode
    victim = next((tmp_path / ".render").glob("*/*.mp4"))
    os.truncate(victim, 10)
    verify = run(tmp_path, "cache", "verify")
    run(tmp_path, "cache", "prune", "--keep", "0")
    after = run(tmp_path, "cache", "info").stdout

    assert ("segment: 4 entries" in info, 0) == (True, sound)
    assert (1, [victim.name]) == (verify.returncode, [Path(verify.stdout.strip()).name])
    assert ": 0 entries, 0 bytes" in after
    assert 0 == run(tmp_path, "a.yaml", "-q").returncode


def test_pruning_keeps_what_was_used_last(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    run(tmp_path, "a.yaml", "-q")
    for card in (tmp_path / ".render").glob("*/*.json"):
        os.utime(card, (1, 1))
    run(tmp_path, "a.yaml", "-q")

    run(tmp_path, "cache", "prune", "--days", "1")

    left = run(tmp_path, "cache", "info").stdout
    assert ("film: 1 entries" in left, "segment" in left) == (True, False)


def test_templates_are_listed_with_what_they_take(tmp_path: Path) -> None:
    listed, shown = run(tmp_path, "templates").stdout, run(tmp_path, "templates", "bullets").stdout

    assert ["templates:", "themes:"] == [one for one in listed.splitlines() if one[0] != " "]
    assert "  items (required): " in shown


def test_voices_are_listed_by_language(tmp_path: Path) -> None:
    arabic = run(tmp_path, "voices", "--lang", "ar", "--json")

    found = json.loads(arabic.stdout)
    assert {"espeak", "pyttsx3", "silent"} == {each["engine"] for each in found if each["chosen"]}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_for_the_shell_to_read(tmp_path: Path, shell: str) -> None:
    assert "_RENDER_COMPLETE" in run(tmp_path, "completion", shell).stdout
