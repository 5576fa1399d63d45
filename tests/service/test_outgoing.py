"""What the service sends and fetches: webhooks and assets."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from reelspec.service.desk import Desk
from reelspec.service.hooks import Teller
from reelspec.service.outgoing import asset, post, signature
from reelspec.service.settings import Settings
from renderer.errors import AssetError
from tests.service.serving import GOOD

SECRET = "whsec_" + base64.b64encode(b"a secret of some length").decode()


@contextmanager
def listening(answers: list[int]) -> Iterator[tuple[int, list[tuple[dict[str, str], bytes]]]]:
    """Give a server's port and what it hears; it answers with these statuses in turn."""
    heard: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((dict(self.headers), body))
            self.send_response(answers[min(len(heard), len(answers)) - 1])
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(b"\x89PNG\r\n\x1a\n rest")

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, heard
    finally:
        server.shutdown()
        server.server_close()


def test_a_webhook_is_told_signed_and_again_until_it_is_heard(tmp_path: Path) -> None:
    with listening([503, 204]) as (port, heard):
        near = (f"127.0.0.1:{port}",)
        desk = Desk(Settings(folder=tmp_path, hooks=True, secret=SECRET, near=near))
        url = f"http://127.0.0.1:{port}/told"
        name = desk.order("render", {"spec": GOOD, "webhook": url})["session_id"]
        desk.ledger.cancel(name)
        teller = Teller(desk, pauses=(0.0, 0.0))
        teller.start()
        for _ in range(600):
            if not desk.ledger.untold():
                break
            threading.Event().wait(0.05)
        teller.stop()
        desk.close(0)

    assert 2 == len(heard)
    headers, body = heard[1]
    signed = f"{name}.{headers['webhook-timestamp']}.".encode() + body
    wanted = hmac.new(b"a secret of some length", signed, hashlib.sha256).digest()
    assert f"v1,{base64.b64encode(wanted).decode()}" == headers["webhook-signature"]
    said = json.loads(body)
    assert ("video.cancelled", name) == (said["type"], said["data"]["session_id"])
    assert {name} == {each["webhook-id"] for each, _ in heard}


def test_the_signature_is_that_of_the_standards_example() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'

    assert "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" == signature(
        secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body
    )


def test_webhooks_and_assets_never_reach_what_is_not_public() -> None:
    with listening([200]) as (port, heard):
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"):
            assert post(f"https://{host}/", {}, b"x", frozenset())
            assert post(f"http://{host}/", {}, b"x", frozenset())
            with pytest.raises(AssetError):
                asset(f"http://{host}/a.png", ["*"], frozenset(), 1000)

    assert [] == heard


def test_an_asset_is_fetched_from_a_host_that_is_allowed_alone() -> None:
    with listening([200]) as (port, _):
        place, url = frozenset([f"127.0.0.1:{port}"]), f"http://127.0.0.1:{port}/a.png"

        assert b"\x89PNG" == asset(url, ["127.0.0.1"], place, 1000)[:4]
        with pytest.raises(AssetError) as stop:
            asset(url, ["example.com"], place, 1000)
        with pytest.raises(AssetError):
            asset(url, ["*"], place, 5)

    assert ["not-allowed"] == [problem.code for problem in stop.value.problems]
