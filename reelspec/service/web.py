"""The web application: routes, page, metrics and the guard around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from reelspec.service import logs
from reelspec.service.desk import Desk
from reelspec.service.guard import Guard, problem
from reelspec.service.metrics import MEDIA_TYPE, Metrics
from reelspec.service.refusals import Refused
from reelspec.service.routes import add_routes
from reelspec.service.tools import tools
from renderer import __version__

PAGE = Path(__file__).resolve().parent / "page"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_AGENTS = 100
_METHODS = ["GET", "POST", "DELETE"]
_CODES = {404: "no-such-path", 405: "no-such-method"}


def web(desk: Desk) -> Guard:
    """Return the application that answers for a desk."""
    agents = _agents(desk)
    app = FastAPI(
        title="Reelspec",
        version=__version__,
        description="Films from prompts and specs.",
        docs_url=None,
        redoc_url=None,
        lifespan=partial(_running, agents),
        exception_handlers=_HANDLERS,
        redirect_slashes=False,
    )
    metrics = Metrics(desk)
    add_routes(app, desk)
    app.router.routes.append(Route("/mcp", _Agents(agents), methods=_METHODS))
    app.add_api_route("/metrics", _metrics(metrics), methods=["GET"], include_in_schema=False)
    return Guard(app, desk.settings, tuple(_pages(app)), partial(_note, metrics))


def _agents(desk: Desk) -> StreamableHTTPSessionManager:
    """Return what speaks the agent protocol at /mcp; hosts and tokens are the guard's to judge."""
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    return StreamableHTTPSessionManager(
        tools(desk), security_settings=unchecked, max_sessions=_AGENTS, stateless=True
    )


@asynccontextmanager
async def _running(agents: StreamableHTTPSessionManager, app: FastAPI) -> AsyncIterator[None]:
    async with agents.run():
        yield


class _Agents:
    """An ASGI application, which a route takes as it is, unlike a function."""

    def __init__(self, agents: StreamableHTTPSessionManager) -> None:
        self._agents = agents

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._agents.handle_request(scope, receive, send)


def _note(metrics: Metrics, scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "other")
    metrics.note(route, status, seconds)
    logs.say("answered", method=scope["method"], path=scope["path"], status=status)


def _metrics(metrics: Metrics) -> Callable[..., Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return Response(metrics.text(), media_type=MEDIA_TYPE)

    return answer


def _pages(app: FastAPI) -> list[str]:
    """Add the page's files, read once, and return their paths."""
    paths = []
    for file in sorted(PAGE.iterdir()):
        if file.suffix in _TYPES:
            path = "/" if file.name == "index.html" else f"/page/{file.name}"
            answer = _page(file.read_bytes(), _TYPES[file.suffix])
            app.add_api_route(path, answer, methods=["GET", "HEAD"], include_in_schema=False)
            paths.append(path)
    return paths


def _page(content: bytes, media_type: str) -> Callable[..., Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return Response(content, media_type=media_type)

    return answer


async def _refused(request: Request, error: Any) -> Response:
    return problem(error)


async def _http(request: Request, error: Any) -> Response:
    code = _CODES.get(error.status_code, "refused")
    refused = Refused(error.status_code, code, str(error.detail), headers=error.headers)
    return problem(refused)


async def _fault(request: Request, error: Exception) -> Response:
    logs.fault("a request failed", error, path=request.url.path)
    return problem(Refused(500, "internal", "the service failed; its log says more"))


_HANDLERS: Any = {Refused: _refused, HTTPException: _http, Exception: _fault}
