"""The tools over standard input and output; nothing but the protocol is written there."""

from __future__ import annotations

import io
import os
import sys

import anyio
from mcp.server.stdio import stdio_server

from reelspec.service import logs
from reelspec.service.desk import Desk
from reelspec.service.settings import Settings
from reelspec.service.tools import tools

_GRACE = 3


def serve(settings: Settings) -> None:
    """Answer one agent until standard input ends; jobs that are not done wait on the disk."""
    output = _apart()
    logs.start()
    desk = Desk(settings)
    desk.hands.start()
    try:
        anyio.run(_talk, desk, output)
    finally:
        desk.close(_GRACE)


async def _talk(desk: Desk, output: io.TextIOWrapper) -> None:
    server = tools(desk)
    async with stdio_server(stdout=anyio.wrap_file(output)) as (read, write):
        await server.run(read, write, server.create_initialization_options())


def _apart() -> io.TextIOWrapper:
    """Return our standard output; whatever else is written to it goes to standard error."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    return io.TextIOWrapper(os.fdopen(kept, "wb"), encoding="utf-8", newline="\n")
