"""Pages from the network: redirects checked one by one, patience where a server asks for it."""

from __future__ import annotations

import re
import ssl
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from urllib.parse import urljoin

from reelspec.author.net.address import NotFetched, Target, shown, target
from reelspec.author.net.body import content
from reelspec.author.net.page import CONTACT, Limits, Page, Request, user_agent
from reelspec.author.net.wire import (
    Deadline,
    Exchange,
    Line,
    Resolver,
    addresses,
    system_resolver,
    system_trust,
)
from renderer.errors import Problem

_MOVED = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_PASSING = (500, 502, 504)
_SHORTEST_WAIT = 1.0
_NAME = re.compile(r"[A-Za-z0-9-]+")
_VALUE = re.compile(r"[\t\x20-\x7e]*")
_OURS = {"host", "connection", "accept-encoding", "user-agent", "content-length", "cookie"}


@dataclass(frozen=True, slots=True)
class _Later(Exception):
    """The server asks to come back; `seconds` is 0 where it does not say when."""

    problem: Problem
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Moved(Exception):
    """The page is somewhere else."""

    url: str
    status: int


@dataclass(frozen=True)
class Fetcher:
    """Fetches pages, one at a time from each host.

    `allowed` are places, each `host:port` as addresses name it, that may be asked though they are
    not public. `resolve` and `wait` stand for the system's own where a test needs others.
    """

    limits: Limits = field(default_factory=Limits)
    allowed: frozenset[str] = frozenset()
    contact: str = CONTACT
    trust: ssl.SSLContext = field(default_factory=system_trust, repr=False)
    resolve: Resolver = system_resolver
    wait: Callable[[float], None] = time.sleep
    _hosts: defaultdict[str, threading.Lock] = field(
        default_factory=lambda: defaultdict(threading.Lock), repr=False
    )

    def fetch(self, request: Request) -> Page | Problem:
        """Return the page, or why there is none; no problem holds a query or a header."""
        deadline = Deadline(self.limits.seconds)
        try:
            return self._patiently(request, deadline)
        except NotFetched as refused:
            return refused.problem
        except _Later as later:
            return later.problem
        except TimeoutError:
            says = f"'{shown(request.url)}' did not come within {self.limits.seconds:g} s"
            return Problem("too-slow", says)

    def _patiently(self, request: Request, deadline: Deadline) -> Page:
        for attempt in range(self.limits.repeats):
            try:
                return self._followed(request, deadline)
            except _Later as later:
                pause = later.seconds or _SHORTEST_WAIT * 2**attempt
                if pause >= deadline.left():
                    raise
                self.wait(pause)
        return self._followed(request, deadline)

    def _followed(self, request: Request, deadline: Deadline) -> Page:
        """Return the page at the end of the redirects, every hop of which is checked anew."""
        begin = here = target(request.url)
        for _ in range(self.limits.redirects + 1):
            try:
                return self._asked(here, request, deadline)
            except _Moved as moved:
                there = _next(here, moved.url)
                request = _carried(request, begin, here, there, moved.status)
                here = there
        raise NotFetched("too-many-redirects", f"'{shown(request.url)}' is passed on and on")

    def _asked(self, here: Target, request: Request, deadline: Deadline) -> Page:
        lock = self._hosts[here.host]
        if not lock.acquire(timeout=deadline.left()):
            raise TimeoutError
        try:
            return self._exchanged(here, request, deadline)
        except (ssl.SSLError, HTTPException, zlib.error, OSError, ValueError) as error:
            if isinstance(error, TimeoutError):
                deadline.left()
            raise _broken(here, error, again=not request.body) from None
        finally:
            lock.release()

    def _exchanged(self, here: Target, request: Request, deadline: Deadline) -> Page:
        headers = self._headers(request)
        found = addresses(here, self.resolve, self.allowed, deadline)
        line = Line(found, self.trust, self.limits.connect)
        with Exchange(here, line.to(here, deadline), deadline) as exchange:
            answer = exchange.ask(headers, request.body)
            _judge(answer, here)
            kind, charset, data = content(answer, here, request.types, self.limits.size)
        return Page(here.url, kind, data, charset, _today(), _retry_after(answer))

    def _headers(self, request: Request) -> dict[str, str]:
        """Return the headers of a request; raises NotFetched where one would end its line."""
        own = {k: v for k, v in request.headers.items() if k.lower() not in _OURS}
        asked = {
            "User-Agent": user_agent(self.contact),
            "Accept": ", ".join(request.types),
            "Accept-Encoding": "gzip",
        }
        whole = asked | own
        if not all(_NAME.fullmatch(k) and _VALUE.fullmatch(v) for k, v in whole.items()):
            raise NotFetched("bad-header", "a header holds what no header may hold")
        return whole


