"""Timeline → recipes: what each cached file depends on. Loads neither numpy nor an encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from renderer.clips import Part, parts
from renderer.machine import PICTURE, SOUND, shaping, versions
from renderer.media.parts import Subtitle, Subtitles
from renderer.media.standing import WAY, Way
from renderer.memory import recalled
from renderer.paths import code_digest, digest
from renderer.plain import canonical, opened
from renderer.seen import elapsed
from renderer.segments import coded_frames, files, segments
from renderer.soundtrack import Soundtrack
from renderer.store import Recipe
from renderer.subtitles import language, text
from renderer.timeline import Canvas, Segment, Timeline

_MOVIEPY = ("moviepy", "imageio-ffmpeg", "numpy")
_PAINTING = ("paint", "text")
_ENCODING = ("encode",)
_MIXING = ("sound",)
_JOINING = ("formats.mp4",)
_LAYERS = ("layers", "behind", "over")


def get_ready() -> None:
    """Work out what every film's recipes need and no film changes, while others still load."""
    for code in (_PAINTING + _ENCODING, _MIXING, _JOINING):
        code_digest(code)
    _libraries()
    versions(SOUND)


def picture(segment: Segment) -> dict[str, Any]:
    """Return what a segment's pictures depend on, as `canonical` takes it."""
    if segment.states:
        return {"states": [picture(one) | {"frames": one.frames} for one in segment.states]}
    length = ("frames",) if segment.still else ()
    shown = opened(segment, "states", "gop", "name", "still", *length)
    layers = {name: [opened(one, "name") for one in shown[name]] for name in _LAYERS}
    return shown | layers


def segment(segment: Segment) -> Recipe:
    """Return the recipe of a segment's file. A still's length beyond one GOP is not in it."""
    data = {
        "picture": picture(segment),
        "coded": coded_frames(segment),
        "libraries": _libraries(),
    }
    if segment.gop:
        data["still"] = "gop"
    return Recipe("segment", data, _PAINTING + _ENCODING + _plugins(segment), ".mp4")


def _known(part: Segment) -> Recipe:
    return recalled("recipe", (part,), lambda: segment(part))


def _libraries() -> dict[str, Any]:
    return {**versions(PICTURE), **shaping()}


def _plugins(segment: Segment) -> tuple[str, ...]:
    parts = segment.states or (segment,)
    layers = (layer for one in parts for layer in (*one.layers, *one.behind, *one.over))
    kinds = {f"layers.{layer.kind}" for layer in layers}
    moves = {f"transitions.{segment.transition.kind}"} if segment.transition else set()
    return tuple(sorted(kinds | moves))


def clips(segment: Segment) -> Iterator[Part]:
    """Yield the parts of videos that a segment shows."""
    here, there = segment.first, segment.first + segment.behind_first
    for layers, first in ((segment.layers, here), (segment.behind, there), (segment.over, here)):
        for layer in layers:
            if layer.moves and layer.last != 0 and "clip" in layer.params:
                one, two = (elapsed(layer.moves, at) for at in (first, first + segment.frames - 1))
                yield from parts(layer.params, one, two)


def soundtrack(timeline: Timeline) -> Recipe:
    """Return the recipe of the film's sound: one file of AAC packets."""
    data = {"soundtrack": timeline.soundtrack, "libraries": versions(SOUND)}
    return Recipe("sound", data, _MIXING, ".packets")


def mixture(timeline: Timeline) -> Recipe:
    """Return the recipe of the film's sound as a WAV file."""
    return replace(soundtrack(timeline), stage="mixture", suffix=".wav")


def narration(timeline: Timeline) -> Recipe:
    """Return the recipe of what is said in the film as a WAV file."""
    data = {"soundtrack": said(timeline), "libraries": versions(SOUND)}
    return Recipe("narration", data, _MIXING, ".wav")


def said(timeline: Timeline) -> Soundtrack:
    """Return the film's soundtrack without its music and its sounds."""
    return replace(timeline.soundtrack, sounds=(), underlay=None)


def still(segment: Segment, frame: int) -> Recipe:
    """Return the recipe of one frame of a segment as a PNG file."""
    at = 0 if segment.still else frame
    data = {"picture": picture(segment), "frame": at, "libraries": _libraries()}
    return Recipe("still", data, _PAINTING + _plugins(segment), ".png")


