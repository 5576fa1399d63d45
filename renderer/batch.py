"""One spec, many films: one for each row of a data file.

All films share one store and one crew of workers, so what they have in common is made once, and
what was made before a batch was interrupted is there when it is begun again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from renderer.errors import Place, Problem, RenderError, SpecError, Stop, UsageError
from renderer.inputs import NotRead, read_ordinary
from renderer.paths import plain_name
from renderer.render import Made, Options, compile_spec, produce
from renderer.source.rows import LARGEST, Row, each_row
from renderer.templates.expressions import BadExpression, filled
from renderer.work import Crew, crew

_KINDS = (".csv", ".json")


@dataclass(frozen=True, slots=True)
class Film:
    """A row that becomes a film: its number from 1, where it stands, its name and its data."""

    number: int
    place: Place
    name: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: the film that was made, or the problems and the exit status."""

    number: int
    place: Place
    name: str
    made: Made | None
    problems: tuple[Problem, ...]
    status: int = 0


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a CSV or JSON file, those that are wrong too.

    Raises UsageError where it is none or cannot be read, SpecError where all of it is wrong.
    """
    if path.suffix.lower() not in _KINDS:
        raise UsageError(Problem("bad-data", f"'{path}' is neither a .csv nor a .json file"))
    try:
        data = read_ordinary(path, LARGEST)
    except OSError as error:
        says = f"the rows '{path}' cannot be read: {error.strerror or error}"
        raise UsageError(Problem("no-rows", says)) from error
    except NotRead as refused:
        raise UsageError(Problem("no-rows", refused.says, hint=refused.hint)) from refused
    if len(data) > LARGEST:
        says = f"'{path}' has over {LARGEST:,} bytes; at most that are allowed"
        raise UsageError(Problem("too-large", says, hint="split it"))
    found, problems = each_row(data, str(path))
    if problems:
        raise SpecError(*problems)
    if not found:
        raise UsageError(Problem("no-rows", f"'{path}' has no rows"))
    return found


def named(rows: Sequence[Row], name: str, stem: str) -> list[Film | Outcome]:
    """Return the film of each row with a name of its own, or what is wrong with the row.

    `name` is a text with expressions that know `row` and `number`; without one it is the spec's
    `stem` and the row's number. A name that is taken gets the number too.
    """
    found: list[Film | Outcome] = []
    taken: set[str] = set()
    digits = len(str(len(rows)))
    for number, row in enumerate(rows, 1):
        counted = f"{number:0{digits}}"
        one = _film(row, number, name or f"{stem}-{counted}")
        if isinstance(one, Film) and one.name.casefold() in taken:
            one = replace(one, name=f"{one.name}-{counted}")
        taken.add(one.name.casefold())
        found.append(one)
    return found


def _film(row: Row, number: int, name: str) -> Film | Outcome:
    if row.wrong:
        return Outcome(number, row.place, "", None, (row.wrong,), SpecError.status)
    if not isinstance(row.data, Mapping):
        wrong = Problem("wrong-type", "a row is a map of columns", row.place)
        return Outcome(number, row.place, "", None, (wrong,), SpecError.status)
    try:
        text = str(filled(name, {"row": row.data, "number": number}))
    except BadExpression as error:
        wrong = Problem(error.code, f"--name: {error.says}", row.place, error.hint)
        return Outcome(number, row.place, "", None, (wrong,), SpecError.status)
    return Film(number, row.place, plain_name(text), row.data)


def batch(
    spec: Path, films: Sequence[Film | Outcome], folder: Path, suffix: str, options: Options
) -> Iterator[Outcome]:
    """Make the films of a spec in a folder and yield what became of each, in the order of rows.

    A row that cannot be made stops no other. Raises UsageError where the spec is not there.
    """
    if not spec.exists():
        raise UsageError(Problem("no-spec", f"there is no spec '{spec}'"))
    with crew(options.processes) as workers:
        for film in films:
            if isinstance(film, Outcome):
                yield film
            else:
                yield _made(spec, film, folder / f"{film.name}{suffix}", options, workers)


def _made(spec: Path, film: Film, out: Path, options: Options, workers: Crew) -> Outcome:
    options = replace(options, row=film.data)
    store = options.open_store(spec)
    try:
        compiled = compile_spec(spec, options, store)
        made = produce(compiled, out, options, store, workers=workers)
    except Stop as stop:
        return Outcome(film.number, film.place, film.name, None, stop.problems, stop.status)
    except Exception as error:
        says = f"{type(error).__name__}: {error}"
        wrong = Problem("internal", says, hint="this is a fault of the program; please report it")
        return Outcome(film.number, film.place, film.name, None, (wrong,), RenderError.status)
    return Outcome(film.number, film.place, film.name, made, compiled.warnings)
