"""A command that has nothing to do says so at once; whatever it rests on changes, it is not taken."""

import json
import os
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

SPEC = """version: 1
size: 64x36
use: [brand.yaml]
voice: {engine: silent}
captions: {export: [srt]}
scenes:
  - {id: one, text: One, say: Hello.}
  - {id: two, template: image, with: {src: dot.png}, say: Again.}
  - scenes: more.yaml
"""
MORE = "scenes: [{id: three, text: Three, say: More.}]\n"
OPTIONS = ("--takes", "takes", "--store", "kept")
TEMPLATE = """about: One text, small.
params:
  type: object
  additionalProperties: false
  required: [text]
  properties:
    text: {title: Text, description: The text., type: string, examples: [One]}
example: {text: One}
layers:
  - {text: "{{ text }}", style: body, position: bottom}
"""
CODE = """import sys
from renderer.cli import main
try: main()
finally: print('whole' if 'renderer.render' in sys.modules else 'short', file=sys.stderr)
"""


def run(folder: Path, *words: str, **more: str) -> tuple[int, str, str]:
    """Return a command's status, what it printed and by which way, `whole` or `short`."""
    site = os.pathsep.join([str(folder / "site"), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", CODE, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": site} | more,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr.splitlines()[-1]


def sound(file: Path) -> None:
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(48000)
        out.writeframes((b"\0\x20" * 24 + b"\0\xe0" * 24) * 900)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("site", "takes"):
        (tmp_path / name).mkdir()
    (tmp_path / "film.yaml").write_text(SPEC)
    (tmp_path / "brand.yaml").write_text("vars: {name: one}\n")
    (tmp_path / "more.yaml").write_text(MORE)
    Image.new("RGB", (8, 8), "red").save(tmp_path / "dot.png")
    return tmp_path


def film(folder: Path) -> bytes:
    return (folder / "output" / "film.mp4").read_bytes()


def test_the_second_time_nothing_is_loaded_and_the_same_is_said(folder: Path) -> None:
    first = run(folder, "film.yaml", "--json")
    second = run(folder, "film.yaml", "--json")

    told = [json.loads(said[1]) for said in (first, second)]
    assert (("whole", 6), ("short", 0)) == (
        (first[2], told[0]["encoded"]),
        (second[2], told[1]["encoded"]),
    )
    alike = [{k: v for k, v in one.items() if k not in ("took", "encoded")} for one in told]
    assert alike[0] == alike[1]


def test_warnings_are_said_again(folder: Path) -> None:
    (folder / "film.yaml").write_text(SPEC + "duration: 1s\n")
    said = [run(folder, "film.yaml", "--json") for _ in range(2)]

    found = [json.loads(one[1])["warnings"] for one in said]
    assert ["whole", "short"] == [one[2] for one in said]
    assert (["too-long"], found[0]) == ([one["code"] for one in found[0]], found[1])


def test_the_film_and_its_cuts_are_told_together(folder: Path) -> None:
    (folder / "film.yaml").write_text(SPEC + "cuts: {brief: {scenes: [one]}}\n")
    said = [run(folder, "film.yaml", "--all") for _ in range(2)]

    names = "".join(f"{Path('output') / name}\n" for name in ("film.mp4", "film-brief.mp4"))
    assert [(0, names, "whole"), (0, names, "short")] == said


def _plugin(folder: Path) -> None:
    info = folder / "site" / "odd_layer-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-layer\nVersion: 1.0\n")


def _template(folder: Path) -> None:
    (folder / "templates" / "scenes").mkdir(parents=True)
    (folder / "templates" / "scenes" / "statement.yaml").write_text(TEMPLATE)


def _link(folder: Path) -> None:
    """Have the same text lie elsewhere, beside another picture."""
    (folder / "else").mkdir()
    for name in ("film.yaml", "brand.yaml", "more.yaml"):
        (folder / "else" / name).write_bytes((folder / name).read_bytes())
    Image.new("RGB", (8, 8), "blue").save(folder / "else" / "dot.png")
    (folder / "film.yaml").unlink()
    (folder / "film.yaml").symlink_to(folder / "else" / "film.yaml")


CHANGES: dict[str, Callable[[Path], object]] = {
    "spec": lambda at: (at / "film.yaml").write_text(SPEC.replace("One", "Won")),
    "used file": lambda at: (at / "brand.yaml").write_text("theme: paper\n"),
    "scenes of another file": lambda at: (at / "more.yaml").write_text(MORE.replace("T", "F")),
    "picture": lambda at: Image.new("RGB", (8, 8), "green").save(at / "dot.png"),
    "template of the project": _template,
    "recording": lambda at: sound(at / "takes" / "one-1.wav"),
    "link": _link,
    "marker of a root": lambda at: (at / "reelspec.toml").write_text(""),
    "installed distribution": _plugin,
    "film": lambda at: (at / "output" / "film.mp4").write_bytes(b"another"),
    "film gone": lambda at: (at / "output" / "film.mp4").unlink(),
    "captions": lambda at: (at / "output" / "film.srt").write_text("another"),
    "film in the store": lambda at: max(
        (at / "kept").glob("??/*.mp4"), key=lambda file: file.stat().st_mtime_ns
    ).write_bytes(b"damaged"),
    "spoken line in the store": lambda at: next((at / "kept").glob("??/*.wav")).unlink(),
    "note of the last render": lambda at: [
        note.unlink() for note in (at / "kept" / "notes").iterdir() if "unch" not in note.name
    ],
    "damaged note": lambda at: [
        note.write_text(note.read_text().replace("film.yaml", "firm.yaml"))
        for note in (at / "kept" / "notes").glob("unchanged-*")
    ],
}


@pytest.mark.parametrize("kind", CHANGES)
def test_whatever_it_rests_on_changes_the_film_is_made_anew(folder: Path, kind: str) -> None:
    ways = [run(folder, "film.yaml", *OPTIONS)[2] for _ in range(2)]
    CHANGES[kind](folder)

    ways.append(run(folder, "film.yaml", *OPTIONS)[2])

    made = film(folder), (folder / "output" / "film.srt").read_bytes()
    other = run(folder, "film.yaml", "--takes", "takes", "--store", "fresh")
    fresh = film(folder), (folder / "output" / "film.srt").read_bytes()
    assert (["whole", "short", "whole"], 0) == (ways, other[0])
    assert fresh == made


def test_another_setting_of_the_environment_is_another_command(folder: Path) -> None:
    ways = [run(folder, "film.yaml", LANG=lang)[2] for lang in ("C", "C", "C.UTF-8")]

    assert ["whole", "short", "whole"] == ways


@pytest.mark.parametrize("words", [["--var", "name=two"], ["--from", "1s"], ["--strict"]])
def test_other_words_are_another_command(folder: Path, words: list[str]) -> None:
    ways = [run(folder, "film.yaml", *more)[2] for more in ([], [], words, words)]

    assert ["whole", "short", "whole", "short"] == ways


@pytest.mark.parametrize(
    "words",
    [["--draft"], ["--no-cache"], ["--scene", "one"], ["--progress", "json"], ["--format", "png"]],
)
def test_what_cannot_be_known_for_sure_is_made_the_whole_way(
    folder: Path, words: list[str]
) -> None:
    ways = [run(folder, "film.yaml", *words)[2] for _ in range(2)]

    assert ["whole", "whole"] == ways


def test_a_broken_spec_is_told_of_each_time(folder: Path) -> None:
    (folder / "film.yaml").write_text(SPEC + "colour: red\n")
    said = [run(folder, "film.yaml") for _ in range(2)]

    assert [(3, "", "whole")] * 2 == said
