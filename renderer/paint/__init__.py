"""A segment and a frame's number to a picture: layers over one another, shots into one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path

import cv2
from PIL import Image

from renderer.media.planes import BLACK, Planes, grey
from renderer.motion import eased
from renderer.paint.actors import Actor, acting, with_texts
from renderer.paint.boxes import Box, layout
from renderer.paint.colors import resized, rgb
from renderer.paint.drawing import Kept, drawn
from renderer.paint.moving import moving, views
from renderer.paint.playing import plays
from renderer.paint.plugins import plugin
from renderer.paint.sprites import lay
from renderer.paint.stands import Stand, Stands
from renderer.timeline import Canvas, Layer, Segment, Transition

__all__ = ["Box", "alone", "layout", "paint", "rgb", "still_png"]

_PICTURES = Kept(10 * 1024 * 1024)
_STAGES = Kept(16)


@cache
def alone() -> None:
    """Have this process paint in one thread: as many work side by side as there are processors."""
    cv2.setNumThreads(1)


def paint(segment: Segment, frame: int, ground: int = BLACK) -> Planes:
    """Return the picture of a frame of the segment, 0 to `frames` − 1; do not write to it.

    `ground` is the luma of what is seen where nothing is. Raises AssetError if a file cannot be
    read and MissingError if a plug-in is missing.
    """
    Kept.begin()
    whole = _whole(segment, segment.first + frame, ground)
    return resized(whole, segment.canvas.shown) if segment.canvas.reduced > 1 else whole


def _whole(segment: Segment, frame: int, ground: int) -> Planes:
    """Return the picture in a frame of the shot, at the size of the canvas."""
    picture = _shot(segment.layers, segment.canvas, frame, ground)
    if segment.transition is not None:
        before = segment.behind_first + frame
        behind = _shot(segment.behind, segment.canvas, before, ground)
        picture = blended(behind, picture, segment.transition, frame)
    return _topped(picture, segment.over, segment.canvas, frame)


def _topped(below: Planes, layers: tuple[Layer, ...], canvas: Canvas, frame: int) -> Planes:
    """Return a picture with layers over it, as they are in a frame of their shot."""
    staged = _staged(layers, canvas)
    shown = with_texts(staged.actors, frame, canvas)
    if not shown:
        return below
    return _over(below, shown, canvas, frame, staged.stands.at(frame)).locked()


def blended(behind: Planes, picture: Planes, transition: Transition, frame: int) -> Planes:
    """Return the picture of a transition in a frame of the shot that enters."""
    share = eased(transition.ease, (frame + 1) / (transition.over + 1))
    module = plugin("transitions", transition.kind)
    result: Planes = module.blend(behind, picture, share, transition.params)
    return result


def still_png(picture: Planes, path: Path) -> None:
    """Write the picture as a PNG; raises OSError if it cannot be written."""
    Image.fromarray(rgb(picture)).save(path, format="PNG")


def _shot(layers: tuple[Layer, ...], canvas: Canvas, frame: int, ground: int) -> Planes:
    staged = _staged(layers, canvas)
    shown = with_texts(staged.actors, frame, canvas)
    standing = list(takewhile(lambda one: not one.moves, shown))
    picture = _standing(standing, canvas, frame, ground)
    if len(standing) == len(shown):
        return picture
    moved = shown[len(standing) :]
    return _over(picture, moved, canvas, frame, staged.stands.at(frame)).locked()


@dataclass(frozen=True, slots=True)
class _Staged:
    """Layers as they were given, held so that their identity stays theirs, and where they stand."""

    layers: tuple[Layer, ...]
    actors: tuple[Actor, ...]
    stands: Stands


def _staged(layers: tuple[Layer, ...], canvas: Canvas) -> _Staged:
    key = (id(layers), canvas)
    known: _Staged | None = _STAGES.get(key)
    if known:
        return known
    stands = Stands(layers, canvas)
    made = _Staged(layers, acting(layers, stands.boxes, canvas), stands)
    staged: _Staged = _STAGES.put(key, made, 1)
    return staged


def _standing(actors: Sequence[Actor], canvas: Canvas, frame: int, ground: int) -> Planes:
    """Return the picture of layers that stand still, built on the longest part that is known."""
    keys = (canvas.width, canvas.height, ground), *(actor.key for actor in actors)
    done: Planes | None = _PICTURES.get(keys)
    if done is not None:
        return done
    for length in range(len(actors) - 1, 0, -1):
        done = _PICTURES.get(keys[: length + 1])
        if done is not None:
            picture = _over(done, actors[length:], canvas, frame, ())
            break
    else:
        bare = grey(canvas.width, canvas.height, ground)
        picture = _over(bare, actors, canvas, frame, ())
    kept: Planes = _PICTURES.put(keys, picture.locked(), sum(plane.nbytes for plane in picture))
    return kept


def _over(
    below: Planes, actors: Sequence[Actor], canvas: Canvas, frame: int, stands: Sequence[Stand]
) -> Planes:
    """Return the picture with layers over it; `stands` are those of all layers in the frame."""
    for one in actors:
        if one.empty:
            continue
        if one.posed or views(one) or plays(one):
            above = moving(one, stands[one.index], canvas, frame)
        else:
            above = drawn(one.layer, one.box, canvas, frame, one.key)
        below = lay(below, above) if above else below
    return below
