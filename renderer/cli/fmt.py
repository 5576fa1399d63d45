"""`render fmt`: specs in one form."""

from __future__ import annotations

from pathlib import Path

import click

from renderer.cli.edge import show_problems
from renderer.cli.options import specs_argument
from renderer.errors import Problem, SpecError, UsageError
from renderer.formatting import formatted
from renderer.store import replacing


@click.command(help="Bring specs into one form; comments stay and the meaning does.")
@specs_argument
@click.option("--check", is_flag=True, help="Change nothing; fail where something would change.")
def command(specs: tuple[Path, ...], check: bool) -> int:
    """Format each spec in place and print those that changed; the status is that of the worst."""
    status = 0
    for spec in specs:
        content = _content(spec)
        text = formatted(content, str(spec))
        if text.encode() == content:
            continue
        click.echo(spec)
        if check:
            status = SpecError.status
            show_problems([Problem("not-formatted", f"{spec} is not formatted", hint="render fmt")])
        else:
            with replacing(spec) as temporary:
                temporary.write_bytes(text.encode())
    return status


def _content(spec: Path) -> bytes:
    try:
        return spec.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(Problem("no-spec", f"cannot read {spec}: {reason}")) from error
