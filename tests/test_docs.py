"""What the documents show is true: files and commands work, generated pages are fresh."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from renderer.cli import VERBS
from renderer.reference import page
from renderer.templates import schema_text

ROOT = Path(__file__).resolve().parent.parent
RENDER = Path(sys.executable).with_name("render")
AUTHOR = "from reelspec.author.cli import main; main()"
BLOCK = re.compile(r"^```(\w*) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str) -> list[tuple[str, str, str]]:
    return BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))


def test_the_guide_works_as_it_stands(tmp_path: Path) -> None:
    found = blocks("docs/guide.md")
    follow(found, tmp_path)
    assert 16 <= sum(len(text.splitlines()) for kind, info, text in found if kind == "sh" and info)


def follow(found: list[tuple[str, str, str]], folder: Path) -> None:
    """Write the files of a page and run its commands, in their order."""
    for _, info, text in found:
        if info.startswith("file="):
            path = folder / info.removeprefix("file=")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif info:
            status = int(info.removeprefix("fails=")) if info.startswith("fails=") else 0
            assert [] == [line for line in text.splitlines() if run(folder, line) != status]


def test_the_page_on_writing_works_as_it_stands(tmp_path: Path) -> None:
    found = blocks("docs/author.md")
    follow(found, tmp_path)

    assert 8 == sum(len(text.splitlines()) for kind, info, text in found if kind == "sh" and info)


def run(folder: Path, line: str) -> int:
    program, *arguments = shlex.split(line)
    programs = {"render": [RENDER], "author": [sys.executable, "-c", AUTHOR]}
    done = subprocess.run(
        [*programs[program], *arguments], cwd=folder, capture_output=True, timeout=120
    )
    return done.returncode


def test_the_error_in_the_guide_is_the_one_that_is_shown(tmp_path: Path) -> None:
    found = blocks("docs/guide.md")
    wrong = next(text for _, info, text in found if info == "file=wrong.yaml")
    shown = next(text for _, _, text in found if text.startswith("wrong.yaml:"))
    (tmp_path / "wrong.yaml").write_text(wrong, encoding="utf-8")

    done = subprocess.run(
        [RENDER, "check", "wrong.yaml"], cwd=tmp_path, capture_output=True, text=True
    )

    assert shown == done.stderr


@pytest.mark.parametrize("number", [0, 1])
def test_the_specs_in_the_readme_are_good(tmp_path: Path, number: int) -> None:
    specs = [text for kind, _, text in blocks("README.md") if kind == "yaml"]
    (tmp_path / "film.yaml").write_text(specs[number], encoding="utf-8")

    assert 0 == run(tmp_path, "render check film.yaml --strict")


def test_every_verb_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [] == [verb for verb in VERBS if verb != "film" and f"`render {verb}" not in readme]


def test_the_reference_is_fresh() -> None:
    assert page() == (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def test_the_schema_is_fresh() -> None:
    assert schema_text() == (ROOT / "schemas" / "spec.json").read_text(encoding="utf-8")


def test_links_between_documents_lead_somewhere() -> None:
    pages = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")] + [
        *(ROOT / "docs").glob("*.md")
    ]
    missing = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert [] == missing


def test_the_commands_in_the_readme_work(tmp_path: Path) -> None:
    found = blocks("README.md")
    hello = next(text for kind, _, text in found if kind == "yaml")
    (tmp_path / "hello.yaml").write_text(hello, encoding="utf-8")
    lines = [line for kind, _, text in found if kind == "sh" for line in text.splitlines()]
    commands = [line.partition("#")[0].strip() for line in lines]

    assert ["make video", "make test", "render hello.yaml"] == commands
    assert 0 == run(tmp_path, commands[2])
    assert (tmp_path / "output" / "hello.mp4").is_file()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [] == [line for line in commands[:2] if f"\n{line.split()[1]}:" not in makefile]
