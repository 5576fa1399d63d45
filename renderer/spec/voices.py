"""Who speaks a line: the voices of film, scene and text merged by key."""

from __future__ import annotations

from renderer.engines import AUTO
from renderer.nouns import Voice
from renderer.profile import profile
from renderer.schema import one_of
from renderer.spec.context import Context, default_of
from renderer.templates import Part

_ANYBODY_S = ("rate", "volume", "pitch", "say_as")
"""Keys that mean the same in every engine, so that they outlive a change of it."""


def merged(inner: Part, outer: Part) -> Part:
    """Return a voice over another; a new engine drops an inherited name, and what was the old's."""
    if "engine" in inner.data and inner.data["engine"] != outer.data.get("engine", "auto"):
        outer = outer.without(*(outer.data.keys() - _ANYBODY_S))
    return inner.over(outer)


def voice(part: Part, context: Context) -> Voice:
    """Return the voice that checked data describe, completed from the schema.

    A problem is added where its engine may not be used, or has no use for a key.
    """
    schema = context.language.film.schema["properties"]["voice"]
    chosen = {key: default_of(schema, key) for key in schema["properties"]} | part.data
    _check_keys(part, chosen["engine"], context)
    if not profile().may_speak(chosen["engine"]):
        _refuse(part, context)
    rate = chosen["rate"]
    return Voice(
        engine=chosen["engine"],
        lang=context.lang,
        name=chosen["name"],
        rate=rate.replace(" ", "") if isinstance(rate, str) else float(rate),
        volume=float(chosen["volume"]),
        pitch=float(chosen["pitch"]),
        say_as=chosen["say_as"],
        own={key: part.data[key] for key in part.data.keys() - {"engine", "name", *_ANYBODY_S}},
    )


def _check_keys(part: Part, engine: str, context: Context) -> None:
    """Add a problem for each key that is not one of the engine's; `auto` has those of any it tries.

    What all voices could have and this one has not is a warning, for a film's voice may speak it.
    """
    schema = context.language.film.schema["properties"]["voice"]
    takes = schema["x-takes"]
    known = {
        key
        for name in (AUTO if engine == "auto" else (engine,))
        for key in takes.get(name, schema["properties"])
    }
    for key in part.data.keys() - {"engine", *known}:
        if part.data[key] != default_of(schema, key):
            able = one_of(name for name, keys in takes.items() if key in keys)
            tell = context.warn if key in ("name", *_ANYBODY_S) else context.add
            says = f"the voice engine '{engine}' has no `{key}`, so it is not used"
            tell("unused-key", says, part.place((key,), key=True), f"engines that have it: {able}")


def _refuse(part: Part, context: Context) -> None:
    allowed = ", ".join(profile().engines)
    says = f"the voice '{part.data['engine']}' may not be used in this film"
    context.add("not-allowed", says, part.place(("engine",)), f"there are {allowed}")
