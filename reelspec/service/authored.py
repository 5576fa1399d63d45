"""The author as a process of its own: a prompt → a spec, through its command line alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reelspec.service.tongue import language_of
from renderer.errors import AssetError, Level, MissingError, Problem

PROGRAM = "from reelspec.author.cli import main; main()"
_OPTIONS = {"theme": "--theme", "size": "--size", "tone": "--tone", "audience": "--audience"}
Told = Callable[[str], None]


def write(request: Mapping[str, Any], options: Sequence[str], out: Path, tell: Told) -> list[Any]:
    """Write the spec of a prompt at `out`, and return the problems that the author tells of.

    `options` are options of the command `author` that the one who runs the service chose; `tell`
    is called with each of its stages. Raises MissingError where there is no author, AssetError
    where it writes none, with its own words.
    """
    if find_spec("reelspec.author.cli") is None:
        hint = "pip install 'reelspec[author]'"
        raise MissingError(Problem("missing-extra", "the author is not installed", hint=hint))
    status, problems = _run(_command(request, options, out), tell)
    if status == 0 and out.is_file():
        return problems
    if not problems:
        problems = [Problem("author-failed", f"the author ended with status {status}")]
    raise AssetError(*problems)


def _command(request: Mapping[str, Any], options: Sequence[str], out: Path) -> list[str]:
    prompt = str(request["prompt"])
    lang = str(request.get("language") or language_of(prompt))
    chosen = ["--duration", str(request.get("duration_preference", 60)), "--lang", lang, *options]
    for key, option in _OPTIONS.items():
        if request.get(key):
            chosen += [option, str(request[key])]
    if request.get("generation_mode") == "mock":
        chosen += ["--engine", "silent"]
    ends = ["-o", str(out), "--force", "--json", "--", prompt]
    return [sys.executable, "-P", "-c", PROGRAM, "write", *chosen, *ends]


def _run(command: list[str], tell: Told) -> tuple[int, list[Problem]]:
    """Run the author and return its status and its problems; its stages are told as they come."""
    problems: list[Problem] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stderr is not None
        for said in _objects(process.stderr):
            if "level" in said:
                problems.append(_problem(said))
            elif "stage" in said:
                tell(str(said["stage"]))
    return process.returncode, problems


def _objects(lines: Any) -> Iterator[dict[str, Any]]:
    """Yield the lines that are JSON objects; what else a library writes is passed over."""
    for line in lines:
        with suppress(ValueError):
            said = json.loads(line)
            if isinstance(said, dict):
                yield said


def _problem(said: Mapping[str, Any]) -> Problem:
    level: Level = "warning" if said.get("level") == "warning" else "error"
    hint = str(said.get("hint", ""))
    return Problem(str(said.get("code")), str(said.get("message")), hint=hint, level=level)
