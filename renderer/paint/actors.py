"""Layers on the stage: each with its box, its identity, and the texts that it must shade."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from renderer.paint.boxes import Box
from renderer.paint.drawing import identity, moves
from renderer.timeline import Canvas, Layer


@dataclass(frozen=True, slots=True)
class Actor:
    """A layer, its box, and the key of its picture as far as it does not depend on the frame."""

    layer: Layer
    box: Box
    key: Hashable
    moves: bool

    def shows(self, frame: int) -> bool:
        """Return whether the layer is on screen in a frame of its shot."""
        last = self.layer.last
        return self.layer.first <= frame and (last is None or frame < last)


def actor(layer: Layer, box: Box, canvas: Canvas) -> Actor:
    """Return the layer in its box."""
    return Actor(layer, box, identity(layer, box, canvas), moves(layer))


def with_texts(shown: Sequence[Actor], canvas: Canvas) -> list[Actor]:
    """Return the actors of a frame, bottom first; one with a `scrim` is told what is written on it.

    Its parameters get `texts`: left, top, width and height of each text above it, in pixels of its
    own box, and the text's colour.
    """
    return [
        _told(one, shown[index + 1 :], canvas) if one.layer.params.get("scrim") else one
        for index, one in enumerate(shown)
    ]


def _told(one: Actor, above: Sequence[Actor], canvas: Canvas) -> Actor:
    texts = [
        (each.box.x - one.box.x, each.box.y - one.box.y, each.box.width, each.box.height, color)
        for each in above
        if each.layer.kind == "text" and (color := each.layer.params.get("color"))
    ]
    params = {**one.layer.params, "texts": texts}
    return actor(replace(one.layer, params=params), one.box, canvas)
