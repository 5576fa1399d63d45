"""The command line of `render`, read."""

from __future__ import annotations

import time
from typing import NoReturn

import click

from renderer import __version__
from renderer.cli import VERBS, Ahead, look_ahead
from renderer.cli.running import run
from renderer.cli.telling import tell
from renderer.cli.verbs import Verbs


class _Films(Verbs):
    """The verbs of `render`; `render SPEC` is short for `render film SPEC`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            _tell_what_is_there(ctx, args)
        return super().parse_args(ctx, _watching(args))


def _tell_what_is_there(ctx: click.Context, args: list[str]) -> None:
    """Leave the command that makes films to whoever makes them, or end it if it would do nothing.

    `ctx.obj` may hold what is known already.
    """
    known: Ahead | None = ctx.obj
    if known is None or known.words != tuple(args):
        known = look_ahead(args)
    ctx.obj = known.command
    for film in known.said:
        tell(film, time.monotonic() - known.began)
    if known.said:
        ctx.exit()


def _watching(args: list[str]) -> list[str]:
    """Return `[film] … --watch …` as the verb `watch`; other arguments as they are."""
    given = args[: args.index("--")] if "--" in args else args
    named = args[0] if args and args[0] in VERBS else "film"
    if named != "film" or "--watch" not in given:
        return args
    return ["watch", *(word for word in args[args[0] == "film" :] if word != "--watch")]


@click.group(
    cls=_Films,
    table=VERBS,
    where="renderer.cli.{}:command".format,
    default="film",
    help="Make films from text files: `render film.yaml` writes output/film.mp4.",
)
@click.version_option(__version__, prog_name="render")
def commands() -> None:
    """Hold the verbs together."""


def main(ahead: Ahead | None) -> NoReturn:
    """Run the command line, of which something may be known, and end the process."""
    run(commands, "render", ahead)
