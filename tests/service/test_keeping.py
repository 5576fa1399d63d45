"""What is kept and what is let go of; what limits hold for those who do the work."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from reelspec.service.desk import Desk
from reelspec.service.hands import Hands
from reelspec.service.jobs import Job
from reelspec.service.passing import to_author, to_jobs
from reelspec.service.retention import tidy
from reelspec.service.settings import Settings
from renderer.child import end, start_module
from tests.service.serving import GOOD, PATIENCE


def ended_job(desk: Desk, size: int) -> Path:
    """Return the folder of a job that has ended and takes so many bytes."""
    name = desk.order("render", {"spec": GOOD})["session_id"]
    desk.ledger.cancel(name)
    folder = desk.files(name).made
    folder.mkdir(parents=True)
    (folder / "film.mp4").write_bytes(bytes(size))
    return folder


def test_the_oldest_goes_where_room_runs_out(tmp_path: Path) -> None:
    desk = Desk(Settings(folder=tmp_path, quota=250))
    first, second, third = (ended_job(desk, 100) for _ in range(3))

    assert (1, 0) == (tidy(desk), tidy(desk))
    assert [False, True, True] == [each.exists() for each in (first, second, third)]
    assert 2 == len(desk.ledger.ended())


def test_what_ended_long_ago_goes_with_old_uploads_and_strays(tmp_path: Path) -> None:
    desk = Desk(Settings(folder=tmp_path, keep=3600))
    kept = ended_job(desk, 100)
    stray, upload = tmp_path / "jobs" / ("0" * 32), tmp_path / "uploads" / ("0" * 64)
    for path in (stray, upload.parent):
        path.mkdir()
    upload.write_bytes(b"x")
    for path in (stray, upload):
        os.utime(path, (1, 1))

    assert 0 == tidy(desk)
    assert [True, False, False] == [each.exists() for each in (kept, stray, upload)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")
def test_a_job_that_asks_for_more_memory_than_there_is_fails(tmp_path: Path) -> None:
    huge = GOOD.replace("320x180", "3840x2160")
    said = done(Desk(Settings(folder=tmp_path, memory=700 << 20)), huge)

    assert "failed" == said.state
    assert {"worker-died", "internal", "no-room"} & {str(each["code"]) for each in said.problems}


@pytest.mark.skipif(sys.platform != "linux", reason="environments are read from /proc")
def test_what_does_a_job_has_neither_token_nor_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REELSPEC_TOKEN", "a token of many letters")
    monkeypatch.setenv("REELSPEC_LLM_KEY", "a key")
    with (tmp_path / "log").open("ab") as log:
        process = start_module("reelspec.service.worker", ["60", str(1 << 30)], log, to_jobs())
        names = Path(f"/proc/{process.pid}/environ").read_bytes()
        end(process)

    assert b"PATH=" in names
    assert (False, False) == (b"TOKEN" in names, b"REELSPEC_LLM" in names)
    assert {"REELSPEC_LLM_KEY": "a key"} == to_author()


def done(desk: Desk, spec: str) -> Job:
    """Have a spec made with the desk's own hands and return its job."""
    hands = Hands(desk.settings, desk.ledger)
    hands.start()
    name = desk.order("render", {"spec": spec, "generation_mode": "real"})["session_id"]
    until = time.monotonic() + PATIENCE
    while (job := desk.job(name)).state in ("queued", "running") and time.monotonic() < until:
        threading.Event().wait(0.05)
    hands.stop(0)
    return job
