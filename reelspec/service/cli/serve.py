"""`reelspec serve`: the HTTP service and its page."""

from __future__ import annotations

import importlib
from typing import Any

import click

from reelspec.service.cli.options import service_options, settings_of
from renderer.cli.extras import require
from renderer.errors import Problem, UsageError

LIBRARIES = ("fastapi", "uvicorn", "mcp", "prometheus_client")


@click.command(
    help="Serve films over HTTP, with a page at /. On an address that others can reach, a token is "
    "needed: set REELSPEC_TOKEN."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True)
@click.option("--name", "names", multiple=True, help="A host name that is ours. Repeatable.")
@click.option("--webhooks", "hooks", is_flag=True, help="Tell webhooks, signed.")
@click.option(
    "--fetch", multiple=True, metavar="HOST", help="Fetch assets and sources there; * for all."
)
@click.option(
    "--allow", "near", multiple=True, metavar="HOST:PORT", help="Reach it though it is not public."
)
@service_options
def command(host: str, port: int, **how: Any) -> None:
    """Serve until the process is told to end."""
    require("service", "`reelspec serve`", *LIBRARIES)
    settings = settings_of(host=host, port=port, **how)
    server = importlib.import_module("reelspec.service.server")
    try:
        server.serve(settings, lambda address: click.echo(address))
    except OSError as error:
        says = f"cannot serve at {host}:{port}: {error.strerror or error}"
        hint = "choose another --port"
        raise UsageError(Problem("address", says, hint=hint)) from error
