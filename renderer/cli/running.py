"""Run a command line as a program: signals, problems and the documented exit statuses."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from typing import NoReturn

import click

from renderer.cli import INTERRUPTED
from renderer.cli.edge import TERMINATED, show_fault, show_problems
from renderer.errors import Stop

_PATIENCE = 4.0
"""Seconds that an interrupted command has to tidy up; workers end with their parent anyway."""

_CYCLES = (100_000, 20, 100)
"""When to look for cycles: what a command makes of a film stays, and is looked through in vain."""


def run(commands: click.Command, name: str, known: object = None) -> NoReturn:
    """Run a command line under a program's name and end the process with its exit status.

    `known` is left to the commands as their context's object.
    """
    signal.signal(signal.SIGTERM, _terminated)
    signal.signal(signal.SIGINT, _interrupted)
    gc.set_threshold(*_CYCLES)
    try:
        colour = False if os.environ.get("NO_COLOR") else None
        status = commands.main(prog_name=name, standalone_mode=False, color=colour, obj=known)
    except click.exceptions.Exit as done:
        status = done.exit_code
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        status = INTERRUPTED
    except Stop as stop:
        show_problems(stop.problems)
        status = stop.status
    except Exception as error:
        status = show_fault(error)
    gc.freeze()  # what a command made of a film is not looked through once more at the end
    sys.exit(status if isinstance(status, int) else 0)


def _interrupted(*_: object) -> NoReturn:
    """Interrupt what is going on; if it does not end in time, end the process all the same."""
    guard = threading.Timer(_PATIENCE, _end)
    guard.daemon = True
    guard.start()
    raise KeyboardInterrupt


def _end() -> None:
    click.echo("interrupted", err=True)
    os._exit(INTERRUPTED)


def _terminated(*_: object) -> NoReturn:
    raise SystemExit(TERMINATED)
