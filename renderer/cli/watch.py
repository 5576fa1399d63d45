"""`render watch`: make films, and again whenever a file that they are made of is saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from renderer.cli import extras
from renderer.cli.edge import show_problems
from renderer.cli.options import (
    film_options,
    options,
    outputs,
    project_options,
    specs_argument,
    strict_option,
    variants,
)
from renderer.errors import Problem, UsageError
from renderer.render import Options
from renderer.rounds import Broken, Event, Rendered, Saved
from renderer.watch import watch

_EVERY = "1"
_SHOWN = 6


class _Polling(click.Command):
    """A command whose `--poll` may stand without its seconds."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = list(args)
        for index, word in enumerate(args):
            if word == "--":
                break
            if word == "--poll" and not _is_number(args[index + 1 : index + 2]):
                given[index] = f"--poll={_EVERY}"
        return super().parse_args(ctx, given)


def _is_number(words: list[str]) -> bool:
    return bool(words) and words[0].replace(".", "", 1).isdigit()


@click.command(
    cls=_Polling,
    help="Make the film of each spec, and again when a file that it is made of is saved.",
)
@specs_argument
@film_options
@click.option(
    "--poll",
    type=click.FloatRange(min=0.05),
    metavar="[SECONDS]",
    help="Look at files every so often, for folders of networks and containers.  [1]",
)
@click.option("--open", "opened", is_flag=True, help="Show the film in the browser as it changes.")
@strict_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
@project_options
def command(
    specs: tuple[Path, ...],
    output: Path | None,
    poll: float | None,
    opened: bool,
    quiet: bool,
    **how: Any,
) -> None:
    """Watch until the command is interrupted; each round is a line on standard error."""
    chosen = options(**how)
    found = outputs(variants(specs, chosen, False), output)
    films = {spec: out for spec, _, out in found}
    chosen = found[0][1] if len(found) == 1 else chosen
    with _listening(specs, chosen, _Teller(quiet), opened) as listener:
        watch(films, chosen, listener, threading.Event(), poll=poll)


@contextmanager
def _listening(
    specs: tuple[Path, ...], chosen: Options, teller: _Teller, opened: bool
) -> Iterator[Callable[[Event], None]]:
    """Give what is told of events: the teller, and the page in the browser if it is wanted."""
    if not opened:
        yield teller
        return
    if len(specs) != 1:
        raise UsageError(Problem("usage", "--open shows one film", hint="name one spec"))

    def both(event: Event) -> None:
        tell(event)
        teller(event)

    with extras.load("preview", "--open").showing(specs[0], chosen) as tell:
        yield both


class _Teller:
    """Writes a line for each round: what was saved, what was made of it, or what is wrong."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._saved: dict[Path, set[Path]] = {}

    def __call__(self, event: Event) -> None:
        if isinstance(event, Saved):
            self._saved.setdefault(event.spec, set()).update(event.paths)
        elif isinstance(event, Rendered):
            self._rendered(event)
        elif isinstance(event, Broken):
            self._saved.pop(event.spec, None)
            show_problems(event.problems)

    def _rendered(self, event: Rendered) -> None:
        saved = self._saved.pop(event.spec, set())
        if self._quiet:
            return
        show_problems(event.made.compiled.warnings)
        what = _listed(_short(path) for path in sorted(saved)) or str(event.spec)
        click.echo(f"{what} → {event.made.path}: {_parts(event)}, {event.took:.1f} s", err=True)


def _parts(event: Rendered) -> str:
    """Return which segments were made, and how many came from the cache."""
    there = event.made.segments - event.made.encoded
    if not event.encoded:
        return f"nothing to render, {there} from the cache"
    return f"rendered {_listed(event.encoded)}; {there} from the cache"


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else ""
    return ", ".join(every[:_SHOWN]) + more


def _short(path: Path) -> str:
    """Return a path as it is seen from the working folder, where it lies below that."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
