"""Changes to a spec that is there: an instruction carried out, or its own scenes written anew."""

from __future__ import annotations

import shlex
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from reelspec.author import plugins
from reelspec.author.editing import Sheet, sheet_of
from reelspec.author.gathering import Named, gathered
from reelspec.author.notes import Beat, Research
from reelspec.author.orders import Order, Revision
from reelspec.author.request import Model
from reelspec.author.revising import not_understood, order_of, revised, told
from reelspec.author.staging import sources
from reelspec.author.updating import updated, with_sources
from reelspec.author.writing import COMMAND
from renderer.errors import Problem, SpecError, UsageError
from renderer.paths import root_of
from renderer.source import parse
from renderer.spec import load
from renderer.store import Store, replacing
from renderer.templates import library


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be changed, in words; the sources that are named, and who is asked to help."""

    words: str
    sources: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    writer: str = "outline"
    model: Model = field(default_factory=Model)


def revise(path: Path, wish: Wish) -> tuple[Problem, ...]:
    """Carry a wish out on a spec in place; return the warnings that it then has.

    What the grammar does not understand is put to the writer, where it can make orders of it.
    Raises `Stop` and leaves the file as it is where the result would not be a good spec.
    """
    content = _content(path)
    data = parse(content, str(path)).data
    film = data if isinstance(data, dict) else {}
    store = Store(root_of(path) / ".render")
    named = Named(wish.sources, allowed=wish.allowed)
    found = gathered(str(film.get("title", "")), str(film.get("lang", "en")), named, store)
    sheet = sheet_of(content, str(path))
    order = order_of(sheet, wish.words)
    orders = (order,) if order else _planned(sheet, wish, found.research)
    done = revised(sheet, orders, found.research)
    beats = [Beat("point", (), tuple(sorted(done.cited)))]
    old = film.get("sources", {})
    whole = with_sources(done.sheet, old, {**old, **sources(beats, found.research)})
    return (*done.problems, *kept(path, whole if done.cited else done.sheet))


def _planned(sheet: Sheet, wish: Wish, research: Research) -> tuple[Order, ...]:
    """Return the orders that a writer makes of a wish; raises UsageError where it makes none."""
    ask = getattr(plugins.load("writers", wish.writer), "revise", None)
    if ask is None:
        raise not_understood(wish.words)
    themes = tuple(sorted(library(None).themes))
    orders: tuple[Order, ...] = ask(Revision(wish.words, told(sheet), themes, research, wish.model))
    if not orders:
        says = f"the writer '{wish.writer}' knows no change that fulfils '{wish.words}'"
        raise UsageError(Problem("cannot-revise", says, hint="say it in other words"))
    return orders


def command_of(path: Path) -> list[str]:
    """Return the words of the command that wrote a spec, from the comment at its head.

    Raises UsageError where there is none.
    """
    for line in _content(path).decode("utf-8", "replace").splitlines():
        if not line.startswith("#"):
            break
        if line.startswith(f"# {COMMAND}"):
            return shlex.split(line.removeprefix(f"# {COMMAND}"))
    says = f"'{path}' does not say at its head which command has written it"
    raise UsageError(Problem("not-generated", says, hint="write it with `author` first"))


def update(path: Path, text: str) -> tuple[Problem, ...]:
    """Bring a spec in place up to what is written today; return the warnings that it then has."""
    content = _content(path)
    old, new = sheet_of(content, str(path)), sheet_of(text.encode(), str(path))
    before, after = parse(content, str(path)).data, parse(text, str(path)).data
    sheet = with_sources(updated(old, new), before.get("sources", {}), after.get("sources", {}))
    return kept(path, sheet)


def kept(path: Path, sheet: Sheet) -> tuple[Problem, ...]:
    """Put a sheet in the place of its spec once it is known to be good; return its warnings."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, suffix=".yaml", delete=False
    ) as trial:
        trial.write(sheet.text)
    try:
        spec = load(Path(trial.name))
    except SpecError as error:
        raise SpecError(*(_of(problem, path) for problem in error.problems)) from None
    finally:
        Path(trial.name).unlink()
    with replacing(path) as new:
        new.write_text(sheet.text, encoding="utf-8", newline="\n")
    return tuple(_of(problem, path) for problem in spec.warnings)


def _of(problem: Problem, path: Path) -> Problem:
    """Return a problem of the trial as one of the spec that it stands for."""
    place = problem.place
    return replace(problem, place=replace(place, file=str(path)) if place else None)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(Problem("no-spec", f"cannot read {path}: {reason}")) from error
