"""A table of verbs as a command line: each verb is a module, imported when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import click

OPTIONS = ("-h", "--help", "--version")


class Verbs(click.Group):
    """The verbs of a command: `table` (name → what it does), found by `where`.

    `where` maps a verb to `module:attribute`. `default` is the verb that is meant where the first
    word is neither a verb nor an option of the whole; None where one has to be written.
    """

    def __init__(
        self,
        *args: Any,
        table: Mapping[str, str],
        where: Callable[[str], str],
        default: str | None = None,
        **settings: Any,
    ) -> None:
        """Hold the table; everything else is click's."""
        super().__init__(
            *args, context_settings={"help_option_names": ["-h", "--help"]}, **settings
        )
        self.table, self.where, self.default = table, where, default

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs, the default among them."""
        return list(dict.fromkeys([*self.table, *filter(None, [self.default])]))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a verb, imported now; None where no verb has the name."""
        if name not in self.list_commands(ctx):
            return None
        module, _, attribute = self.where(name).partition(":")
        found = getattr(importlib.import_module(module), attribute)
        assert isinstance(found, click.Command)
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default verb before arguments that begin with none."""
        if self.default and args and args[0] not in (*self.list_commands(ctx), *OPTIONS):
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table; no verb is imported for it."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(self.table.items()))
