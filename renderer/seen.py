"""Layers as far as a stretch of frames can tell them apart: what is over, or far off, is left out.

What is alike is then equal, so that equal pictures have one key in the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from renderer.motion import Key, Motion, value_at
from renderer.timeline import Layer

TRAVELS = ("position", "width", "height")
"""The properties with which a layer's box changes, and what stands on it."""

Span = tuple[int, int | None]
"""A first frame and the one after the last; None is without end."""


def spans(layer: Layer) -> Iterator[Span]:
    """Yield the stretches of frames in which a layer moves, seen or not."""
    if layer.moves:
        yield layer.moves
    for motion in (layer.enter, layer.exit):
        if motion:
            yield motion.first, motion.last
    for track in layer.animate.values():
        yield from _steps(track)


def elapsed(moves: Span, frame: int) -> int:
    """Return how many frames of its motion a layer has behind it in a frame of its shot."""
    first, last = moves
    done = max(frame - first, 0)
    return done if last is None else min(done, last - first)


def moving(layers: Sequence[Layer], frame: int) -> bool:
    """Return whether any of the layers, as it is seen, moves in a frame.

    One that is not seen moves what is stacked on it.
    """
    targets = {layer.stack.target for layer in layers if layer.stack}
    return any(
        _within(spans(layer), frame)
        if on_screen(layer, frame)
        else index in targets and _within(_travels(layer), frame)
        for index, layer in enumerate(layers)
    )


def _travels(layer: Layer) -> Iterator[Span]:
    for name in TRAVELS:
        yield from _steps(layer.animate.get(name, ()))


def _within(stretches: Iterable[Span], frame: int) -> bool:
    return any(first <= frame and (last is None or frame < last) for first, last in stretches)


def _steps(track: Sequence[Key]) -> Iterator[Span]:
    """Yield the stretches between the keys of a track in which its value changes."""
    for before, after in pairwise(track):
        if before.value != after.value:
            yield before.frame, after.frame


def on_screen(layer: Layer, frame: int) -> bool:
    """Return whether a layer is there in a frame."""
    return layer.first <= frame and (layer.last is None or frame < layer.last)


def at(layers: Sequence[Layer], frame: int) -> tuple[Layer, ...]:
    """Return the layers on screen at a frame, as if they always were and it were their frame 0."""
    there = [animated(layer, frame) for layer in layers]
    return tuple(_shifted(layer, frame) for layer in during(there, frame, frame + 1))


def leaving(layers: Sequence[Layer], frames: int) -> tuple[Layer, ...]:
    """Return the layers of a shot beyond its end: what is there in its last frame goes on."""
    there = [replace(one, last=0) if one.first >= frames else one for one in layers]
    return at(there, frames)


def earlier(layer: Layer, frames: int) -> Layer:
    """Return a layer whose motions are some frames earlier."""
    if not (layer.moves or layer.enter or layer.exit or layer.animate):
        return layer
    moves, tracks = layer.moves, layer.animate.items()
    return replace(
        layer,
        moves=moves and (moves[0] - frames, None if moves[1] is None else moves[1] - frames),
        enter=_motion(layer.enter, frames),
        exit=_motion(layer.exit, frames),
        animate={name: tuple(_key(key, frames) for key in track) for name, track in tracks},
    )


def _motion(motion: Motion | None, frames: int) -> Motion | None:
    if motion is None:
        return None
    return replace(motion, first=motion.first - frames, last=motion.last - frames)


def _key(key: Key, frames: int) -> Key:
    return replace(key, frame=key.frame - frames)


def _shifted(layer: Layer, frame: int) -> Layer:
    """Return a layer whose motion at frame 0 is where it was at a frame; it stays within reach."""
    sooner = earlier(layer, frame)
    return replace(sooner, moves=_begun(layer.moves, frame)) if layer.moves else sooner


def _begun(moves: Span, frame: int) -> Span:
    first, last = moves
    if last is None:
        return first - frame, None
    done = min(max(frame - first, 0), last - first)
    return -done, last - first - done


