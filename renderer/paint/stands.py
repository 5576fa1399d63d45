"""Where layers that travel or grow stand in a frame: by parts of a pixel, at rest on whole ones.

What stands is drawn at whole pixels. So that nothing jumps when a motion ends, the way between two
keys is led from the whole pixel of the one to that of the other: half a pixel off at the most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from renderer.paint.boxes import Box, layout
from renderer.seen import TRAVELS, animated
from renderer.timeline import Canvas, Layer


@dataclass(frozen=True, slots=True)
class Stand:
    """A layer's box in a frame, and what is added to its sides where pixels are concerned.

    `size` is that of its box on pixels, None where it is drawn once and only moved.
    """

    box: Box
    left: float
    top: float
    size: tuple[float, float] | None = None


def resting(box: Box) -> Stand:
    """Return where a layer stands that does not travel: its corner on a whole pixel."""
    return Stand(box, round(box.x) - box.x, round(box.y) - box.y)


class Stands:
    """Where each of some layers stands in a frame; what is alike in all frames is kept."""

    def __init__(self, layers: Sequence[Layer], canvas: Canvas) -> None:
        self.boxes = layout(layers, canvas)
        self._layers, self._canvas = layers, canvas
        self._keys = [sorted(set(_keys(index, layers, set()))) for index in range(len(layers))]
        self._known: dict[int, list[Box]] = {}

    def at(self, frame: int) -> list[Stand]:
        """Return where every layer stands in a frame of its shot."""
        if not any(self._keys):
            return [resting(box) for box in self.boxes]
        boxes = self._laid(frame)
        return [self._stand(index, box, frame) for index, box in enumerate(boxes)]

    def _laid(self, frame: int) -> list[Box]:
        return layout([animated(layer, frame) for layer in self._layers], self._canvas)

    def _stand(self, index: int, box: Box, frame: int) -> Stand:
        keys = self._keys[index]
        if not keys:
            return resting(box)
        before = max((key for key in keys if key <= frame), default=keys[0])
        after = min((key for key in keys if key >= frame), default=keys[-1])
        share = (frame - before) / (after - before) if after > before else 0.0
        pairs = zip(self._rest(before, index), self._rest(after, index), strict=True)
        left, top, wide, high = (one + (two - one) * share for one, two in pairs)
        grows = self._layers[index].animate.keys() & {"width", "height"}
        size = (max(0.0, box.width + wide), max(0.0, box.height + high)) if grows else None
        return Stand(box, left, top, size)

    def _rest(self, key: int, index: int) -> list[float]:
        """Return what the sides of a box lack to whole pixels in the frame of a key."""
        if key not in self._known:
            self._known[key] = self._laid(key)
        return [round(side) - side for side in astuple(self._known[key][index])]


def _keys(index: int, layers: Sequence[Layer], via: set[int]) -> Iterator[int]:
    """Yield the frames of the keys by which a layer travels, or one that it stands on."""
    layer = layers[index]
    for name in TRAVELS:
        yield from (key.frame for key in layer.animate.get(name, ()))
    if layer.stack and index not in via:
        yield from _keys(layer.stack.target, layers, via | {index})
