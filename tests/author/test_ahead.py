"""The author started ahead does what the command does, once it is told what."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-P", "-m", "reelspec.author.cli.ahead"]
ROOT = Path(__file__).resolve().parents[2]


def told(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        COMMAND, input=line, cwd=folder, env=environment, capture_output=True, text=True
    )


def test_it_ends_without_a_word_where_nobody_asks(tmp_path: Path) -> None:
    done = told("", tmp_path)

    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)


def test_it_fails_as_the_command_does_in_objects(tmp_path: Path) -> None:
    arguments = ["write", "Tea", "--duration", "20", "--engine", "silent", "--json", "-o", "a.yaml"]
    done = told(json.dumps({"arguments": arguments, "environment": {}}) + "\n", tmp_path)
    last = json.loads(done.stderr.splitlines()[-1])

    assert (2, "error", "no-sources") == (done.returncode, last["level"], last["code"])
    assert not (tmp_path / "a.yaml").exists()
