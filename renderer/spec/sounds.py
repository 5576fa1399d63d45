"""Music under the film and sounds in its scenes, as written → Music and Effects."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from pathlib import Path

from renderer.nouns import Effect, Music
from renderer.schema import one_of
from renderer.spec.context import Context
from renderer.spec.files import file_of
from renderer.spec.instants import check_times
from renderer.spec.units import completed
from renderer.templates import Part
from renderer.times import Instant, instant, seconds

SILENT = -200.0
"""What `-inf` means as a gain, in dB."""


def music(part: Part | None, context: Context) -> Music | None:
    """Return the music under the film, None without any; problems are added."""
    if part is None or not _one_source(part, context):
        return None
    found = completed(part, context.language.film.schema["properties"]["music"], context)
    file = file_of(part, "src", context) if "src" in part.data else {}
    duck = decibels(found["duck"])
    if duck < 0:
        says = f"`duck: {found['duck']}` would raise the music under speech"
        context.add("bad-gain", says, part.place(("duck",)), "write how far it drops: 12dB")
    return Music(
        gain=decibels(found["gain"]),
        duck=duck,
        fade=seconds(found["fade"], context.fps) or Fraction(0),
        place=part.place(("src",)) if file else part.place(),
        mood=found.get("generate", ""),
        file=Path(file["file"]) if file else None,
        sha256=file.get("sha256", ""),
    )


def _one_source(part: Part, context: Context) -> bool:
    """Return whether the music comes from a file or is composed, and not both."""
    named = [key for key in ("src", "generate") if key in part.data]
    if len(named) == 1:
        return True
    if named:
        says = "the music is either a file (`src`) or composed (`generate`)"
        context.add("conflict", says, part.place(("generate",), key=True), "remove one of them")
    else:
        moods = context.language.film.schema["properties"]["music"]["properties"]["generate"]
        hint = f"write `src: audio/calm.mp3`, or `generate:` with {one_of(moods['enum'])}"
        context.add("missing", "music needs `src` or `generate`", part.place(), hint)
    return False


def effects(scene: Part, marks: Collection[str] | None, context: Context) -> tuple[Effect, ...]:
    """Return the sounds of a scene; problems are added; `marks` None are not known."""
    if "sounds" not in scene.data:
        return ()
    return tuple(_effect(part, marks, context) for part in scene.child("sounds").children())


def _effect(part: Part, marks: Collection[str] | None, context: Context) -> Effect:
    schema = context.language.scene.schema["properties"]["sounds"]["items"]
    check_times(part, marks, context)
    found = completed(part, schema, context)
    file = file_of(part, "src", context)
    return Effect(
        file=Path(file.get("file", "")),
        sha256=file.get("sha256", ""),
        at=instant(found["at"], context.fps) or Instant("start"),
        gain=decibels(found["gain"]),
        place=part.place(("src",)),
    )


def decibels(written: float | str) -> float:
    """Return a gain in dB written as a number, `-18dB` or `-inf`."""
    if not isinstance(written, str):
        return float(written)
    return max(SILENT, float(written.removesuffix("dB")))
