"""What the service asks of others, by the author's door to the network: assets and webhooks.

Every host is resolved once, every address of it has to be public, and the connection goes to the
address that was judged; without redirects for webhooks.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ssl
from collections.abc import Iterable
from http.client import HTTPException
from urllib.parse import urlsplit

from reelspec.author.net import Fetcher, Limits, NotFetched, Page, Request, target
from reelspec.author.net.wire import (
    Deadline,
    Exchange,
    Line,
    addresses,
    system_resolver,
    system_trust,
)
from renderer.errors import AssetError, Problem

ASSET_TYPES = (
    *("image/png", "image/jpeg", "image/webp", "image/gif", "video/mp4", "audio/mpeg"),
    *("audio/wav", "audio/x-wav", "font/ttf", "font/otf", "text/csv", "application/json"),
)
_SECONDS = 60.0
_HOOK_SECONDS = 15.0
_CONNECT = 5.0


def asset(url: str, hosts: Iterable[str], near: frozenset[str], most: int) -> bytes:
    """Return what lies at an address of one of the hosts, `*` for any; raises AssetError."""
    fetcher = Fetcher(limits=Limits(size=most, seconds=_SECONDS, redirects=3), allowed=near)
    found = fetcher.fetch(Request(url, ASSET_TYPES))
    if not isinstance(found, Page):
        raise AssetError(found)
    if not {"*", urlsplit(found.url).hostname} & set(hosts):
        says = f"the address leads on to '{urlsplit(found.url).hostname}', which is not allowed"
        raise AssetError(Problem("not-allowed", says))
    return found.data


def signature(secret: str, name: str, stamp: int, body: bytes) -> str:
    """Return the signature of a message as Standard Webhooks 1.0 has it.

    A secret that begins with `whsec_` is the base64 of its bytes; any other is its own bytes.
    """
    plain = secret.removeprefix("whsec_")
    key = base64.b64decode(plain) if plain != secret else secret.encode()
    signed = b".".join((name.encode(), str(stamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def post(
    url: str,
    headers: dict[str, str],
    body: bytes,
    near: frozenset[str],
    trust: ssl.SSLContext | None = None,
) -> str:
    """Post a message; return why it was not taken, or nothing where it was.

    Only `https` will do, but for a place in `near`. An answer of 2xx takes it.
    """
    deadline = Deadline(_HOOK_SECONDS)
    try:
        there = target(url)
        if there.scheme != "https" and there.place not in near:
            return "the address is not https"
        found = addresses(there, system_resolver, near, deadline)
        line = Line(found, trust or system_trust(), _CONNECT)
        with Exchange(there, line.to(there, deadline), deadline) as exchange:
            status = exchange.ask(headers, body).status
    except NotFetched as refused:
        return refused.problem.message
    except (HTTPException, OSError, ValueError) as error:
        return f"it could not be reached ({type(error).__name__})"
    return "" if 200 <= status < 300 else f"it answers {status}"