def during(layers: Sequence[Layer], first: int, last: int) -> tuple[Layer, ...]:
    """Return the layers as far as frames `first` up to `last` can tell them apart.

    A layer that is off screen throughout stays, invisible, where another is stacked on it, or a
    picture under it is shaded for what is written there in its time.
    """
    if not any(layer.stack or layer.params.get("scrim") for layer in layers):
        layers = [one for one in layers if _met(one, first, last)]
    kept = [_clamped(layer, first, last) for layer in layers]
    needed = _needed(kept)
    moved = {old: new for new, old in enumerate(sorted(needed))}
    return tuple(_restacked(kept[index], moved) for index in sorted(needed))


def _restacked(layer: Layer, moved: Mapping[int, int]) -> Layer:
    """Return a layer that is stacked on the same one, where layers have other numbers."""
    stack = layer.stack
    if stack is None or moved[stack.target] == stack.target:
        return layer
    return replace(layer, stack=replace(stack, target=moved[stack.target]))


def _met(layer: Layer, first: int, last: int) -> bool:
    """Return whether a layer is on screen in any of some frames."""
    return layer.first < last and (layer.last is None or layer.last > first)


def _clamped(layer: Layer, first: int, last: int) -> Layer:
    end = None if layer.last is None or layer.last >= last else max(layer.last, first)
    begin = 0 if layer.first <= first else min(layer.first, last)
    layer = _folded(layer, first, last)
    if begin == last or end == first:
        return replace(layer, first=0, last=0, moves=None, pace=None, enter=None, exit=None)
    enter = layer.enter if layer.enter and first < layer.enter.last else None
    leave = layer.exit if layer.exit and layer.exit.first < last else None
    if (begin, end, enter, leave) == (layer.first, layer.last, layer.enter, layer.exit):
        return layer
    return replace(layer, first=begin, last=end, enter=enter, exit=leave)


def _folded(layer: Layer, first: int, last: int) -> Layer:
    """Return a layer whose values that stand throughout the frames are simply its own."""
    if not layer.animate:
        return layer
    kept: dict[str, tuple[Key, ...]] = {}
    found: dict[str, Any] = {}
    for name, track in layer.animate.items():
        part = _part(track, first, last)
        if any(one.value != part[0].value for one in part):
            kept[name] = part
        else:
            found |= named(name, part[0].value)
    return replace(layer, animate=kept, **found)


def _part(track: Sequence[Key], first: int, last: int) -> tuple[Key, ...]:
    """Return the keys between which some frames lie, or the one that holds throughout."""
    begin = max((i for i, key in enumerate(track) if key.frame <= first), default=0)
    end = min((i for i, key in enumerate(track) if key.frame >= last - 1), default=len(track) - 1)
    part = track[begin : max(begin, end) + 1]
    return (replace(part[0], ease="linear"), *part[1:])


def named(name: str, value: Sequence[float]) -> dict[str, Any]:
    """Return the fields of a layer that a value of one of its tracks stands for."""
    if name == "position":
        return {"position": (value[0], value[1]), "anchor": (value[2], value[3])}
    return {name: value[0]}


def animated(layer: Layer, frame: int) -> Layer:
    """Return a layer with the values that its tracks have in a frame."""
    if not layer.animate:
        return layer
    found: dict[str, Any] = {}
    for name, track in layer.animate.items():
        found |= named(name, value_at(track, frame))
    return replace(layer, animate={}, **found)


def _needed(layers: Sequence[Layer]) -> set[int]:
    needed = {index for index, layer in enumerate(layers) if layer.last != 0}
    shaded = [index for index in needed if layers[index].params.get("scrim")]
    if shaded:
        texts = {index for index, layer in enumerate(layers) if layer.kind == "text"}
        needed |= {index for index in texts if index > min(shaded)}
    queue = sorted(needed)
    while queue:
        stack = layers[queue.pop()].stack
        if stack and stack.target not in needed:
            needed.add(stack.target)
            queue.append(stack.target)
    return needed
