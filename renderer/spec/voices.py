"""Who speaks a line: the voices of film, scene and text merged by key."""

from __future__ import annotations

from renderer.nouns import Voice
from renderer.profile import profile
from renderer.spec.context import Context, default_of
from renderer.templates import Part


def merged(inner: Part, outer: Part) -> Part:
    """Return a voice over another; a new engine drops an inherited name."""
    if "engine" in inner.data and inner.data["engine"] != outer.data.get("engine", "auto"):
        outer = outer.without("name")
    return inner.over(outer)


def voice(part: Part, context: Context) -> Voice:
    """Return the voice that checked data describe, completed from the schema.

    A problem is added where its engine may not be used.
    """
    schema = context.language.film.schema["properties"]["voice"]
    chosen = {key: default_of(schema, key) for key in schema["properties"]} | part.data
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
    )


def _refuse(part: Part, context: Context) -> None:
    allowed = ", ".join(profile().engines)
    says = f"the voice '{part.data['engine']}' may not be used in this film"
    context.add("not-allowed", says, part.place(("engine",)), f"there are {allowed}")
