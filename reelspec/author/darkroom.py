"""What a plug-in of pictures works with and hands back: a wish, a picture, the network."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reelspec.author.net import JSON, PICTURES, Page, Pages, Request
from renderer.errors import Problem


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture that a scene could do with.

    `searches` are words to search with, from those that fit the scene best to those of the topic;
    `subject` says what it is to show, `about` is all that the scene says and shows. The picture
    stands in a box of about `width` × `height` pixels.
    """

    searches: tuple[str, ...]
    subject: str
    about: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was found or made, as the bytes of its file, and whose it is.

    `asked` are the words that it was found or made by. `title`, `author`, `url`, `seen` (an ISO
    8601 day) and `licence` are empty where they are not known; one with an author, an address or
    a licence is credited. `name` tells it from others of its plug-in.
    """

    data: bytes = field(repr=False)
    asked: str
    name: str
    title: str = ""
    author: str = ""
    url: str = ""
    seen: str = ""
    licence: str = ""

    @property
    def credited(self) -> bool:
        """Return whether the film has to say whose it is."""
        return bool(self.author or self.url or self.licence)


Offer = Picture | Problem
"""What a plug-in hands back for a wish: a picture, or why there is none."""

Offers = Iterator[Offer]
"""Pictures for one wish, the one that suits best first; each is fetched when it is asked for."""


@dataclass(frozen=True)
class Darkroom:
    """What a plug-in may use: the film's language, a folder where paths begin, the network.

    `palette` has colours of the film's theme, name → `#rrggbb`.
    """

    lang: str = "en"
    folder: Path = field(default_factory=Path)
    pages: Pages = field(default_factory=Pages)
    palette: Mapping[str, str] = field(default_factory=dict)

    def patient(self, seconds: float) -> Darkroom:
        """Return a darkroom that gives each answer so many seconds."""
        fetcher = self.pages.fetcher
        limits = replace(fetcher.limits, seconds=float(seconds))
        return replace(self, pages=replace(self.pages, fetcher=replace(fetcher, limits=limits)))

    def ask(self, url: str, headers: Mapping[str, str], body: bytes = b"") -> Page | Problem:
        """Return the JSON at an address; what is asked with a key or posted is not kept."""
        return self.pages.get(Request(url, JSON, headers, body))

    def picture(self, url: str) -> Page | Problem:
        """Return the picture at an address: of a kind that can be shown by its first bytes."""
        return self.pages.get(Request(url, PICTURES))


def secret(name: str) -> str:
    """Return a key from the environment, which is written nowhere; empty where it is not set."""
    return os.environ.get(name, "").strip()
