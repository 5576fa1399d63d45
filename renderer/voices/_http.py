"""One request to a server of voices: tried again where that helps, failing in its own words."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from renderer.engines import Unusable

_TRIES = 4
_WAITS = (0.5, 1.0, 2.0)  # seconds between tries, if the server names none
_LONGEST_WAIT = 60.0
_TIMEOUT = 40.0  # seconds without a byte
_MOST = 100 << 20
_AGAIN = (408, 425, 429, 500, 502, 503, 504)
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Asked:
    """A POST of JSON to an address, with a key that is never shown."""

    url: str
    body: Mapping[str, Any]
    key: str = field(default="", repr=False)

    @property
    def server(self) -> str:
        """Return the server by its name and port, without anything that could be secret."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


class _Failed(Exception):
    """One try failed; `wait` is for how many seconds to wait, None that no other try helps."""

    def __init__(self, says: str, wait: float | None) -> None:
        super().__init__(says)
        self.wait = wait


def fetched(asked: Asked) -> bytes:
    """Return what the server answers with.

    Raises Unusable in the server's words, or for an address that is not used.
    """
    _check(asked)
    for count in range(_TRIES):
        try:
            return _tried(asked, count)
        except _Failed as failure:
            if failure.wait is None or count == _TRIES - 1:
                says = str(failure).replace(asked.key, "…") if asked.key else str(failure)
                raise Unusable(f"{asked.server}: {says}") from None
            time.sleep(min(failure.wait, _LONGEST_WAIT))
    raise AssertionError


def _check(asked: Asked) -> None:
    """Refuse addresses that are none, and keys over a wire that anybody reads."""
    parts = urlsplit(asked.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unusable("REELSPEC_TTS_URL is no address such as https://api.openai.com/v1")
    if parts.username or parts.password:
        raise Unusable("REELSPEC_TTS_URL holds a user; put the key into REELSPEC_TTS_KEY")
    if asked.key and parts.scheme == "http" and parts.hostname not in _LOCAL:
        raise Unusable(f"the key would go to {asked.server} unencrypted; use https")


class _NoRedirect(HTTPRedirectHandler):
    """Follows nobody: a key is for the server that it was meant for."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def _tried(asked: Asked, count: int) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "audio/wav, audio/*"}
    if asked.key:
        headers["Authorization"] = f"Bearer {asked.key}"
    request = Request(asked.url, json.dumps(asked.body).encode(), headers, method="POST")
    wait = _WAITS[min(count, len(_WAITS) - 1)]
    try:
        with build_opener(_NoRedirect).open(request, timeout=_TIMEOUT) as answer:
            sound: bytes = answer.read(_MOST + 1)
            kind = answer.headers.get_content_type()
    except HTTPError as error:
        raise _refused(error, wait) from None
    except (URLError, HTTPException, OSError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise _Failed(f"no answer: {reason}", wait) from None
    return _checked(sound, kind)


def _checked(sound: bytes, kind: str) -> bytes:
    """Return an answer that may be a sound; whether it is one is found when it is read."""
    if len(sound) > _MOST:
        raise _Failed(f"it answers with more than {_MOST >> 20} MB", None)
    if kind.startswith("text/") or kind in ("application/json", "application/xhtml+xml"):
        raise _Failed(f"it answers with {kind} in place of a sound: {_words(sound)}", None)
    return sound


def _refused(error: HTTPError, usual: float) -> _Failed:
    with error:
        said = _words(error.read(4096))
        asked = error.headers.get("Retry-After", "")
    says = f"status {error.code} {error.reason}{': ' + said if said else ''}"
    if error.code not in _AGAIN:
        return _Failed(says, None)
    return _Failed(says, _seconds(asked) if asked else usual)


def _seconds(written: str) -> float:
    """Return the seconds that a Retry-After names, a number or a date."""
    if written.strip().isdigit():
        return float(written)
    try:
        return max(0.0, parsedate_to_datetime(written).timestamp() - time.time())
    except (TypeError, ValueError):
        return _WAITS[-1]


def _words(body: bytes) -> str:
    """Return what an answer says, from the usual JSON or with its tags left out, on one line."""
    text = body.decode("utf-8", "replace")
    try:
        told = json.loads(text)
        error = told.get("error", told.get("detail", told)) if isinstance(told, dict) else told
        text = str(error.get("message", error) if isinstance(error, dict) else error)
    except ValueError:
        text = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", " ", text)
    return " ".join(text.split())[:300]
