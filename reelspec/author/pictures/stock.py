"""Photographs that others have published, found by a search: Openverse, or Pexels with a key.

Openverse (https://api.openverse.org/v1/) finds openly licensed pictures and needs no key; asked
for are those that may be changed and used for trade. Pexels (https://www.pexels.com/api/) wants a
key, in REELSPEC_STOCK_KEY. Words to search with go to that server.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from reelspec.author.darkroom import Darkroom, Offers, Picture, Wish, secret
from reelspec.author.net import Page
from renderer.errors import Problem

PARAMS = {
    "site": {
        "title": "Site",
        "description": "Where pictures are searched: `openverse`, or `pexels`.",
        "type": "string",
        "enum": ["openverse", "pexels"],
        "default": "openverse",
    },
    "endpoint": {
        "title": "Endpoint",
        "description": "Another address of the same kind; that of the site by default.",
        "type": "string",
        "default": "",
        "examples": ["https://api.openverse.org/v1"],
    },
    "seconds": {
        "title": "Seconds",
        "description": "How long an answer may take.",
        "type": "integer",
        "minimum": 1,
        "maximum": 600,
        "default": 30,
    },
}

EXAMPLE = {"site": "openverse"}
KEY = "REELSPEC_STOCK_KEY"

_RESULTS = 12
_LEAST = 600
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class _Hit:
    """A picture that a search has found: where its file is, how large, and whose it is."""

    file: str
    width: int
    height: int
    title: str
    author: str
    url: str
    licence: str


def lacks(params: Mapping[str, Any], darkroom: Darkroom) -> Problem | None:
    """Return that there is no key, where the site wants one."""
    if params["site"] != "pexels" or secret(KEY):
        return None
    hint = f"set {KEY}, or use `site=openverse`, which needs none"
    return Problem("no-key", "the pictures of Pexels need a key", hint=hint)


def credited(params: Mapping[str, Any], darkroom: Darkroom) -> bool:
    """Return that the film says whose the pictures are."""
    return True


def offers(wish: Wish, params: Mapping[str, Any], darkroom: Darkroom) -> Offers:
    """Yield the pictures that the first search finds which finds any."""
    patient = darkroom.patient(params["seconds"])
    for words in wish.searches:
        answer = _SITES[params["site"]].search(words, params["endpoint"], wish, patient)
        if isinstance(answer, Problem):
            yield answer
            return
        hits = [hit for hit in _hits(answer, _SITES[params["site"]]) if _large(hit)]
        for hit in sorted(hits, key=lambda hit: _misfit(hit, wish)):
            yield _fetched(hit, words, patient)
        if hits:
            return


def _large(hit: _Hit) -> bool:
    """Return whether a picture fills its box without blur; a site may not say its size."""
    return not hit.width or min(hit.width, hit.height) >= _LEAST


def _misfit(hit: _Hit, wish: Wish) -> int:
    """Return 0 where a picture is as wide or high as its box wants, else 1; the order stays."""
    if not hit.width or not hit.height:
        return 1
    ratio = hit.width * wish.height / (hit.height * wish.width)
    return 0 if 0.6 <= ratio <= 1.9 else 1


def _fetched(hit: _Hit, words: str, darkroom: Darkroom) -> Picture | Problem:
    page = darkroom.picture(hit.file)
    if isinstance(page, Problem):
        return page
    whose = {"title": hit.title, "author": hit.author, "url": hit.url, "licence": hit.licence}
    return Picture(page.data, words, hit.file, seen=page.seen, **whose)


def _hits(page: Page, site: _Site) -> list[_Hit]:
    """Return what an answer lists, without what cannot be read of it."""
    try:
        listed = json.loads(page.data)[site.list]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    found = [site.hit(one) for one in _maps(listed)]
    return [hit for hit in found if hit.file.startswith(("https://", "http://"))]


def _maps(value: object) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def _openverse(words: str, endpoint: str, wish: Wish, darkroom: Darkroom) -> Page | Problem:
    asked = {"q": words, "license_type": "commercial,modification", "page_size": str(_RESULTS)}
    base = (endpoint or "https://api.openverse.org/v1").rstrip("/")
    return darkroom.ask(f"{base}/images/?{urlencode(asked)}", {})


def _of_openverse(one: Mapping[str, Any]) -> _Hit:
    code, version = _text(one, "license").upper(), _text(one, "license_version")
    named = {"CC0": "CC0", "PDM": "Public Domain"}.get(code, f"CC {code} {version}".strip())
    return _Hit(
        _text(one, "url"),
        _pixels(one, "width"),
        _pixels(one, "height"),
        _text(one, "title")[:_LONGEST_TITLE],
        _text(one, "creator")[:_LONGEST_TITLE],
        _text(one, "foreign_landing_url"),
        named if code else "",
    )


def _pexels(words: str, endpoint: str, wish: Wish, darkroom: Darkroom) -> Page | Problem:
    shape = "landscape" if wish.width > wish.height else "portrait"
    asked = {"query": words, "per_page": str(_RESULTS), "orientation": shape}
    base = (endpoint or "https://api.pexels.com/v1").rstrip("/")
    return darkroom.ask(f"{base}/search?{urlencode(asked)}", {"Authorization": secret(KEY)})


def _of_pexels(one: Mapping[str, Any]) -> _Hit:
    files = one.get("src")
    file = _text(files, "large2x") if isinstance(files, dict) else ""
    author = _text(one, "photographer")[:_LONGEST_TITLE]
    title = _text(one, "alt")[:_LONGEST_TITLE]
    width, height = _pixels(one, "width"), _pixels(one, "height")
    return _Hit(file, width, height, title, author, _text(one, "url"), "Pexels Licence")


def _text(one: Mapping[str, Any], key: str) -> str:
    value = one.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _pixels(one: Mapping[str, Any], key: str) -> int:
    value = one.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


@dataclass(frozen=True, slots=True)
class _Site:
    """How a site is asked, under which key its answer lists pictures, and how one is read."""

    search: Callable[[str, str, Wish, Darkroom], Page | Problem]
    list: str
    hit: Callable[[Mapping[str, Any]], _Hit]


_SITES = {
    "openverse": _Site(_openverse, "results", _of_openverse),
    "pexels": _Site(_pexels, "photos", _of_pexels),
}
