"""Who may ask, and what a browser may do with the answers.

A page of another site can send requests to this machine, and by rebinding its name to 127.0.0.1
read the answers: so the Host must be ours, and an Origin, where there is one, too.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from renderer.fence import fenced


class Guard:
    """An ASGI application that lets through what our own page asks, with strict headers."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        """Let pass to `app` what is sent to 127.0.0.1 or localhost at a port."""
        self._app = app
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to strangers, or pass on."""
        if scope["type"] != "http" or not self._ours(Headers(scope=scope)):
            refusal = PlainTextResponse("forbidden\n", status_code=403)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, fenced(send))

    def _ours(self, headers: Headers) -> bool:
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        return (
            len(hosts) == 1
            and hosts[0] in self._hosts
            and all(origin == f"http://{hosts[0]}" for origin in origins)
            and headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        )