def _next(here: Target, location: str) -> Target:
    """Return where a redirect leads; raises NotFetched where that is nowhere."""
    try:
        return target(urljoin(here.url, location))
    except ValueError:
        says = f"'{shown(here.url)}' passes on to what is no address"
        raise NotFetched("bad-address", says) from None


def _carried(request: Request, begin: Target, here: Target, there: Target, status: int) -> Request:
    """Return what is asked of the next hop: nothing of ours goes to another server."""
    if here.scheme == "https" and there.scheme == "http":
        says = f"'{shown(here.url)}' passes on to an address that is not encrypted"
        raise NotFetched("insecure-redirect", says)
    same = there.origin == begin.origin
    if request.body and status in (307, 308) and not same:
        says = f"'{shown(here.url)}' passes what was sent on to another server"
        raise NotFetched("bad-redirect", says)
    kept = request.headers if same else {}
    return replace(request, headers=kept, body=request.body if status in (307, 308) else b"")


def _judge(answer: HTTPResponse, here: Target) -> None:
    """Raise what an answer's status means, where it is not the page."""
    if answer.status in _MOVED and answer.headers.get("Location"):
        raise _Moved(answer.headers["Location"], answer.status)
    says = f"'{shown(here.url)}' answers {answer.status}"
    if answer.status in _BUSY:
        hint = "the server asks to be left alone for a while; try again later"
        raise _Later(Problem("busy", says, hint=hint), _retry_after(answer))
    if answer.status in _PASSING:
        raise _Later(Problem("server-failed", says, hint="try again later"))
    if answer.status != 200:
        raise NotFetched("no-such-page" if answer.status in (404, 410) else "refused", says)


def _retry_after(answer: HTTPResponse) -> float:
    """Return the seconds of a Retry-After header (RFC 9110, 10.2.3), 0 where it says nothing."""
    written = (answer.headers.get("Retry-After", "") or "").strip()
    if written.isascii() and written.isdigit():
        return float(written[:6])
    try:
        when = parsedate_to_datetime(written)
        return max(0.0, (when - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _broken(here: Target, error: Exception, again: bool) -> Exception:
    """Return what the caller is told of a connection that failed; a passing fault is `_Later`."""
    name = shown(here.url)
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"'{name}' has no certificate that can be trusted: {error.verify_message}"
        return NotFetched("bad-certificate", why)
    if isinstance(error, zlib.error):
        return NotFetched("broken-page", f"'{name}' cannot be unpacked or holds too much")
    if isinstance(error, ValueError) and not isinstance(error, ssl.SSLError):
        return NotFetched("bad-address", f"'{name}' cannot be asked for")
    reason = (error.strerror if isinstance(error, OSError) else "") or type(error).__name__
    problem = Problem("unreachable", f"'{name}' cannot be reached: {reason}")
    passing = again and isinstance(error, (ConnectionResetError, HTTPException))
    return _Later(problem) if passing else NotFetched(problem.code, problem.message)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def places(written: Iterable[str]) -> frozenset[str]:
    """Return places as `allowed` takes them, from `host:port` or whole addresses."""
    found = [target(text if "//" in text else f"http://{text}") for text in written]
    return frozenset(one.place for one in found)
