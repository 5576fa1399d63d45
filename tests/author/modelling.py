"""An OpenAI-compatible server on loopback that answers as a test tells it to, also badly."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Served:
    """Where a server listens, and the requests that it was sent."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def model(*answers: Answer) -> Iterator[Served]:
    """Serve answers one after the other, the last of them for ever."""
    rest = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            served.asked.append(json.loads(self.rfile.read(length)))
            (rest.pop(0) if len(rest) > 1 else rest[0])(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Served(f"http://127.0.0.1:{server.server_address[1]}/v1")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def says(content: str) -> Answer:
    """Answer as a model that says some text."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    whole = {"id": "1", "object": "chat.completion", "created": 1, "model": "test"}
    return raw(200, json.dumps({**whole, "choices": [choice], "usage": usage}))


def raw(status: int, body: str, cut: int = 0, headers: dict[str, str] | None = None) -> Answer:
    """Answer with a status and a body, the last `cut` bytes of it left out."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        content = body.encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content[: len(content) - cut])
        handler.close_connection = cut > 0

    return answer


def silent(until: threading.Event) -> Answer:
    """Answer nothing until an event is set."""
    return lambda handler: (until.wait(60) and None) or None


def scene(kind: str, *narration: str, **given: Any) -> dict[str, Any]:
    """Return a scene of a plan as a model writes it."""
    empty = {"heading": None, "items": None, "value": None, "author": None, "picture": None}
    plain = {"kind": kind, "narration": narration, "sources": [], "series": None}
    return {**plain, **empty, **given}
