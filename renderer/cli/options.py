"""What several verbs take: specs, the root, the store, variables; and how they become `Options`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from renderer.errors import Problem, UsageError
from renderer.render import Options
from renderer.work import cores

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
_FOLDER = click.Path(file_okay=False, path_type=Path)

spec_argument: Decorator = click.argument("spec", type=click.Path(path_type=Path))
specs_argument: Decorator = click.argument(
    "specs", nargs=-1, required=True, type=click.Path(path_type=Path)
)

strict_option: Decorator = click.option("--strict", is_flag=True, help="Warnings fail too.")


def project_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--root`, `--store`, `--no-cache`, `-j` and `--var` to a verb."""
    for option in reversed(_PROJECT):
        command = option(command)
    return command


_PROJECT: list[Decorator] = [
    click.option("--root", type=_FOLDER, help="Files outside this folder are refused."),
    click.option("--store", type=_FOLDER, help="The cache.  [default: .render in the root]"),
    click.option("--no-cache", is_flag=True, help="Make everything anew."),
    click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes.  [default: cores]"),
    click.option("--var", "variables", multiple=True, metavar="NAME=VALUE", help="Set a variable."),
]


def options(
    root: Path | None = None,
    store: Path | None = None,
    no_cache: bool = False,
    jobs: int | None = None,
    variables: tuple[str, ...] = (),
    **how: Any,
) -> Options:
    """Return the options that the command line means; raises UsageError for a bad `--var`.

    `how` are fields of Options by their own names.
    """
    return Options(
        root=root,
        store=store,
        cache=not no_cache,
        variables=dict(map(_variable, variables)),
        processes=jobs or cores(),
        **how,
    )


def _variable(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals or not name.isidentifier():
        hint = "write --var name=value"
        raise UsageError(Problem("usage", f"--var {written} sets no variable", hint=hint))
    return name, value
