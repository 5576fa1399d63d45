"""The film's sources, and which of them its scenes cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from renderer.errors import did_you_mean
from renderer.schema import one_of
from renderer.spec.context import Context
from renderer.spec.repeat import repeated
from renderer.templates import Part, Scope, substituted

_KEYS = ("title", "url", "seen", "quote", "licence")

Source = dict[str, str]
"""One source as expressions see it: `id title url seen quote licence`, each a text."""


def completed_source(name: str, given: Mapping[str, Any]) -> Source:
    """Return a source with every key; one without a title is called by its address, or its id."""
    source = {"id": name} | {key: str(given.get(key) or "") for key in _KEYS}
    source["title"] = source["title"] or source["url"] or name
    return source


def check_cited(scene: Part, context: Context) -> None:
    """Add a problem for each id in a scene's `cite` that is not one of the film's sources."""
    known = context.sources
    for index, name in enumerate(scene.data.get("cite", ())):
        if name not in known:
            hint = did_you_mean(name, known) or (f"known: {one_of(known)}" if known else "")
            hint = hint or "list the film's sources under `sources:`"
            where = scene.place(("cite", index))
            context.add("unknown-source", f"no source has the id '{name}'", where, hint)


def cited(scenes: Iterable[Part], context: Context) -> list[Source]:
    """Return the sources that the scenes cite, in the order in which they are first cited.

    A scene that is there only because of `cited` adds nothing to it.
    """
    quiet = replace(context, problems=[])
    scope = context.scope.having({"cited": []})
    names: dict[str, None] = {}
    for part in scenes:
        if "cite" in part.data:
            names |= dict.fromkeys(_names(part, scope, quiet))
    return [dict(context.sources[name]) for name in names if name in context.sources]


def _names(part: Part, scope: Scope, quiet: Context) -> Iterable[str]:
    for each, inner in repeated(part, scope, quiet):
        listed = substituted(each.child("cite"), inner, quiet.problems).data
        if isinstance(listed, list):
            yield from (name for name in listed if isinstance(name, str))
