"""The process that others are copies of: what it knows, what it loads, how its copies end."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from renderer.child import run_module
from renderer.child.nursery import CAN_COPY, is_warm, warm

pytestmark = pytest.mark.skipif(not CAN_COPY, reason="processes are copied on Linux alone")

SPEC = "version: 1\nsize: 64x64\nvoice: {engine: espeak}\nscenes:\n  - say: Hello.\n"
TELLS = """
import os, sys, time
from pathlib import Path

def main(arguments):
    print("group", os.getpid() == os.getpgrp(), flush=True)
    print("value", os.environ.get("TOLD"), os.environ.get("SECRET"), flush=True)
    print("known", "SECRET" in Path(f"/proc/{os.getpid()}/environ").read_text(), flush=True)
    if arguments == ["sleep"]:
        os.fork()
        time.sleep(600)
    return 3
"""


@pytest.fixture
def telling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write a module that tells of its process, which can be run as a program."""
    (tmp_path / "telling_program.py").write_text(TELLS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("TOLD", "yes")
    monkeypatch.setenv("SECRET", "no")
    warm()
    assert is_warm()
    return "telling_program"


def test_a_copy_leads_its_group_and_knows_what_it_is_told(telling: str, tmp_path: Path) -> None:
    ended = run_module(telling, [], folder=tmp_path, seconds=30, passing=["TOLD"])
    assert (3, "group True\nvalue yes None\nknown False") == (ended.status, ended.output)


def test_a_copy_that_takes_too_long_ends_with_all_it_started(telling: str, tmp_path: Path) -> None:
    began = time.monotonic()
    ended = run_module(telling, ["sleep"], folder=tmp_path, seconds=1, passing=["TOLD"])
    assert (None, True) == (ended.status, time.monotonic() - began < 20)
    until = time.monotonic() + 10  # a process that was killed takes a moment to be gone
    while (left := _outputs(tmp_path)) and time.monotonic() < until:
        time.sleep(0.02)
    assert [] == left


def _outputs(folder: Path) -> list[str]:
    """Return what living processes hold open as their output in a folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/fd/1"):
        try:
            found.append(str(entry.readlink()))
        except OSError:
            continue
    return [each for each in found if str(folder) in each]


def test_nothing_is_loaded_from_the_folder_that_it_is_started_in(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text(SPEC, encoding="utf-8")
    for name in ("numpy", "PIL", "signal", "renderer"):
        shown = f"open({str(tmp_path / 'loaded')!r}, 'a').write({name!r})\n"
        (tmp_path / f"{name}.py").write_text(shown, encoding="utf-8")
    render = Path(sys.executable).with_name("render")
    done = subprocess.run([render, "film.yaml", "-q"], cwd=tmp_path, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)
    assert [False, True] == [(tmp_path / each).exists() for each in ("loaded", "output/film.mp4")]


def test_a_script_that_renders_is_run_once(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text(SPEC, encoding="utf-8")
    script = tmp_path / "make.py"
    lines = [
        "from pathlib import Path",
        "from renderer.render import Options, render",
        "print('once', flush=True)",
        "render(Path('film.yaml'), Path('film.mp4'), Options())",
    ]
    script.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True)
    assert (0, "once\n", "") == (done.returncode, done.stdout, done.stderr)
    assert (tmp_path / "film.mp4").is_file()
