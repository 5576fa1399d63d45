"""Problems as text on standard error, and the exit statuses that no problem carries."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from renderer.errors import Place, Problem

TERMINATED = 143
FAULT = 1


def show_problems(problems: Iterable[Problem], style: str = "human") -> None:
    """Write problems to standard error in a style: `human`, `short`, `json` or `github`."""
    write = STYLES[style]
    for problem in problems:
        click.echo(write(problem), err=True)


def show_fault(error: Exception) -> int:
    """Tell of a fault of the program in one line, and return the exit status.

    The traceback goes to standard error only where REELSPEC_TRACEBACK is set.
    """
    if os.environ.get("REELSPEC_TRACEBACK"):
        traceback.print_exception(error)
    where = traceback.extract_tb(error.__traceback__)[-1]
    says = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
    hint = "this is a fault of the program; please report it"
    show_problems([Problem("internal", says, hint=hint)])
    return FAULT


def _human(problem: Problem) -> str:
    colour = "red" if problem.level == "error" else "yellow"
    label = click.style(f"{problem.level}[{problem.code}]", fg=colour, bold=True)
    hint = f"; {problem.hint}" if problem.hint else ""
    if problem.place is None:
        return f"{label}: {problem.message}{hint}"
    place = problem.place
    head = f"{place.file}:{place.line}:{place.column}: {label}: {problem.message}{hint}"
    return "\n".join([head, *_excerpt(place)])


def _excerpt(place: Place) -> list[str]:
    """Return the source line and carets under the place; bidi text is left to the terminal."""
    if not place.text.strip():
        return []
    number = f"{place.line:>4}"
    blank = "".join("\t" if sign == "\t" else " " for sign in place.text[: place.column - 1])
    width = max(1, min(place.length, len(place.text) - place.column + 1))
    return [f"{number} | {place.text}", f"{'':>4} | {blank}{'^' * width}"]


def _short(problem: Problem) -> str:
    return str(problem)


def as_json(problem: Problem) -> str:
    """Return a problem as one line of JSON."""
    place = problem.place
    where = {"file": place.file, "line": place.line, "column": place.column} if place else {}
    said = {"level": problem.level, "code": problem.code, "message": problem.message}
    return json.dumps(said | {"hint": problem.hint} | where, ensure_ascii=False)


def _github(problem: Problem) -> str:
    place = problem.place
    where = f" file={place.file},line={place.line},col={place.column}" if place else ""
    hint = f"; {problem.hint}" if problem.hint else ""
    text = f"{problem.message}{hint}".replace("%", "%25").replace("\n", "%0A")
    return f"::{problem.level}{where},title={problem.code}::{text}".replace("error,", "error ")


STYLES: dict[str, Callable[[Problem], str]] = {
    "human": _human,
    "short": _short,
    "json": as_json,
    "github": _github,
}
