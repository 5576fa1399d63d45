"""One exchange with one server: a connection to an address that was checked, with a deadline.

The connection goes to the very address that was judged; the certificate and the Host header are
those of the name. The deadline is for all of it, however slowly the bytes drip.
"""

from __future__ import annotations

import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import Any

from reelspec.author.net.address import NotFetched, Target, is_public, shown

Resolver = Callable[[str, int], list[str]]
"""Host and port → the addresses of the host, written out; raises OSError where it has none."""


class Deadline:
    """A moment after which nothing waits any longer."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self, most: float = float("inf")) -> float:
        """Return the seconds that are left, `most` of them; raises TimeoutError where none are."""
        left = self._end - self._clock()
        if left <= 0:
            raise TimeoutError
        return min(left, most)


def system_resolver(host: str, port: int) -> list[str]:
    """Return what the system says the addresses of a host are, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def addresses(
    target: Target, resolve: Resolver, allowed: frozenset[str], deadline: Deadline
) -> list[str]:
    """Return the addresses of a target, all of them public or the target allowed by name.

    Raises NotFetched: a name that leads to one address that is not public is refused as a whole.
    """
    found = _in_time(lambda: resolve(target.host, target.port), deadline)
    if not found:
        raise NotFetched("no-such-host", f"there is no host '{target.host}'")
    if target.place in allowed:
        return found
    if target.port not in (80, 443) or not all(map(is_public, found)):
        says = f"'{shown(target.url)}' is not on the public internet"
        raise NotFetched("private-address", says, f"allow it by name: `{target.place}`")
    return found


def _in_time(resolve: Callable[[], list[str]], deadline: Deadline) -> list[str]:
    """Return what a resolver finds; the system's own cannot be told to hurry."""
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def work() -> None:
        found: list[str] = []
        with suppress(OSError, UnicodeError):
            found = resolve()
        answers.put(found)

    threading.Thread(target=work, daemon=True).start()
    try:
        return answers.get(timeout=deadline.left())
    except queue.Empty:
        raise TimeoutError from None


class _Dated(io.RawIOBase):
    """A socket, every wait of which ends with the deadline; what HTTPConnection takes for one."""

    def __init__(self, plain: socket.socket, deadline: Deadline) -> None:
        self._socket, self._deadline = plain, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._socket.settimeout(self._deadline.left())
        return self._socket.recv_into(buffer)

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def makefile(self, *_: object) -> io.BufferedReader:
        return io.BufferedReader(self)

    def close(self) -> None:
        """Leave the socket open: the answer is read after the connection is done with it."""

    def really_close(self) -> None:
        self._socket.close()


def system_trust() -> ssl.SSLContext:
    """Return a context that trusts whom the system trusts, and checks the name."""
    return ssl.create_default_context()


class Exchange:
    """One question and its answer; leaving the `with` block closes the connection."""

    def __init__(self, target: Target, plain: socket.socket, deadline: Deadline) -> None:
        """Ask a target over a connection that was made to it."""
        self._socket = _Dated(plain, deadline)
        self._connection = HTTPConnection(target.host, target.port)
        self._connection.sock = self._socket
        self._target = target

    def ask(self, headers: Mapping[str, str], body: bytes) -> HTTPResponse:
        """Return the answer, its body unread; raises OSError or HTTPException."""
        method = "POST" if body else "GET"
        whole = {"Host": self._target.authority, "Connection": "close", **headers}
        self._connection.request(method, self._target.path, body or None, whole)
        return self._connection.getresponse()

    def __enter__(self) -> Exchange:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.really_close()


@dataclass(frozen=True)
class Line:
    """How a connection is made: to which addresses, trusted by whom, within how many seconds."""

    found: list[str]
    trust: ssl.SSLContext
    connect: float

    def to(self, target: Target, deadline: Deadline) -> socket.socket:
        """Return a connection to the first address that answers; raises OSError."""
        error: OSError = ConnectionRefusedError()
        for address in self.found[:4]:
            try:
                place = (address, target.port)
                plain = socket.create_connection(place, deadline.left(self.connect))
                return self._secured(plain, target, deadline)
            except ssl.SSLCertVerificationError:
                raise
            except OSError as one:
                error = one
        raise error

    def _secured(self, plain: socket.socket, target: Target, deadline: Deadline) -> socket.socket:
        if target.scheme == "http":
            return plain
        try:
            plain.settimeout(deadline.left(self.connect))
            return self.trust.wrap_socket(plain, server_hostname=target.host.rstrip("."))
        except BaseException:
            plain.close()
            raise
