"""The command `render`, a skin over the compiler; each verb is a module, loaded when called."""

from __future__ import annotations

import time
from importlib import import_module
from typing import NoReturn

import click

from renderer import __version__
from renderer.cli.running import run
from renderer.cli.telling import tell
from renderer.cli.verbs import Verbs
from renderer.unchanged import Command, command_of, told

VERBS = {
    "batch": "Make one film for each row of a table.",
    "cache": "Look after the cache: info, verify, prune.",
    "check": "Check specs and show every problem.",
    "completion": "Print the completion for a shell.",
    "diff": "Say in words how two films differ.",
    "doctor": "Show what this machine has and what it lacks.",
    "export": "Write a film for other programs: captions, chapters, an editing project.",
    "film": "Make films; the verb that is meant where none is written.",
    "fmt": "Bring specs into one form.",
    "lines": "Write the lines of a film, to be read aloud and recorded.",
    "new": "Begin a film from a starter that explains itself.",
    "plan": "Print the timeline of a spec as JSON.",
    "schema": "Print the JSON Schema of the spec language.",
    "sheet": "Write a contact sheet of a film as PNG.",
    "still": "Write one picture of a film as PNG.",
    "templates": "List scene templates and themes.",
    "voices": "List voices and their languages.",
    "watch": "Make films again whenever they are saved.",
    "why": "Say what a render would make, and why.",
}


class _Films(Verbs):
    """The verbs of `render`; `render SPEC` is short for `render film SPEC`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if (
            args[:1] == ["film"] or (args[:1] and args[0] not in VERBS)
        ) and not ctx.resilient_parsing:
            ctx.obj = _told(ctx, args)
        return super().parse_args(ctx, _watching(args))


def _told(ctx: click.Context, args: list[str]) -> Command | None:
    """Return the command that makes films; where it would do nothing tell so and end it.

    What has something to do is made by others, who load while the rest of the command is loaded.
    """
    began = time.monotonic()
    command = command_of(args)
    said = told(command) if command else ()
    for film in said:
        tell(film, time.monotonic() - began)
    if said:
        ctx.exit()
    if command:
        import_module("renderer.child.nursery").warm()
    return command


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


def main() -> NoReturn:
    """Run the command line and end the process with the documented exit status."""
    run(commands, "render")
