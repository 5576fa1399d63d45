"""Items of a scene → layers: positions as points of the canvas, times as frames of the shot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from renderer.errors import Problem
from renderer.memory import recalled
from renderer.nouns import Item, Scene
from renderer.playback import played
from renderer.seen import earlier
from renderer.settle import Extent, moment, moved, point
from renderer.timeline import Canvas, Layer, Stack
from renderer.times import Instant, frame_at

_RELATIONS = ("below", "above", "beside")


def placed(
    scene: Scene, canvas: Canvas, body: int, hold: int, marks: Mapping[str, Fraction]
) -> tuple[tuple[Layer, ...], tuple[Problem, ...]]:
    """Return the scene's layers, bottom first, and what is wrong with their times.

    `body` and `hold` are the scene's length in frames, `marks` gives the moment of each mark in
    seconds.
    """
    extent, what = Extent(canvas, body, hold, marks), f"'{scene.id}'"
    key = ("placed", canvas, body, hold, *marks.items())
    return recalled(key, (scene,), lambda: _placed(scene.layers, extent, what, "scene"))


def overlaid(
    items: Sequence[Item], canvas: Canvas, frames: int
) -> tuple[tuple[Layer, ...], tuple[Problem, ...]]:
    """Return the film's overlay, its times in frames of the film, and what is wrong with them."""
    return _placed(items, Extent(canvas, frames, 0, {}), "the overlay", "film")


def shifted(layers: Sequence[Layer], start: int) -> tuple[Layer, ...]:
    """Return layers of the film with their times in frames of the shot that begins at `start`."""
    return tuple(
        replace(
            earlier(layer, start),
            first=max(0, layer.first - start),
            last=None if layer.last is None else max(0, layer.last - start),
        )
        for layer in layers
    )


def _placed(
    items: Sequence[Item], extent: Extent, whose: str, what: str
) -> tuple[tuple[Layer, ...], tuple[Problem, ...]]:
    """Return the layers of a scene or a film, which is `what`, and what is wrong with times."""
    layers = []
    problems: list[Problem] = []
    for index, item in enumerate(items):
        first, last = _span(item, extent.canvas.fps, extent.body, extent.marks)
        problems += _never(item, (first, last, extent.body), whose, what)
        layer, wrong = moved(_layer(items, index, extent.canvas, first, last), item, extent)
        problems += wrong
        stands = extent.body if extent.hold else None
        layers.append(played(layer, item, extent.canvas.fps, stands))
    return tuple(layers), tuple(problems)


def _layer(
    items: Sequence[Item], index: int, canvas: Canvas, first: int, last: int | None
) -> Layer:
    item = items[index]
    keys = item.keys
    position, anchor = point(keys, canvas)
    spoken = {"lang": canvas.lang, "direction": "rtl" if canvas.rtl else "ltr"}
    moves = None if item.moves is None else (first, first + frame_at(item.moves, canvas.fps))
    return Layer(
        kind=item.kind,
        params={**item.params, **spoken} if "font" in item.params else item.params,
        position=position,
        anchor=anchor,
        width=keys.get("width"),
        height=keys.get("height"),
        opacity=float(keys.get("opacity", 1)),
        rotate=float(keys.get("rotate", 0)),
        scale=float(keys.get("scale", 1)),
        stack=_stack(items, index),
        first=first,
        last=last,
        moves=moves,
        name=item.name,
        place=item.place,
    )


def _stack(items: Sequence[Item], index: int) -> Stack | None:
    keys = items[index].keys
    for relation in _RELATIONS:
        if relation in keys:
            target = _target(items, index, keys[relation])
            return Stack(relation, target, float(keys.get("gap", 0)))  # type: ignore[arg-type]
    return None


def _target(items: Sequence[Item], index: int, name: str) -> int:
    if name == "previous":
        return index - 1
    return next(at for at, item in enumerate(items) if item.name == name)


_TIMES = {"at", "until", "for"}


def _span(
    item: Item, fps: Fraction, body: int, marks: Mapping[str, Fraction]
) -> tuple[int, int | None]:
    """Return the layer's first frame and the one after its last; None stands for the end."""
    if not item.keys.keys() & _TIMES:
        return 0, None
    length = body / fps
    first = moment(item.keys.get("at", Instant("start")), length, marks)
    last = None
    if "until" in item.keys:
        last = moment(item.keys["until"], length, marks)
    elif "for" in item.keys:
        last = first + item.keys["for"]
    end = None if last is None or frame_at(last, fps) >= body else frame_at(last, fps)
    return max(0, frame_at(first, fps)), end


def _never(
    item: Item, when: tuple[int, int | None, int], whose: str, what: str
) -> Iterator[Problem]:
    """Yield what is wrong with a layer's first frame, that after its last, and the end's."""
    first, last, end = when
    if last is not None and last <= first:
        says = f"this {item.kind} layer of {whose} would leave before it comes"
        yield Problem("never-shown", says, item.place, "check its `at`, `until` and `for`")
    elif first >= end:
        says = f"this {item.kind} layer of {whose} would come after the {what}'s end"
        yield Problem("never-shown", says, item.place, "use an earlier `at`", "warning")
