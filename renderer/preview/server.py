"""The server in its own thread: on 127.0.0.1 alone, at a free port, gone when the preview ends."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

_PATIENCE = 2


@contextmanager
def serving(make: Callable[[int], ASGIApp], closing: Callable[[], object]) -> Iterator[int]:
    """Serve the application that `make` returns for a port, and give the port.

    `closing` is called before the server waits for the answers that are under way.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = uvicorn.Server(_settings(make(port)))
        thread = threading.Thread(
            target=server.run, args=([listener],), name="preview", daemon=True
        )
        thread.start()
        try:
            yield port
        finally:
            closing()
            server.should_exit = True
            thread.join()


def _settings(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        http="h11",
        loop="asyncio",
        timeout_graceful_shutdown=_PATIENCE,
    )
