"""What the page is told, as JSON values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from renderer.errors import Place, Problem
from renderer.nouns import Cue
from renderer.preview.board import Copy, Plan
from renderer.preview.excerpt import Excerpt
from renderer.preview.painter import Spot
from renderer.timeline import Spoken, Timeline
from renderer.times import SAMPLE_RATE, sample_at


def told_plan(plan: Plan) -> dict[str, Any]:
    """Return a plan: the canvas, the frames, each scene with its span, place and narration."""
    timeline = plan.compiled.timeline
    places = {scene.id: scene.place for scene in plan.compiled.spec.scenes}
    return {
        "plan": plan.number,
        "title": timeline.title,
        "lang": timeline.canvas.lang,
        "rtl": timeline.canvas.rtl,
        "size": [timeline.canvas.width, timeline.canvas.height],
        "fps": float(timeline.canvas.fps),
        "frames": timeline.frames,
        "scenes": list(_scenes(timeline, places)),
        "warnings": [told_problem(each) for each in plan.compiled.warnings],
    }


def _scenes(timeline: Timeline, places: Mapping[str, Place]) -> Iterator[dict[str, Any]]:
    """Yield the scenes of what is made; frames and times count from its beginning."""
    begin, end = timeline.made
    origin = sample_at(begin, timeline.canvas.fps)
    for index, (shot, start) in enumerate(zip(timeline.shots, timeline.starts, strict=True)):
        first, last = max(start, begin) - begin, min(start + shot.frames, end) - begin
        if first < last:
            yield {
                "number": index,
                "id": shot.id,
                "title": shot.title,
                "first": first,
                "frames": last - first,
                "enter": shot.enter.over if shot.enter and start >= begin else 0,
                "poster": min(max(start + shot.body - 1 - begin, first), last - 1),
                "where": where(places[shot.id]),
                "cues": [_cue(spoken, origin) for spoken in shot.cues],
            }


def _cue(spoken: Spoken, origin: int) -> dict[str, Any]:
    """Return a cue's times in seconds and its text in parts; a part that is a word has its time."""
    start = Fraction(spoken.start - origin, SAMPLE_RATE)
    length = Fraction(spoken.cue.samples, SAMPLE_RATE)
    return {
        "start": float(start),
        "end": float(start + length),
        "parts": list(_parts(spoken.cue, float(start))),
    }


def _parts(cue: Cue, start: float) -> Iterator[tuple[float | None, str]]:
    done = 0
    for word in cue.words:
        if word.first > done:
            yield None, cue.text[done : word.first]
        yield start + word.start / 1000, cue.text[word.first : word.last]
        done = word.last
    if done < len(cue.text):
        yield None, cue.text[done:]


def told_film(copy: Copy) -> dict[str, Any]:
    """Return which film is there, and which plan it was made from."""
    return {"digest": copy.digest, "plan": copy.plan}


def told_problem(problem: Problem) -> dict[str, Any]:
    """Return a problem with its line; `column` counts from 1, in characters."""
    said = {"level": problem.level, "code": problem.code, "message": problem.message}
    said["hint"] = problem.hint
    place = problem.place
    if place is None:
        return said
    found = {"where": where(place), "line": place.line, "column": place.column}
    return {**said, **found, "length": place.length, "text": place.text}


def where(place: Place) -> str:
    """Return a place as `file:line`."""
    return f"{place.file}:{place.line}"


def told_spot(spot: Spot) -> dict[str, Any]:
    """Return a layer in a frame: its kind, its box, how it is scaled and turned, its place."""
    layer = spot.layer
    return {
        "number": spot.number,
        "kind": layer.kind,
        "name": layer.name,
        "box": spot.box,
        "scale": layer.scale,
        "rotate": layer.rotate,
        "where": where(layer.place) if layer.place else "",
    }


def told_lines(found: Excerpt, place: Place) -> dict[str, Any]:
    """Return lines of a spec, and the place in the first of them."""
    return {
        "where": where(place),
        "first": found.first,
        "lines": found.lines,
        "column": place.column,
        "length": place.length,
    }
