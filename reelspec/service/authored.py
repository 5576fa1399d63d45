"""The author as a process of its own: a prompt → a spec, through its command line alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from reelspec.service.ahead import Ahead
from reelspec.service.passing import to_jobs
from reelspec.service.tongue import language_of
from renderer import environ
from renderer.errors import AssetError, Level, MissingError, Problem

PROGRAM = "from reelspec.author.cli import main; main()"
_OPTIONS = (
    *("theme", "size", "tone", "audience", "include", "avoid"),
    *("writer", "engine", "voice", "rate", "pictures"),
)
_VOICE = ("engine", "voice", "rate")
_SILENCE = re.compile(r"^voice:\n(?:  .*\n)+", re.MULTILINE)
_ASK = "send `sources` or `text`, or ask for a `skeleton`"
_REVISION = 120.0
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Author:
    """How the author is called: by options that the one who runs the service chose.

    `model` are variables of the environment that it gets beside those of all, its key among them;
    `ahead` is the process that writes.
    """

    options: tuple[str, ...]
    model: Mapping[str, str] = field(repr=False)
    ahead: Ahead = field(default_factory=Ahead)

    def write(
        self, request: Mapping[str, Any], sources: Sequence[str], out: Path, tell: Told
    ) -> list[Problem]:
        """Write the spec of a prompt at `out`, and return the problems that the author tells of.

        It rests on `sources` beside those of the options; `tell` is called with each of its stages.
        Raises MissingError where there is no author, AssetError where it writes none, with its own
        words.
        """
        _need_author()
        arguments = _arguments(request, self.options, sources, out)
        status, problems = _followed(self.ahead.given(arguments, self.model), tell)
        if status == 0 and out.is_file():
            if _is_silent(request, self.options):
                _give_voice(out)
            return problems
        if not problems:
            problems = [Problem("author-failed", f"the author ended with status {status}")]
        raise AssetError(*problems)

    def revise(self, spec: Path, instruction: str) -> None:
        """Change a spec in place as an instruction says; raises AssetError where it cannot be.

        Of the options only the sources count.
        """
        _need_author()
        pairs = pairwise(self.options)
        sources = [word for pair in pairs if pair[0] == "--source" for word in pair]
        said = [*sources, "--", str(spec), instruction]
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-c", PROGRAM, "revise", *said],
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=_REVISION,
                encoding="utf-8",
                errors="replace",
                env=self._environment(),
                check=False,
            )
        except subprocess.TimeoutExpired:
            says = f"it took longer than {_REVISION:.0f} s"
            raise AssetError(Problem("out-of-time", says)) from None
        if done.returncode:
            raise AssetError(*map(_plain, _errors(done.stderr)))

    def _environment(self) -> dict[str, str]:
        return {**environ.kept(to_jobs()), **self.model}


def _errors(written: str) -> list[str]:
    """Return the lines of standard error that name a problem."""
    lines = [line.strip() for line in written.splitlines() if "error[" in line]
    return lines or ["the author failed"]


def _plain(line: str) -> Problem:
    """Return a problem from its line, as people are shown it."""
    head, _, rest = line.partition("error[")
    code, _, message = rest.partition("]: ")
    return Problem(code or "author-failed", f"{head}{message or line}".strip())


def _need_author() -> None:
    if find_spec("reelspec.author.cli") is None:
        hint = "pip install 'reelspec[author]'"
        raise MissingError(Problem("missing-extra", "the author is not installed", hint=hint))


def _arguments(
    request: Mapping[str, Any], options: Sequence[str], sources: Sequence[str], out: Path
) -> list[str]:
    """Return the words of the command `author` that write the spec of a request at `out`."""
    prompt = str(request["prompt"])
    lang = str(request.get("language") or language_of(prompt))
    chosen = ["--duration", str(request.get("duration_preference", 60)), "--lang", lang]
    chosen += [*options, *(f"--source={source}" for source in sources), *_wishes(request)]
    if _is_silent(request, options):
        chosen.append("--engine=silent")
    ends = ["-o", str(out), "--unsigned", "--force", "--json", "--", prompt]
    return ["write", *chosen, *ends]


def _wishes(request: Mapping[str, Any]) -> Iterator[str]:
    for key in _OPTIONS:
        value = request.get(key) or ()
        for each in value if isinstance(value, list | tuple) else [value]:
            yield f"--{key}={each}"
    if request.get("skeleton"):
        yield "--skeleton"


def _is_silent(request: Mapping[str, Any], options: Sequence[str]) -> bool:
    """Return whether a script may be measured without a voice: for a look, where none is named."""
    named = [key for key in _VOICE if request.get(key)]
    chosen = [word for word in options if word.startswith(tuple(f"--{key}" for key in _VOICE))]
    return request.get("generation_mode") == "mock" and not named and not chosen


def _give_voice(spec: Path) -> None:
    """Take the silent voice out of a spec, so that a film of it speaks."""
    text = spec.read_text(encoding="utf-8")
    spec.write_text(_SILENCE.sub("", text, count=1), encoding="utf-8")


def _followed(process: subprocess.Popen[str], tell: Told) -> tuple[int, list[Problem]]:
    """Return the author's status and problems once it has ended; its stages are told meanwhile."""
    problems: list[Problem] = []
    with process:
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
    hint = _ASK if said.get("code") == "no-sources" else str(said.get("hint", ""))
    return Problem(str(said.get("code")), str(said.get("message")), hint=hint, level=level)
