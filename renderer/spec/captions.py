"""`captions` of the film and of a scene, merged by key, with the look of their style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from renderer.nouns import Captions, Item, Line
from renderer.spec.context import Context
from renderer.spec.glyphs import check_letters
from renderer.spec.layers import resolved_item, styled
from renderer.templates import Part


def spelled_out(part: Part) -> Part:
    """Return captions as a map; a mode alone is short for one."""
    if not isinstance(part.data, str):
        return part
    return replace(part, data={"mode": part.data}, traces={("mode",): part.source()})


def merged(inner: Part, outer: Part) -> Part:
    """Return captions over others, key by key."""
    return spelled_out(inner).over(spelled_out(outer))


def captions(scene: Part, lines: Sequence[Line], context: Context) -> Captions:
    """Return the captions of a scene's lines; problems are added."""
    part = context.captions
    if "captions" in scene.data:
        part = merged(scene.child("captions"), part)
    if not part.data:
        return Captions()
    found = _resolved(part, context)
    if found.look:
        for line in lines:
            check_letters(line.text, line.place, found.look.params["font"], context)
    return found


def _resolved(part: Part, context: Context) -> Captions:
    """Return captions completed from the schema; equal ones are resolved once."""
    known = context.captioned.get(repr(part.data))
    if known is None:
        chosen = _completed(part, context)
        seen = chosen["mode"] != "off" or chosen["export"]
        look = _look(part, str(chosen["style"]), context) if seen else None
        known = Captions(
            mode=str(chosen["mode"]),
            max_lines=int(chosen["max_lines"]),
            position=str(chosen["position"]),
            export=tuple(dict.fromkeys(chosen["export"])),
            look=look,
        )
        context.captioned[repr(part.data)] = known
    return known


def _completed(part: Part, context: Context) -> dict[str, Any]:
    schema = context.language.film.schema["properties"]["captions"]
    keys = next(branch["properties"] for branch in schema["anyOf"] if "properties" in branch)
    return {key: part.data.get(key, inner.get("default")) for key, inner in keys.items()}


def _look(part: Part, style: str, context: Context) -> Item:
    """Return a text layer in the style of the captions, without a text."""
    schema = context.language.layers["text"].schema
    where = part.source(("style",)) if "style" in part.data else part.source()
    layer = Part({"text": "", "style": style}, part.source(), {("style",): where})
    return resolved_item("text", styled(layer, schema, context), schema, context)
