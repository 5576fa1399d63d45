"""`render completion`: the words of the command line for a shell to complete."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "zsh", "fish")


@click.command(help='Print what a shell has to read, such as `eval "$(render completion bash)"`.')
@click.argument("shell", type=click.Choice(_SHELLS))
def command(shell: str) -> None:
    """Print the completion script of a shell."""
    kind = get_completion_class(shell)
    assert kind is not None
    commands = click.get_current_context().find_root().command
    click.echo(kind(commands, {}, "render", "_RENDER_COMPLETE").source())
