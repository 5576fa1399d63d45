"""A web server on the loopback address whose pages a test writes as functions."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Handler = BaseHTTPRequestHandler
Answer = Callable[[Handler], None]


def sends(
    content: str | bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
) -> Answer:
    """Return what answers with a content; `_` in the names of headers stands for `-`."""
    data = content.encode() if isinstance(content, str) else content

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        if kind:
            handler.send_header("Content-Type", kind)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(data)), **named}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def moves(to: str, status: int = 302) -> Answer:
    return sends(b"", status=status, Location=to)


def query(handler: Handler) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}


@dataclass
class Site:
    """A running server: its `host:port`, the pages by path, and what was asked of it."""

    place: str
    pages: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://{self.place}{path}"


@contextmanager
def serving(pages: dict[str, Answer], secured: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Give a site with the pages on a free port; it ends with the block."""
    site = Site("", pages)

    class One(Handler):
        def do_GET(self) -> None:  # noqa: N802
            site.asked.append(self.path)
            site.headers.append(dict(self.headers.items()))
            missing = sends("no such page", status=404)
            site.pages.get(urlsplit(self.path).path, missing)(self)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing: that the other side hangs up is what many tests are about."""

    server = Quiet(("127.0.0.1", 0), One)
    if secured:
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    site.place = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
