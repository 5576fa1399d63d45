"""A web search by a SearXNG server, and the pages that it finds.

The API is SearXNG's `GET /search?q=…&format=json`, which the server's settings have to allow.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from reelspec.author.desk import Desk, Found
from reelspec.author.domains import site_of
from renderer.errors import Problem

PARAMS = {
    "endpoint": {
        "title": "Endpoint",
        "description": "The address of a SearXNG server; one on this machine has to be allowed.",
        "type": "string",
        "examples": ["https://searx.example.org"],
    },
    "results": {
        "title": "Results",
        "description": "How many pages are read, at most one from a site.",
        "type": "integer",
        "minimum": 1,
        "maximum": 20,
        "default": 5,
    },
}

EXAMPLE = {"endpoint": "https://searx.example.org", "results": 3}


def find(topic: str, params: Mapping[str, Any], desk: Desk) -> Found:
    """Return the pages that the search names first, as many as can be read of those wanted."""
    asked = {"q": topic, "format": "json", "language": desk.lang.split("-")[0], "safesearch": "1"}
    answer = desk.ask(f"{params['endpoint'].rstrip('/')}/search?{urlencode(asked)}")
    if isinstance(answer, Problem):
        return Found(problems=(answer,))
    urls = list(_urls(answer.data))
    if not urls:
        says = f"the search found nothing about '{topic}'"
        return Found(problems=(Problem("nothing-found", says, level="warning"),))
    return _first(urls, params["results"], desk)


def _first(urls: list[str], wanted: int, desk: Desk) -> Found:
    """Return the first pages that can be read; what cannot be is told as a warning."""
    found = Found()
    while urls and len(found.sources) < wanted:
        missing = wanted - len(found.sources)
        now, urls = urls[:missing], urls[missing:]
        more = desk.read_pages(now)
        found = Found(found.sources + more.sources, found.problems + more.problems)
    told = found.problems
    if found.sources:
        told = tuple(Problem(p.code, p.message, hint=p.hint, level="warning") for p in told)
    return Found(found.sources, told)


def _urls(data: bytes) -> Iterator[str]:
    """Yield the addresses of results in their order, the first of each site."""
    try:
        results = json.loads(data)["results"]
        written = [str(result["url"]) for result in results[:100]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    seen = set()
    for url in written:
        site = site_of(url)
        if site and url.startswith(("http://", "https://")) and site not in seen:
            seen.add(site)
            yield url
