"""The process that others are copies of: what it knows, what it loads, how its copies end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from renderer.child import run_module
from renderer.child.copying import Request
from renderer.child.nursery import CAN_COPY, is_warm, living, program, warm
from renderer.child.processes import Copy

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


BROOD = """
import sys
from renderer.child import copying
sys.path.insert(0, {folder!r})
copying.LOADED = ("quick", "slow")
copying.serve()
"""
SLOW = "import time; time.sleep(0.3); open({done!r}, 'w').close()"
COPIED = """
import os, sys
def told(pipe): pipe.send(os.path.exists({done!r}))
def left(pipe, code): sys.exit(code)
def failed(pipe): raise ValueError
def ended(pipe): os.kill(os.getpid(), 9)
"""


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[socket.socket]:
    """Start a nursery that loads something quick and something slow, and give what it is asked at.

    Its copies find the module `copied`.
    """
    done = str(tmp_path / "done")
    texts = {"quick": "", "slow": SLOW.format(done=done), "copied": COPIED.format(done=done)}
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-c", BROOD.format(folder=str(tmp_path))]
    with subprocess.Popen(command, stdin=theirs, stderr=subprocess.DEVNULL) as nursery:
        theirs.close()
        with ours:
            yield ours
        assert 0 == nursery.wait(20)


def ask(asked: socket.socket, function: str, *arguments: object, needs: int) -> tuple[int, int]:
    """Ask for a copy that calls a function of `copied`; return its pipe and what it talks to."""
    (told, telling), (heard, spoken) = os.pipe(), os.pipe()
    request = Request("copied", function, arguments, needs, ())
    socket.send_fds(asked, [request.written()], [telling, spoken])
    for pipe in (telling, spoken):
        os.close(pipe)
    return told, heard


def test_a_copy_waits_for_what_it_needs_and_for_nothing_else(asked: socket.socket) -> None:
    late, early = (ask(asked, "told", needs=needs) for needs in (2, 1))
    with Connection(late[1]) as slow, Connection(early[1]) as quick:
        assert [False, True] == [quick.recv(), slow.recv()]
    assert len({Copy(told).pid for told, _ in (late, early)}) == 2


@pytest.mark.parametrize(
    ("function", "arguments", "status"),
    [
        ("left", (3,), 3),
        ("left", (None,), 0),
        ("left", ("no",), 1),
        ("failed", (), 1),
        ("ended", (), -9),
        ("nowhere", (), 1),
    ],
)
def test_it_is_told_how_a_copy_ended(
    asked: socket.socket, function: str, arguments: tuple[object, ...], status: int
) -> None:
    told, heard = ask(asked, function, *arguments, needs=0)
    os.close(heard)
    process = Copy(told)
    process.join(20)
    assert (status, False) == (process.exitcode, process.is_alive())


def test_a_copy_outlives_its_nursery_and_then_another_is_begun(
    telling: str, tmp_path: Path
) -> None:
    log, kept = tmp_path / "log", {"PATH": os.environ["PATH"], "TOLD": "yes"}
    process = program(telling, ["sleep"], str(log), kept)
    while not log.exists() or "known" not in log.read_text():
        time.sleep(0.02)
    assert (None, [process]) == (process.exitcode, living())
    end_nursery()

    assert (None, [process]) == (process.exitcode, living())
    os.killpg(process.pid or 0, signal.SIGKILL)
    process.join(20)
    assert (255, []) == (process.exitcode, living())
    ended = run_module(telling, [], folder=tmp_path, seconds=30, passing=["TOLD"])
    assert (3, "group True\nvalue yes None\nknown False") == (ended.status, ended.output)


def end_nursery() -> None:
    """Kill the nursery of this process, its only child."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    for number in {int(each) for task in tasks for each in task.read_text().split()}:
        if "copying" in Path(f"/proc/{number}/cmdline").read_text():
            os.kill(number, signal.SIGKILL)


def test_the_nursery_ends_with_the_program_that_asks_it() -> None:
    program = "from renderer.child import nursery; nursery.warm(); print(nursery._running[0].pid)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    until = time.monotonic() + 20
    while (left := state(int(done.stdout))) not in ("", "Z") and time.monotonic() < until:
        time.sleep(0.02)
    assert left in ("", "Z")


def state(process: int) -> str:
    """Return the letter of a process's state, Z for one that has ended, none for one that is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


@pytest.mark.parametrize("moment", [0.0, 0.03, 0.1, 0.2, 0.3, 0.4])
def test_an_interruption_while_it_loads_says_nothing_of_python(
    tmp_path: Path, moment: float
) -> None:
    (tmp_path / "film.yaml").write_text(SPEC, encoding="utf-8")
    render = Path(sys.executable).with_name("render")
    with subprocess.Popen(
        [render, "film.yaml", "-q"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as command:
        children = Path(f"/proc/{command.pid}/task/{command.pid}/children")
        while command.poll() is None and not children.read_text():
            time.sleep(0.002)
        time.sleep(moment)
        os.killpg(command.pid, signal.SIGINT)
        said = command.communicate(timeout=30)[1]
    assert "Traceback" not in said
    assert command.returncode in (0, 130)
