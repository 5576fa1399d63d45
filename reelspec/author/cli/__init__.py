"""The command `author`, a skin over the author; each verb is a module, loaded when called."""

from __future__ import annotations

import importlib
from typing import NoReturn

import click

from renderer import __version__
from renderer.cli.running import run

VERBS = {
    "revise": "Change a spec as an instruction says.",
    "update": "Write the scenes of a spec anew that nobody has changed.",
    "write": "Write the spec of a film on a topic; the verb that is meant where none is written.",
}


class _Verbs(click.Group):
    """The table of verbs; `author "topic"` is short for `author write "topic"`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        command = importlib.import_module(f"reelspec.author.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*VERBS, "--help", "-h", "--version"):
            args = ["write", *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"]},
    help='Write specs from sources: `author "How bees dance" --source bees.md -o bees.yaml`.',
)
@click.version_option(__version__, prog_name="author")
def commands() -> None:
    """Hold the verbs together."""


def main() -> NoReturn:
    """Run the command line and end the process with the documented exit status."""
    run(commands, "author")
