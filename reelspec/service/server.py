"""The service as a program: it listens, works, and on SIGTERM puts everything down in order."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from reelspec.service import logs
from reelspec.service.desk import Desk
from reelspec.service.hooks import Teller
from reelspec.service.retention import Keeper
from reelspec.service.settings import Settings, checked
from reelspec.service.web import web

_GRACE = 5
"""Seconds that answers and jobs under way get to end."""


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to end; `ready` is called with the address.

    Raises UsageError for settings that would let strangers in, OSError where the address is taken.
    """
    desk = Desk(checked(settings))
    keeper, teller = Keeper(desk), Teller(desk)
    logs.start()
    with _listener(settings) as listener:
        port = listener.getsockname()[1]
        server = _Server(_config(web(desk)), desk)
        desk.hands.start()
        keeper.start()
        teller.start()
        logs.say("serving", host=settings.host, port=port, workers=settings.workers)
        ready(f"http://{settings.host}:{port}/")
        try:
            asyncio.run(server.serve(sockets=[listener]))
        finally:
            keeper.stop()
            teller.stop()
            desk.close(_GRACE)
            logs.say("stopped")


class _Server(uvicorn.Server):
    """A server that tells the desk at once when it is asked to end, so that events end too."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let those who follow a job go, then wait for the other answers."""
        self._desk.closing.set()
        await super().shutdown(sockets)


def _listener(settings: Settings) -> socket.socket:
    host = settings.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, settings.port), family=family, backlog=2048)


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        http="h11",
        loop="asyncio",
        lifespan="on",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_GRACE,
    )
