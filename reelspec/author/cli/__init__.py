"""The command `author`, a skin over the author; each verb is a module, loaded when called."""

from __future__ import annotations

from typing import NoReturn

import click

from renderer import __version__
from renderer.cli.running import run
from renderer.cli.verbs import Verbs

VERBS = {
    "revise": "Change a spec as an instruction says.",
    "update": "Write the scenes of a spec anew that nobody has changed.",
}
WRITE = "write"
"""The verb that is meant where none is written."""


class _Topics(Verbs):
    """The verbs of `author`; `author "topic"` is short for `author write "topic"`."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "TOPIC [OPTIONS]")
        formatter.write_usage(ctx.command_path, "VERB SPEC …", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of a topic, and below them the verbs."""
        write = self.get_command(ctx, WRITE)
        assert write is not None
        with formatter.section("Options"):
            options = [one for one in write.params if isinstance(one, click.Option)]
            shown = (option.get_help_record(ctx) for option in (*options, *self.get_params(ctx)))
            formatter.write_dl(list(filter(None, shown)))
        self.format_commands(ctx, formatter)


@click.group(
    cls=_Topics,
    table=VERBS,
    where="reelspec.author.cli.{}:command".format,
    default=WRITE,
    help="Write the spec of a film on TOPIC from sources: "
    '`author "How bees dance" --source bees.md -o bees.yaml`. Its path is printed.',
)
@click.version_option(__version__, prog_name="author")
def commands() -> None:
    """Hold the verbs together."""


def main() -> NoReturn:
    """Run the command line and end the process with the documented exit status."""
    run(commands, "author")