def glance(segment: Segment, frame: int, width: int) -> Recipe:
    """Return the recipe of one frame of a segment as a JPEG file of at most a width in pixels."""
    data = {**still(segment, frame).data, "width": min(width, segment.canvas.width)}
    return Recipe("glance", data, ("paint.screen", *_PAINTING, *_plugins(segment)), ".jpg")


def boxes(segment: Segment, frame: int) -> Recipe:
    """Return the recipe of the boxes of a segment's layers in a frame, as a JSON file."""
    data = still(segment, frame).data
    return Recipe("boxes", data, ("paint.screen", *_PAINTING, *_plugins(segment)), ".boxes")


def look(segment: Segment, frame: int) -> Recipe:
    """Return the recipe of what looking at a frame of a segment finds, as a JSON file."""
    data = still(segment, frame).data
    return Recipe("look", data, ("paint.looks", *_PAINTING, *_plugins(segment)), ".findings")


def sheet(canvas: Canvas, stills: Sequence[str], labels: Sequence[str]) -> Recipe:
    """Return the recipe of a contact sheet, made of the recipes of its stills."""
    data = {
        "canvas": canvas,
        "stills": list(stills),
        "labels": list(labels),
        "libraries": _libraries(),
    }
    return Recipe("sheet", data, ("paint.sheet",), ".png")


@dataclass(frozen=True, slots=True)
class Recipes:
    """All recipes of a film: of each segment in its order, of the sound, of the film itself."""

    parts: tuple[tuple[Segment, Recipe], ...]
    sound: Recipe
    film: Recipe


def whole(
    timeline: Timeline,
    still: Way = WAY,
    seen: Callable[[Segment, Recipe], None] = lambda part, recipe: None,
) -> Recipes:
    """Return the recipes of a film; long films have thousands, so they are worked out once.

    `still` is how runs of pictures that stand are coded. Each part is `seen` once it is known.
    """
    parts: list[tuple[Segment, Recipe]] = []
    for part in files(timeline, still):
        parts.append((part, _known(part)))
        seen(*parts[-1])
    sound = soundtrack(timeline)
    return Recipes(tuple(parts), sound, _film(timeline, parts, sound))


def _film(timeline: Timeline, parts: Sequence[tuple[Segment, Recipe]], sound: Recipe) -> Recipe:
    data = {
        "parts": [[recipe.key, part.frames] for part, recipe in parts],
        "sound": sound.key,
        "fps": str(timeline.canvas.fps),
        "tags": tags(timeline),
        "chapters": timeline.chapters,
        "subtitles": subtitles(timeline),
        "libraries": versions(SOUND),
    }
    return Recipe("film", data, _JOINING, ".mp4")


def movie(timeline: Timeline, name: str, suffix: str) -> Recipe:
    """Return the recipe of the film in a format that is made of its pictures."""
    parts = segments(timeline)
    shown = [[digest(canonical(picture(part)).encode()), part.frames] for part in parts]
    data = {
        "format": name,
        "pictures": shown,
        "poster": timeline.shots[0].body,
        "sound": mixture(timeline).key,
        "fps": str(timeline.canvas.fps),
        "tags": tags(timeline),
        "chapters": timeline.chapters,
        "libraries": _libraries(),
    }
    kinds = {code for part in parts for code in _plugins(part)}
    return Recipe("movie", data, ("movie", f"formats.{name}", *sorted(kinds)), suffix)


def moviepy(timeline: Timeline) -> Recipe:
    """Return the recipe of the film as MoviePy writes it."""
    pictures = [segment(part).key for part in segments(timeline)]
    data = {"pictures": pictures, "timeline": timeline, "libraries": versions(_MOVIEPY)}
    return Recipe("moviepy", data, ("film",), ".mp4")


def subtitles(timeline: Timeline) -> Subtitles | None:
    """Return the film's subtitle track, None where no captions are exported.

    Players are to show it unasked where the film's picture has no captions of its own.
    """
    canvas, captions = timeline.canvas, timeline.subtitles()
    if not captions:
        return None
    painted = any("caption" in layer.params for shot in timeline.shots for layer in shot.over)
    texts = [Subtitle(text(one, canvas.rtl), one.first, one.last) for one in captions]
    return Subtitles(tuple(texts), language(canvas.lang), on=not painted)


def tags(timeline: Timeline) -> dict[str, str]:
    """Return the film's metadata by the names that the container uses."""
    named = {
        "title": timeline.title,
        "artist": timeline.author,
        "description": timeline.description,
        "language": timeline.canvas.lang,
    }
    return {name: value for name, value in named.items() if value}
