"""The command `reelspec`: author, renderer and service under one name."""

from __future__ import annotations

from typing import NoReturn

import click

from renderer import __version__
from renderer.cli.running import run
from renderer.cli.verbs import Verbs

VERBS = {
    "agent": "From a topic to a film, step by step, with a word from you at each.",
    "author": "Write the spec of a film on a topic; the same as the command `author`.",
    "mcp": "Serve agents: tools over standard input and output.",
    "render": "Make the film of a spec; the same as the command `render`.",
    "serve": "Serve other programs over HTTP, and people by a page.",
}

_COMMANDS = {"author": "reelspec.author.cli:commands", "render": "renderer.cli.commands:commands"}
"""Verbs that are commands of their own."""


def _where(verb: str) -> str:
    return _COMMANDS.get(verb, f"reelspec.service.cli.{verb}:command")


@click.group(
    cls=Verbs,
    table=VERBS,
    where=_where,
    help="Films from topics: `reelspec agent TOPIC`, or `reelspec serve` for other programs.",
)
@click.version_option(__version__, prog_name="reelspec")
def commands() -> None:
    """Hold the verbs together."""


def main() -> NoReturn:
    """Run the command line and end the process with the documented exit status."""
    run(commands, "reelspec")
