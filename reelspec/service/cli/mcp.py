"""`reelspec mcp`: tools for agents over standard input and output."""

from __future__ import annotations

import importlib
from typing import Any

import click

from reelspec.service.cli.options import service_options, settings_of
from reelspec.service.cli.serve import LIBRARIES
from renderer.cli.extras import require


@click.command(
    help="Serve agents over standard input and output (MCP). Over HTTP the same tools are at /mcp "
    "of `reelspec serve`."
)
@service_options
def command(**how: Any) -> None:
    """Answer until standard input ends."""
    require("service", "`reelspec mcp`", *LIBRARIES)
    importlib.import_module("reelspec.service.stdio").serve(settings_of(**how))
