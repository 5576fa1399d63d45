"""Why a render has work to do, in words: the recipes of the last one against those of this one.

What is kept for this is a note and decides nothing: a segment is made when the store lacks it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from renderer import recipes
from renderer.media.standing import WAY, Way
from renderer.paths import code_digest, digest
from renderer.plain import canonical
from renderer.recipes import Recipes
from renderer.store import Recipe, Store, replacing
from renderer.timeline import Timeline

_SHOWN = 60


def remember(store: Store, spec: Path, every: Recipes, cut: str = "") -> None:
    """Keep what this render's recipes were made of, for the next `why` of the spec or its cut."""
    with suppress(OSError), replacing(note(store, spec, cut), lasting=False) as temporary:
        temporary.write_text(_written(every), encoding="utf-8")


def reasons(
    store: Store, spec: Path, timeline: Timeline, cut: str = "", still: Way = WAY
) -> list[str]:
    """Return a line for each segment, and for the sound, that rendering would make, with why."""
    every = recipes.whole(timeline, still)
    lacking = {recipe.key for _, recipe in every.parts if not store.find(recipe)}
    before = _read(note(store, spec, cut))
    after = _ingredients(every)
    lines = [
        f"{name}: {_because(before.get(name), made_of)}"
        for name, made_of in after.items()
        if made_of["key"] in lacking
    ]
    if not store.find(every.sound):
        lines.append(f"sound: {_because(before.get('sound'), after['sound'])}")
    return lines


def note(store: Store, spec: Path, cut: str) -> Path:
    """Return where the note of the last render of a spec, or of its cut, lies."""
    named = f"{spec.resolve()}\0{cut}" if cut else str(spec.resolve())
    return store.note(f"{digest(named.encode())[:16]}.json")


def _read(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        return kept if isinstance(kept, dict) else {}
    return {}


def _ingredients(every: Recipes) -> dict[str, Any]:
    """Return name of each segment, and of the sound → what it is made of."""
    return {
        name: {"key": recipe.key, "code": code_digest(recipe.code), "data": json.loads(recipe.text)}
        for name, recipe in _named_recipes(every)
    }


def _written(every: Recipes) -> str:
    """Return the same as JSON, of what was written of each recipe for its key."""
    rows = (
        f'{canonical(name)}:{{"code":{canonical(code_digest(recipe.code))},"data":{recipe.text},'
        f'"key":"{recipe.key}"}}'
        for name, recipe in _named_recipes(every)
    )
    return f"{{{','.join(rows)}}}"


def _named_recipes(every: Recipes) -> Iterator[tuple[str, Recipe]]:
    """Yield the recipes of segments and of the sound by name; a scene's segments are numbered."""
    numbers: Counter[str] = Counter()
    for part, recipe in every.parts:
        numbers[part.name] += 1
        yield f"{part.name}, part {numbers[part.name]}", recipe
    yield "sound", every.sound


def _because(before: dict[str, Any] | None, after: dict[str, Any]) -> str:
    if before is None:
        return "new"
    changes = list(_changes("", before["data"], after["data"]))
    if before["code"] != after["code"]:
        changes.append("the program's code has changed")
    return "; ".join(changes[:4]) or "not in the store"


def _changes(where: str, old: object, new: object) -> Iterator[str]:
    """Yield every difference between two JSON values, named by where it is."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from _changes(f"{where}.{key}", old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (was, now) in enumerate(zip(old, new, strict=True), start=1):
            yield from _changes(f"{where}[{index}]", was, now)
    elif isinstance(old, list) and isinstance(new, list):
        yield f"{_named(where)}: {len(old)} → {len(new)}"
    elif old != new:
        yield f"{_named(where)} {_shown(old)} → {_shown(new)}"


def _named(where: str) -> str:
    """Return a path such as `.picture.layers[2].params.size` as `layer 2 size`."""
    words = where.strip(".").removeprefix("picture.").replace("params.", "")
    words = words.replace("states[", "state ").replace("layers[", "layer ")
    return words.replace("]", "").replace(".", " ")


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
