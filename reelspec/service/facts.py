"""What the service tells of itself: the language, the templates, its health."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib.util import find_spec
from typing import Any

from reelspec.service.answers import Text
from reelspec.service.desk import Desk
from renderer import __version__
from renderer.doctor import Finding, findings
from renderer.store import Store
from renderer.templates import Template, Theme, library, schema_text

_FRESH = 60.0
_ROOM = 1 << 30
_known: dict[str, tuple[float, list[Finding]]] = {}
_lock = threading.Lock()


def schema(desk: Desk, given: Mapping[str, Any]) -> Text:
    """Return the JSON Schema of the spec language."""
    return Text(schema_text(), "application/schema+json")


def templates(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the scene templates, with what each takes, and the themes."""
    known = library(None)
    problems: list[Any] = []
    scenes = [known.template(name, problems) for name in sorted(known.scenes)]
    themes = [known.theme(name, problems) for name in sorted(known.themes)]
    return {
        "templates": [_template(each) for each in scenes if each],
        "themes": [_theme(each) for each in themes if each],
    }


def _template(each: Template) -> dict[str, Any]:
    return {"name": each.name, "about": each.about, "with": each.params, "example": each.example}


def _theme(each: Theme) -> dict[str, Any]:
    return {"name": each.name, "about": each.about, "colours": dict(each.colours)}


def health(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return whether films can be made here: each part, its version, what would mend it."""
    parts = [*_service(desk), *_machine(desk)]
    works = all(part.works for part in parts if part.needed)
    counts = desk.ledger.counts()
    told = [asdict(part) for part in parts]
    return {"works": works, "version": __version__, "jobs": counts, "parts": told}


def _service(desk: Desk) -> Iterator[Finding]:
    alive, wanted = desk.hands.alive, desk.settings.workers
    yield Finding("workers", alive > 0, f"{alive} of {wanted}", "start the service again")
    free = shutil.disk_usage(desk.settings.folder).free
    hint = "make room, or set a smaller --quota"
    yield Finding("disk", free > _ROOM, f"{free >> 20:,} MiB free", hint)
    there = find_spec("reelspec.author.cli") is not None and find_spec("sumy") is not None
    hint = "pip install 'reelspec[author]'"
    yield Finding("author", there, "installed" if there else "missing", hint, needed=False)


def _machine(desk: Desk) -> list[Finding]:
    """Return what the machine has, asked for anew once a minute."""
    place = str(desk.settings.store)
    with _lock:
        since, found = _known.get(place, (0.0, []))
        if not found or time.monotonic() - since > _FRESH:
            found = list(findings(Store(desk.settings.store)))
            _known[place] = (time.monotonic(), found)
        return found
