"""`author` as people use it: exit statuses, what it prints, what it leaves alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from renderer.spec import load
from tests.author.writing import DOCUMENTS, author, program

SOLAR = str(DOCUMENTS / "en" / "solar.md")
FILM = ("how solar cells work", "--source", SOLAR, "--duration", "30")


def test_a_spec_is_written_and_the_same_command_writes_the_same(tmp_path: Path) -> None:
    done = author(tmp_path, *FILM, "-o", "film.yaml")
    program(tmp_path, *FILM, "-o", "again.yaml")

    assert (0, "film.yaml\n") == (done.returncode, done.stdout)
    spec = load(tmp_path / "film.yaml")
    assert ("How solar cells work", 30) == (spec.title, spec.duration)
    assert "credits" == spec.scenes[-1].id
    assert (tmp_path / "film.yaml").read_bytes() == (tmp_path / "again.yaml").read_bytes()


def test_a_file_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text("mine", encoding="utf-8")

    done = author(tmp_path, *FILM, "-o", "film.yaml")

    assert 2 == done.returncode
    assert "film.yaml is there already" in done.stderr
    assert "mine" == (tmp_path / "film.yaml").read_text(encoding="utf-8")


def test_a_topic_alone_asks_for_sources(tmp_path: Path) -> None:
    done = author(tmp_path, "solar cells", "-o", "film.yaml")

    assert 2 == done.returncode
    assert "no-sources" in done.stderr
    assert "--skeleton" in done.stderr
    assert not (tmp_path / "film.yaml").exists()


def test_an_unsigned_spec_does_not_say_where_its_sources_lie(tmp_path: Path) -> None:
    author(tmp_path, *FILM, "--unsigned", "-o", "film.yaml")

    text = (tmp_path / "film.yaml").read_text(encoding="utf-8")
    assert "# Written from 1 source; read it before you render it." == text.splitlines()[1]
    assert "solar.md" not in text


def test_a_skeleton_says_that_it_is_to_be_filled_in(tmp_path: Path) -> None:
    done = author(tmp_path, "solar cells", "--skeleton", "--duration", "60", "-o", "film.yaml")

    text = (tmp_path / "film.yaml").read_text(encoding="utf-8")
    assert 0 == done.returncode
    assert 5 == text.count("# TO FILL IN")
    assert [()] * 5 == [scene.lines for scene in load(tmp_path / "film.yaml").scenes]


def test_help_shows_the_options_of_a_topic_and_the_verbs(tmp_path: Path) -> None:
    shown = author(tmp_path, "--help").stdout

    assert shown.startswith("Usage: author TOPIC [OPTIONS]\n")
    assert shown.index("--source") < shown.index("Verbs:") < shown.index("  revise ")
    assert "  write " not in shown


def test_each_stage_is_told_once_and_then_what_was_written(tmp_path: Path) -> None:
    lines = author(tmp_path, *FILM, "-o", "film.yaml").stderr.splitlines()

    stages = ["reading", "listening", "writing", "speaking"]
    assert stages == [line.split()[0] for line in lines[: len(stages)]]
    wrote, rests, review = lines[-3:]
    assert wrote.startswith("wrote film.yaml: ") and wrote.endswith(" s of 30 s")
    said = len(load(tmp_path / "film.yaml").lines)
    assert (
        f"  {said} of {said} statements with a source; 1 source from 1 place",
        "  nothing is marked for review; read it all the same before you render it",
    ) == (rests, review)


def test_json_tells_steps_and_the_result(tmp_path: Path) -> None:
    done = author(tmp_path, *FILM, "-o", "film.yaml", "--json")

    said = json.loads(done.stdout)
    steps = [json.loads(line) for line in done.stderr.splitlines()]
    assert ("film.yaml", 30.0, 1, []) == tuple(
        said[key] for key in ("spec", "asked", "sources", "warnings")
    )
    assert (said["statements"], [], 1.0) == (
        said["sourced"],
        said["review"],
        said["research"]["support"],
    )
    assert {"stage": "research", "says": "how solar cells work"} == steps[0]
    assert {"stage": "calibrate", "says": "en"} == steps[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["topic", "--source", "absent.md"], "'absent.md' cannot be read: No such file"),
        (["topic", "--source", SOLAR, "--duration", "soon"], "--duration soon is no length"),
        (["topic", "--source", SOLAR, "--writer", "outlin"], "did you mean 'outline'?"),
        (["  ", "--source", SOLAR], "the topic is empty"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    tmp_path: Path, arguments: list[str], says: str
) -> None:
    done = author(tmp_path, *arguments)

    assert 2 == done.returncode
    assert says in done.stderr
    assert "Traceback" not in done.stderr


WITHOUT = """
import sys
from importlib.machinery import PathFinder

class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name in ("sumy", "nltk") else PathFinder.find_spec(name, path, target)

sys.meta_path = [Without if each is PathFinder else each for each in sys.meta_path]
from reelspec.author.cli import main
main()
"""


def without_extra(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)


def test_a_missing_extra_ends_with_status_4_and_the_line_that_installs_it(tmp_path: Path) -> None:
    done = without_extra(tmp_path, *FILM, "-o", "film.yaml")

    assert (4, "") == (done.returncode, done.stdout)
    assert (
        "error[missing-extra]: `author` needs sumy; pip install 'reelspec[author]'" in done.stderr
    )
    assert [] == list(tmp_path.iterdir())


def test_help_needs_no_extra(tmp_path: Path) -> None:
    assert 0 == without_extra(tmp_path, "--help").returncode
