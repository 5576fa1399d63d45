"""The command `reelspec`: author, renderer and service under one name."""

from __future__ import annotations

import importlib
from typing import NoReturn

import click

from renderer import __version__
from renderer.cli.running import run

VERBS = {
    "agent": "From a topic to a film, step by step, with a word from you at each.",
    "author": "Write the spec of a film on a topic; the same as the command `author`.",
    "mcp": "Serve agents: tools over standard input and output.",
    "render": "Make the film of a spec; the same as the command `render`.",
    "serve": "Serve other programs over HTTP, and people by a page.",
}

_COMMANDS = {"author": "reelspec.author.cli", "render": "renderer.cli"}
"""Verbs that are commands of their own → the module that holds them together."""


class _Verbs(click.Group):
    """The table of verbs; each is loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        if name in _COMMANDS:
            found = importlib.import_module(_COMMANDS[name]).commands
        else:
            found = importlib.import_module(f"reelspec.service.cli.{name}").command
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Films from topics: `reelspec agent TOPIC`, or `reelspec serve` for other programs.",
)
@click.version_option(__version__, prog_name="reelspec")
def commands() -> None:
    """Hold the verbs together."""


def main() -> NoReturn:
    """Run the command line and end the process with the documented exit status."""
    run(commands, "reelspec")
