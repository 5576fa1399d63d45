"""Web pages that are named: their articles, with title and date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reelspec.author.desk import Desk, Found

PARAMS = {
    "urls": {
        "title": "Addresses",
        "description": "Pages, as `https://…`.",
        "type": "array",
        "items": {"type": "string"},
        "examples": [["https://example.org/solar.html"]],
    },
}

EXAMPLE = {"urls": ["https://example.org/solar.html"]}


def find(topic: str, params: Mapping[str, Any], desk: Desk) -> Found:
    """Return the pages as sources, in the order in which they are named."""
    return desk.read_pages(params["urls"])
