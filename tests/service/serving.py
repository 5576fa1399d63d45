"""A service that runs as a program, and one in this process without workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from reelspec.service.desk import Desk
from reelspec.service.settings import Settings, checked
from reelspec.service.web import web

GOOD = "version: 1\nsize: 320x180\nscenes:\n  - text: Hello\n    duration: 1s\n"
SPOKEN = (
    "version: 1\nsize: 320x180\nvoice: {engine: silent}\n"
    "scenes:\n  - text: Hello\n    say: One two.\n"
)
BAD = "version: 1\nscenes:\n  - text: Hi\n    transition: wyp\n"
REELSPEC = shutil.which("reelspec", path=str(Path(os.sys.executable).parent)) or "reelspec"
PATIENCE = 120.0


@contextmanager
def running(folder: Path, *options: str, **environment: str) -> Iterator[httpx.Client]:
    """Give a client of a service that runs as a program."""
    process = started(folder, *options, **environment)
    try:
        address = process.stdout.readline().strip()
        with httpx.Client(base_url=address, timeout=60) as client:
            yield client
    finally:
        process.terminate()
        assert process.wait(timeout=60) in (0, 143, -15)


def started(folder: Path, *options: str, **environment: str) -> subprocess.Popen[str]:
    """Start a service; the first line that it prints is its address."""
    command = [REELSPEC, "serve", "--port", "0", "--folder", str(folder), *options]
    log = (folder.parent / "service.log").open("a")
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=log, text=True, env={**os.environ, **environment}
    )


def ended(client: httpx.Client, name: str) -> dict[str, Any]:
    """Wait until a job has ended and return its status."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said = client.get(f"/videos/{name}/status").json()
        if said["state"] in ("done", "failed", "cancelled"):
            return said
        time.sleep(0.05)
    raise AssertionError(f"not ended: {said}")


@contextmanager
def answering(folder: Path, **settings: Any) -> Iterator[Any]:
    """Give what asks a service in this process that takes jobs and does none."""
    from starlette.testclient import TestClient

    desk = Desk(checked(Settings(folder=folder, **settings)))
    try:
        yield TestClient(web(desk), base_url="http://localhost", raise_server_exceptions=False)
    finally:
        desk.close(0)
