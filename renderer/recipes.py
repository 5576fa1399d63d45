"""Timeline → recipes: what each cached file depends on. Loads neither numpy nor an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from renderer.machine import PICTURE, SOUND, shaping, versions
from renderer.segments import coded_frames
from renderer.store import Recipe
from renderer.timeline import Chapter, Layer, Segment, Timeline, plain

_PAINTING = ("paint", "text", "fonts", "motion", "media.planes", "timeline")
_ENCODING = ("encode", "media.video")
_MIXING = ("mix", "sound", "media.sound")
_JOINING = ("media.film", "timeline")


def picture(segment: Segment) -> dict[str, Any]:
    """Return what a segment's pictures depend on, as JSON values."""
    shown = plain(segment)
    unseen = ("name", "frames", "still") if segment.still else ("name", "still")
    for layer in shown["layers"] + shown["behind"]:
        del layer["name"]
    return {name: part for name, part in shown.items() if name not in unseen}


def segment(segment: Segment) -> Recipe:
    """Return the recipe of a segment's file. A still's length beyond one GOP is not in it."""
    libraries = {**versions(PICTURE), **shaping()}
    data = {"picture": picture(segment), "coded": coded_frames(segment), "libraries": libraries}
    return Recipe("segment", data, _PAINTING + _ENCODING + _plugins(segment), ".mp4")


def _plugins(segment: Segment) -> tuple[str, ...]:
    layers: Sequence[Layer] = (*segment.layers, *segment.behind)
    kinds = {f"layers.{layer.kind}" for layer in layers}
    moves = {f"transitions.{segment.transition.kind}"} if segment.transition else set()
    return tuple(sorted(kinds | moves))


def soundtrack(timeline: Timeline) -> Recipe:
    """Return the recipe of the film's sound: one file of AAC packets."""
    data = {"soundtrack": plain(timeline.soundtrack), "libraries": versions(SOUND)}
    return Recipe("sound", data, _MIXING, ".m4a")


def film(timeline: Timeline, parts: Sequence[Segment]) -> Recipe:
    """Return the recipe of the finished film, made of the recipes of its segments."""
    data = {
        "parts": [[segment(part).key, part.frames] for part in parts],
        "sound": soundtrack(timeline).key,
        "fps": str(timeline.canvas.fps),
        "tags": tags(timeline),
        "chapters": plain(chapters(timeline)),
        "libraries": versions(SOUND),
    }
    return Recipe("film", data, _JOINING, ".mp4")


def tags(timeline: Timeline) -> dict[str, str]:
    """Return the film's metadata by the names that the container uses."""
    named = {
        "title": timeline.title,
        "artist": timeline.author,
        "description": timeline.description,
        "language": timeline.canvas.lang,
    }
    return {name: value for name, value in named.items() if value}


def chapters(timeline: Timeline) -> tuple[Chapter, ...]:
    """Return one chapter for each shot, from the first frame of its transition."""
    ends = [*timeline.starts[1:], timeline.frames]
    return tuple(
        Chapter(shot.title, first, last)
        for shot, first, last in zip(timeline.shots, timeline.starts, ends, strict=True)
    )
