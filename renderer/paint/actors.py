"""Layers on the stage: each with its box, its identity, and the texts that it must shade."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from renderer.paint.boxes import Box
from renderer.paint.drawing import identity
from renderer.paint.plugins import plugin
from renderer.seen import TRAVELS, on_screen
from renderer.timeline import Canvas, Layer


@dataclass(frozen=True, slots=True)
class Actor:
    """A layer, its box, and the key of its picture as far as it does not depend on the frame.

    One that is `posed` comes, goes or is animated: its picture is drawn upright and opaque, and
    the key is that of such a picture. `index` is its number among the layers.
    """

    layer: Layer
    box: Box
    key: Hashable
    index: int
    posed: bool

    @property
    def moves(self) -> bool:
        """Return whether the layer may look different in another frame."""
        return self.posed or self.layer.moves is not None or hasattr(self.kind, "state")

    @property
    def kind(self) -> Any:
        """Return the plug-in that draws the layer."""
        return plugin("layers", self.layer.kind)

    @property
    def empty(self) -> bool:
        """Return whether the layer's box has a side without length in every frame."""
        sides = {"width": self.layer.width, "height": self.layer.height}
        return any(side == 0 and name not in self.layer.animate for name, side in sides.items())

    def shows(self, frame: int) -> bool:
        """Return whether the layer is on screen in a frame of its shot."""
        return on_screen(self.layer, frame)


def acting(layers: Sequence[Layer], boxes: Sequence[Box], canvas: Canvas) -> tuple[Actor, ...]:
    """Return the layers in their boxes, bottom first."""
    travel = any(layer.animate.keys() & set(TRAVELS) for layer in layers)
    return tuple(
        _actor(layer, box, canvas, index, travel and bool(layer.stack))
        for index, (layer, box) in enumerate(zip(layers, boxes, strict=True))
    )


def _actor(layer: Layer, box: Box, canvas: Canvas, index: int, carried: bool) -> Actor:
    posed = carried or bool(layer.enter or layer.exit or layer.animate)
    return Actor(
        layer, box, identity(upright(layer) if posed else layer, box, canvas), index, posed
    )


def upright(layer: Layer) -> Layer:
    """Return the layer as it is drawn before it is moved: opaque, not turned, at its own size."""
    return replace(layer, opacity=1.0, rotate=0.0, scale=1.0, enter=None, exit=None, animate={})


def grown(one: Actor, box: Box, canvas: Canvas) -> Actor:
    """Return an actor as it is drawn in a box of another size."""
    layer = replace(one.layer, width=box.width, height=box.height)
    return replace(one, layer=layer, box=box, key=identity(upright(layer), box, canvas))


def with_texts(every: Sequence[Actor], frame: int, canvas: Canvas) -> list[Actor]:
    """Return the actors on screen in a frame, bottom first; one with a `scrim` is told of texts.

    Its parameters get `texts`: left, top, width and height of each text above it, in pixels of its
    own box, and the text's colour; of those to come and of those gone too, so that the shade stays.
    """
    return [
        _told(one, every[index + 1 :], canvas) if one.layer.params.get("scrim") else one
        for index, one in enumerate(every)
        if one.shows(frame)
    ]


def _told(one: Actor, above: Sequence[Actor], canvas: Canvas) -> Actor:
    texts = [
        (each.box.x - one.box.x, each.box.y - one.box.y, each.box.width, each.box.height, color)
        for each in above
        if each.layer.kind == "text" and (color := each.layer.params.get("color"))
    ]
    params = {**one.layer.params, "texts": texts}
    layer = replace(one.layer, params=params)
    return _actor(layer, one.box, canvas, one.index, one.posed)
