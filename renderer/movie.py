"""A timeline in another format than the joined one: painted once more, written by its plug-in.

Where a film is clear it is painted over black and over white: what differs is what shines through.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from renderer.media.movie import Movie, Picture
from renderer.media.planes import BLACK, WHITE, Planes
from renderer.paint import paint, rgb
from renderer.paint.colors import halved
from renderer.paint.plugins import plugin
from renderer.pulse import beat
from renderer.segments import picture_at, segments
from renderer.timeline import Segment, Timeline


def movie(request: tuple[Timeline, Path, str, dict[str, str]], path: Path) -> dict[str, Any]:
    """Write a timeline with its sound, a WAV file, in a format and return what that says of it."""
    timeline, sound, name, tags = request
    clear = is_clear(timeline)
    film = Movie(
        size=timeline.canvas.shown,
        fps=timeline.canvas.fps,
        frames=timeline.frames,
        pictures=partial(_pictures, timeline, clear),
        poster=partial(_poster, timeline, clear),
        rgb=rgb,
        sound=sound,
        clear=clear,
        tags=tags,
        chapters=timeline.chapters,
    )
    return dict(plugin("formats", name).write(film, path))


def is_clear(timeline: Timeline) -> bool:
    """Return whether something shines through a scene: its lowest layer is a clear colour."""
    return any(_shines(shot.layers[0].params.get("fill")) for shot in timeline.shots if shot.layers)


def _shines(fill: Any) -> bool:
    colors = fill["gradient"] if isinstance(fill, dict) else [fill] if fill else []
    return any(len(str(color)) == 9 and not str(color).endswith("ff") for color in colors)


def _pictures(timeline: Timeline, clear: bool) -> Iterator[Picture]:
    for segment in segments(timeline):
        if segment.still:
            picture = _picture(segment, 0, clear)
            for _ in range(segment.frames):
                beat()
                yield picture
            continue
        for frame in range(segment.frames):
            beat()
            yield _picture(segment, frame, clear)


def _poster(timeline: Timeline, clear: bool) -> Picture:
    frame = min(timeline.shots[0].body, timeline.frames) - 1
    return _picture(*picture_at(timeline, frame), clear)


def _picture(segment: Segment, frame: int, clear: bool) -> Picture:
    dark = paint(segment, frame)
    if not clear:
        return Picture(dark)
    light = paint(segment, frame, WHITE)
    shining = light.y.astype(np.float32) - dark.y
    alpha = np.clip(1 - shining / np.float32(WHITE - BLACK), 0, 1)
    half = halved(alpha)
    straight = Planes(
        _straight(dark.y, alpha, BLACK), _straight(dark.u, half, 128), _straight(dark.v, half, 128)
    )
    return Picture(straight, np.asarray(alpha * 255 + 0.5, np.uint8))


def _straight(
    plane: np.ndarray[Any, np.dtype[np.uint8]], alpha: np.ndarray[Any, Any], zero: int
) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return a plane that was laid over black as it is by itself."""
    own = (plane.astype(np.float32) - zero) / np.maximum(alpha, np.float32(1 / 64))
    return np.asarray(np.clip(own + zero + np.float32(0.5), 1, 254), np.uint8)
