"""Points of the canvas, moments of a scene, and motion: as asked for → pixels and frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from renderer.errors import Problem
from renderer.motion import Key, Motion
from renderer.nouns import Coming, Item, Step
from renderer.timeline import Canvas, Layer
from renderer.times import Instant, frame_at

MARGIN = 0.08
"""Free space at each edge that named positions keep, as a share of the canvas's shorter side."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A scene's canvas, its frames of body and hold, the moment of each mark in seconds."""

    canvas: Canvas
    body: int
    hold: int
    marks: Mapping[str, Fraction]

    def frame(self, at: Instant) -> int:
        """Return the frame of a moment; one before the scene is its first."""
        fps = self.canvas.fps
        return max(0, frame_at(moment(at, self.body / fps, self.marks), fps))


def moment(at: Instant, length: Fraction, marks: Mapping[str, Fraction]) -> Fraction:
    """Return a moment in seconds of a scene of a length."""
    bases = {"start": Fraction(0), "end": length, "share": at.share * length}
    return (marks[at.mark] if at.base == "mark" else bases[at.base]) + at.offset


def point(
    keys: Mapping[str, Any], canvas: Canvas
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where the layer's anchor lies on the canvas, and the anchor as shares of its box."""
    position = keys.get("position", "center")
    named = isinstance(position, str)
    anchor = canvas.shares(keys.get("anchor") or (position if named else "center"))
    if not named:
        return (float(position[0]), float(position[1])), anchor
    margin = MARGIN * min(canvas.width, canvas.height)
    across, down = canvas.shares(position)
    x = margin + across * (canvas.width - 2 * margin)
    y = margin + down * (canvas.height - 2 * margin)
    return (round(x, 3), round(y, 3)), anchor


def moved(layer: Layer, item: Item, extent: Extent) -> tuple[Layer, tuple[Problem, ...]]:
    """Return a layer that moves as its item asks, and what is wrong with the times of that.

    Where it goes by a motion it goes at the end of its scene at the latest, after the hold.
    """
    if not (item.enter or item.exit or item.animate or item.drifts):
        return layer, ()
    frames = extent.body + extent.hold
    last = layer.last if layer.last is not None or item.exit is None else frames
    shown = max(0, (frames if last is None else last) - layer.first)
    enter = _motion(item.enter, layer.first, shown, 1, extent.canvas)
    leave = _motion(item.exit, last or 0, shown, -1, extent.canvas)
    tracks = {name: _track(name, steps, extent) for name, steps in item.animate.items()}
    layer = replace(layer, last=last, enter=enter, exit=leave, animate=tracks)
    if item.drifts:
        layer = replace(layer, moves=(0, extent.body if extent.hold else None), pace=extent.body)
    return layer, tuple(_disorder(item, extent))


def _motion(coming: Coming | None, at: int, shown: int, side: int, canvas: Canvas) -> Motion | None:
    """Return a motion that begins at a frame, or at side −1 ends there; no longer than is shown."""
    frames = min(frame_at(coming.over, canvas.fps), shown) if coming else 0
    if coming is None or frames == 0:
        return None
    across, down = canvas.shares(coming.origin)
    first, last = (at, at + frames) if side > 0 else (at - frames, at)
    return Motion(coming.kind, first, last, coming.ease, (2 * across - 1, 2 * down - 1))


def _track(name: str, steps: Sequence[Step], extent: Extent) -> tuple[Key, ...]:
    return tuple(
        Key(extent.frame(each.at), _value(name, each, extent), each.ease) for each in steps
    )


def _value(name: str, step: Step, extent: Extent) -> tuple[float, ...]:
    if name != "position":
        return (float(step.value),)
    at, anchor = point(step.value, extent.canvas)
    return (*at, *anchor)


def _disorder(item: Item, extent: Extent) -> Iterator[Problem]:
    """Yield a problem for each value that would be reached before the one that it follows."""
    for name, steps in item.animate.items():
        for before, after in pairwise(steps):
            if extent.frame(after.at) < extent.frame(before.at):
                says = f"this {name} would be reached before the one before it"
                yield Problem("out-of-order", says, after.place, "check the times of `animate`")
