"""What a browser may do with our answers: headers that every page of ours is sent with.

The policy lets a page load what we serve and nothing else, and keeps it out of other pages' frames.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


def fenced(send: Send) -> Send:
    """Return an ASGI `send` that adds the headers, and `no-store` where nothing else is said."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = _with_ours(message.get("headers", ()))
        await send(message)

    return guarded


def _with_ours(headers: Any) -> list[tuple[bytes, bytes]]:
    theirs = [(name, value) for name, value in headers if name.decode().lower() not in HEADERS]
    ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    kept = any(name.lower() == b"cache-control" for name, _ in theirs)
    return [*theirs, *ours, *([] if kept else [(b"cache-control", b"no-store")])]
