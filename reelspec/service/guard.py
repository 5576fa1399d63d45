"""Who may ask, and what a browser may do with the answers.

A page of another site can send requests to this machine, and by rebinding its name to our address
read the answers: so the Host must be a name of ours, and an Origin, where there is one, the same.
On an address that others can reach, and wherever a token is set, it has to be shown.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reelspec.service.refusals import MEDIA_TYPE, Refused
from reelspec.service.settings import LOOPBACK, Settings
from reelspec.service.verbs import VERBS
from renderer.fence import fenced

COOKIE = "reelspec"
OPEN = ("/", "/login", "/health")
"""Paths that need no token: the page itself, which asks for it, and what probes look at."""

_FORMS = {verb.route[1] for verb in VERBS if verb.files}
Note = Callable[[Scope, int, float], None]


class TooLarge(Refused):
    """A body is larger than may be."""

    def __init__(self, most: int) -> None:
        super().__init__(413, "too-large", f"a body has at most {most:,} bytes here")


class Guard:
    """An ASGI application that lets through what may ask, counts bodies and sets strict headers."""

    def __init__(self, app: ASGIApp, settings: Settings, page: tuple[str, ...], note: Note) -> None:
        """Let pass to `app`; `page` are the paths of the page's files, `note` takes each answer."""
        self._app, self._settings, self._note = app, settings, note
        self._open = {*OPEN, *page}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer strangers with a refusal, or pass on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, statuses = time.monotonic(), [500]

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            await send(message)

        try:
            refused = self._refused(scope, Headers(scope=scope))
            if refused:
                await problem(refused)(scope, receive, fenced(noted))
            else:
                most = self._most(scope["path"], Headers(scope=scope))
                await self._app(scope, counted(receive, most), fenced(noted))
        finally:
            self._note(scope, statuses[-1], time.monotonic() - began)

    def _refused(self, scope: Scope, headers: Headers) -> Refused | None:
        if not self._ours(headers):
            return Refused(403, "forbidden", "this host or origin may not ask here")
        if self._needs_token(scope["path"]) and not self._knows(headers):
            challenge = {"WWW-Authenticate": "Bearer"}
            return Refused(401, "no-token", "a token is needed", headers=challenge)
        length, most = headers.get("content-length", "0"), self._most(scope["path"], headers)
        if not length.isdigit() or int(length[:18]) > most:
            return TooLarge(most)
        return None

    def _ours(self, headers: Headers) -> bool:
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        return (
            len(hosts) == 1
            and _name(hosts[0]) in (*LOOPBACK, self._settings.host, *self._settings.names)
            and all(origin.split("://")[-1] == hosts[0] for origin in origins)
            and headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        )

    def _needs_token(self, path: str) -> bool:
        return bool(self._settings.token) and path not in self._open

    def _knows(self, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return same(given.strip(), self._settings.token)
        found = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        return same(found, pass_of(self._settings.token))

    def _most(self, path: str, headers: Headers) -> int:
        """Return how long a body may be; files, in a form or by themselves, are uploads."""
        form = headers.get("content-type", "").lower().startswith("multipart/form-data")
        files = path == "/assets" or (form and path in _FORMS)
        return self._settings.upload if files else self._settings.body


def same(given: str, wanted: str) -> bool:
    """Return whether two secrets are the same, in a time that does not tell how nearly."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def pass_of(token: str) -> str:
    """Return what the page's cookie holds in place of the token."""
    return hmac.new(token.encode(), b"reelspec page", hashlib.sha256).hexdigest()


def counted(receive: Receive, most: int) -> Receive:
    """Return what receives a body and raises TooLarge as soon as it is longer than `most`."""
    heard = 0

    async def counting() -> Message:
        nonlocal heard
        message = await receive()
        heard += len(message.get("body", b""))
        if heard > most:
            raise TooLarge(most)
        return message

    return counting


def problem(refused: Refused) -> JSONResponse:
    """Return a refusal as a problem document."""
    return JSONResponse(
        refused.told(), refused.status, headers=refused.headers, media_type=MEDIA_TYPE
    )


def _name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
