"""What is asked of the network and what comes back, with the limits of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from renderer import __version__

HTML = ("text/html", "application/xhtml+xml")
ANY_TEXT = (*HTML, "text/plain", "text/markdown", "application/pdf")
"""Types of what can be read as a source."""

JSON = ("application/json",)
PICTURES = ("image/png", "image/jpeg", "image/webp")

CONTACT = "https://pypi.org/project/reelspec/"
"""Where whoever runs a server finds out who asks, where nobody has named another place."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one page may cost: bytes before and after unpacking, seconds, redirects, repeats.

    `seconds` is the time for all of it, redirects and waiting included; `connect` is for one
    connection to be made.
    """

    size: int = 20 << 20
    seconds: float = 60.0
    connect: float = 10.0
    redirects: int = 4
    repeats: int = 2


@dataclass(frozen=True, slots=True)
class Request:
    """A page that is wanted, and the media types that will do.

    `headers` and `body` go to the address's own server only; they are never shown nor kept. With
    a body the page is posted.
    """

    url: str
    types: tuple[str, ...] = ANY_TEXT
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that came: its address after redirects, its media type, charset and content.

    `seen` is the ISO 8601 day on which it came, `retry_after` the seconds that the server asks to
    be left alone for, else 0.
    """

    url: str
    type: str
    data: bytes = field(repr=False)
    charset: str = ""
    seen: str = ""
    retry_after: float = 0.0


def user_agent(contact: str = CONTACT) -> str:
    """Return by which name we ask, with the place where whoever asks can be reached."""
    return f"reelspec/{__version__} (+{contact})"
