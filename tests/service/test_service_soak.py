"""The service under load, killed at random points, and asked every odd thing its document allows."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

from tests.service.serving import GOOD, SPOKEN, running, started

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc"),
]
REQUESTS = 1_000
KILLS = 50


def resident(process: int) -> int:
    """Return the megabytes that a process holds."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) // 1024


async def at_once(address: str) -> list[httpx.Response]:
    limits = httpx.Limits(max_connections=REQUESTS)
    async with httpx.AsyncClient(base_url=address, timeout=300, limits=limits) as client:
        wanted = {"spec": GOOD, "generation_mode": "mock"}
        asked = [client.post("/videos/render", json=wanted) for _ in range(REQUESTS)]
        return await asyncio.gather(*asked)


def test_a_thousand_requests_at_once_lose_no_job(tmp_path: Path) -> None:
    process = started(tmp_path / "data", "--waiting", "100")
    assert process.stdout
    address = process.stdout.readline().strip()
    asyncio.run(at_once(address))
    before = resident(process.pid)
    answers = asyncio.run(at_once(address))
    after = resident(process.pid)
    codes = Counter(answer.status_code for answer in answers)
    accepted = [answer.json()["session_id"] for answer in answers if answer.status_code == 202]
    states = ended(tmp_path / "data", accepted)
    process.terminate()
    process.wait(60)

    assert {202, 429} >= set(codes)
    assert codes[202] >= 1
    assert all(answer.headers.get("retry-after") for answer in answers if answer.status_code == 429)
    assert {"done": len(accepted)} == states
    assert after - before < 50


def ended(folder: Path, names: list[str]) -> dict[str, int]:
    """Wait for jobs to end, looking into the ledger itself; return how many ended how."""
    base = sqlite3.connect(folder / "jobs.sqlite", timeout=30)
    for _ in range(6_000):
        states = dict(base.execute("SELECT id, state FROM jobs"))
        if all(states.get(name) not in ("queued", "running") for name in names):
            break
        time.sleep(0.1)
    return dict(Counter(states.get(name, "lost") for name in names))


def failures(folder: Path) -> list[tuple[str, ...]]:
    """Return why jobs failed."""
    base = sqlite3.connect(folder / "jobs.sqlite", timeout=30)
    return list(
        base.execute("SELECT kind, request, problems, lost FROM jobs WHERE state = 'failed'")
    )


def test_fifty_kills_at_random_points_lose_no_job(tmp_path: Path) -> None:
    chance, accepted = random.Random(7), []
    for kill in range(KILLS):
        process = started(tmp_path / "data", "--lease", "1", "--waiting", "1000")
        assert process.stdout
        address = process.stdout.readline().strip()
        spec = SPOKEN.replace("One two.", f"One two number {kill}.")
        for mode in ("mock", "real"):
            wanted = {"spec": spec, "generation_mode": mode}
            answer = httpx.post(f"{address}videos/render", json=wanted, timeout=60)
            accepted.append(answer.json()["session_id"])
        time.sleep(chance.uniform(0.0, 3.0))
        os.kill(process.pid, signal.SIGKILL)
        process.wait(60)
    with running(tmp_path / "data", "--lease", "1", "--waiting", "1000"):
        states = ended(tmp_path / "data", accepted)

    assert 2 * KILLS == len(set(accepted))
    assert {"done": 2 * KILLS} == states, failures(tmp_path / "data")


WRITES = "/specs/(write|research)$"
CASES = [
    ("--exclude-path-regex", "25", "examples,coverage,fuzzing"),
    ("--include-path-regex", "5", "examples,fuzzing"),
]


@pytest.mark.parametrize(("which", "examples", "phases"), CASES, ids=["all", "writing"])
def test_nothing_that_the_document_allows_makes_the_service_fail(
    tmp_path: Path, which: str, examples: str, phases: str
) -> None:
    config = tmp_path / "schemathesis.toml"
    config.write_text("", encoding="utf-8")
    limits = ("--waiting", "5", "--seconds", "30", "--author-option=--offline")
    with running(tmp_path / "data", *limits) as client:
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run"),
            *(f"{client.base_url}openapi.json", "--checks", "not_a_server_error"),
            *("--max-examples", examples, "--seed", "7", "--request-timeout", "120"),
            *("--phases", phases, which, WRITES, "--no-color"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=3_000, cwd=tmp_path)
        health = client.get("/health")

    assert 0 == done.returncode, done.stdout[-3000:] + done.stderr[-1000:]
    assert 200 == health.status_code, json.dumps(health.json())
