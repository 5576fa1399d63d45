"""The whole of it: a request and sources → a script as long as was asked for → a spec's text."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reelspec.author import plugins
from reelspec.author.account import Account
from reelspec.author.counting import counted
from reelspec.author.finding import Gathered
from reelspec.author.request import Request
from reelspec.author.scripting import Script, Studio, scripted
from reelspec.author.verifying import verified
from reelspec.author.writing import Origin, spec_text
from renderer.errors import Problem, UsageError
from renderer.paths import root_of
from renderer.store import Store, replacing
from renderer.templates import schema_text

Report = Callable[[str, str], None]
SCHEMA = Path(".render") / "schema.json"


@dataclass(frozen=True, slots=True)
class Written:
    """A spec that was written: its text, its script, its numbers, what its reader ought to know."""

    text: str
    script: Script
    account: Account
    problems: tuple[Problem, ...]


def author(
    request: Request,
    found: Gathered,
    writer: str,
    origin: Origin,
    store: Store,
    report: Report = lambda stage, says: None,
) -> Written:
    """Return the spec of a film that was asked for; raises `Stop` with what stands in its way."""
    module = plugins.load("writers", writer)
    studio = Studio(module, verified, store, report)
    script = scripted(request, found.research, studio)
    text = spec_text(script, request, found.research, origin)
    told = counted(script, request, found.research)
    return Written(text, script, told, (*map(_softened, found.problems), *script.problems))


def _softened(problem: Problem) -> Problem:
    """Return a problem of one source as a warning: the others have made the film."""
    return replace(problem, level="warning")


def refuse_existing(out: Path, force: bool) -> None:
    """Raise UsageError where a file is there that nobody said may be replaced."""
    if out.exists() and not force:
        hint = "name another file with `-o`, or replace it with --force"
        raise UsageError(Problem("exists", f"{out} is there already", hint=hint))


def origin_of(out: Path, command: Sequence[str]) -> Origin:
    """Return where a spec at `out` comes from; its schema lies in the cache of its root."""
    schema = root_of(out) / SCHEMA
    relative = os.path.relpath(schema, out.resolve().parent)
    return Origin(tuple(command), Path(relative).as_posix())


def publish(text: str, out: Path) -> None:
    """Write a spec in one step, and for editors the schema into the cache of its root.

    Raises UsageError where it cannot be written.
    """
    try:
        for path, content in ((root_of(out) / SCHEMA, schema_text(root_of(out))), (out, text)):
            with replacing(path) as new:
                new.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(Problem("disk", f"cannot write {out}: {reason}")) from error
