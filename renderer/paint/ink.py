"""The letters of a text layer by themselves: where their ink lies, its colour, what is under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renderer.media.pixels import Pixels
from renderer.paint import paint, rgb
from renderer.paint.boxes import Box, completed, layout
from renderer.paint.drawing import elapsed, moved
from renderer.paint.plugins import plugin
from renderer.seen import animated, on_screen
from renderer.timeline import Canvas, Layer, Segment

_INK = 0.8
"""Share of the strongest alpha from which a pixel counts as ink, not as a letter's edge."""

_SEEN = 4
"""Steps of luma by which a letter has to change the picture to be seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """A text layer's letters: RGBA pixels with straight alpha, and their top left on the canvas.

    `under` is what they are laid on, RGB, as far as it is on the canvas, with the text's own box,
    outline and shadow; `index` is the layer's number in its segment, those
    over the scene counted last.
    """

    index: int
    layer: Layer
    pixels: Pixels
    left: int
    top: int
    under: Pixels

    @property
    def core(self) -> NDArray[np.bool_]:
        """Return (height, width): which pixels are ink through and through."""
        alpha = self.pixels[..., 3]
        return np.asarray((alpha > 0) & (alpha >= _INK * alpha.max(initial=0)))

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the ink on the canvas."""
        rows, columns = np.nonzero(self.core.any(axis=1))[0], np.nonzero(self.core.any(axis=0))[0]
        left, top = self.left + int(columns[0]), self.top + int(rows[0])
        return left, top, self.left + int(columns[-1]) + 1, self.top + int(rows[-1]) + 1

    def on(self, canvas: Canvas) -> NDArray[np.bool_]:
        """Return the ink as a mask of the whole canvas."""
        done = np.zeros((canvas.height, canvas.width), np.bool_)
        there, own = shared(canvas, self.pixels, (self.left, self.top))
        done[there] = self.core[own]
        return done


def shared(
    canvas: Canvas, pixels: Pixels, at: tuple[int, int]
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Return the part that canvas and pixels share, as rows and columns of each of the two."""
    height, width = pixels.shape[:2]
    down, down_own = _common(at[1], height, canvas.height)
    across, across_own = _common(at[0], width, canvas.width)
    return (down, across), (down_own, across_own)


def _common(start: int, length: int, room: int) -> tuple[slice, slice]:
    """Return what a stretch and the first `room` places share, counted in both."""
    first = max(0, start)
    last = max(first, min(room, start + length))
    return slice(first, last), slice(first - start, last - start)


def inks(segment: Segment, frame: int) -> Iterator[Ink]:
    """Yield the letters of every readable text that is seen in a frame of a segment, bottom first.

    A text is readable if it has a letter or a digit: a large quotation mark is an ornament.
    """
    canvas, own = segment.canvas, segment.first + frame
    segment = _with(segment, [animated(layer, own) for layer in _every(segment)])
    boxes = [*layout(segment.layers, canvas), *layout(segment.over, canvas)]
    for index, (layer, box) in enumerate(zip(_every(segment), boxes, strict=True)):
        if not on_screen(layer, own) or not layer.opacity or not _readable(layer):
            continue
        pixels, at = _letters(layer, box, canvas, own)
        if pixels[..., 3].any():
            under = rgb(paint(_up_to(segment, index), frame))
            part = under[shared(canvas, pixels, at)[0]].copy()
            yield Ink(index, _as_text(layer, canvas, own), pixels, *at, part)


def _every(segment: Segment) -> tuple[Layer, ...]:
    return (*segment.layers, *segment.over)


def _with(segment: Segment, layers: Sequence[Layer]) -> Segment:
    """Return a segment with others in place of its layers and those over them."""
    count = len(segment.layers)
    return replace(segment, layers=tuple(layers[:count]), over=tuple(layers[count:]))


def _readable(layer: Layer) -> bool:
    counts = layer.kind == "counter"
    return counts or (layer.kind == "text" and any(map(str.isalnum, str(layer.params["text"]))))


def _as_text(layer: Layer, canvas: Canvas, frame: int) -> Layer:
    """Return a counter as a text of what it shows in a frame; a text as it is."""
    if layer.kind == "text":
        return layer
    params, unit = layer.params, layer.params.get("unit")
    number = plugin("layers", layer.kind).state(completed(layer, canvas), elapsed(layer, frame))
    text = str(params["counter"]).replace("{}", number) + (f" {unit}" if unit else "")
    return replace(layer, kind="text", params={**params, "text": text})


def _up_to(segment: Segment, number: int) -> Segment:
    """Return a segment in which neither a text's letters nor any layer above it are seen.

    The layers stay, for what is beneath may depend on what is written over it.
    """
    every = _every(segment)
    above = (replace(layer, opacity=0.0) for layer in every[number + 1 :])
    return _with(segment, [*every[:number], _bare(every[number]), *above])


def _bare(layer: Layer) -> Layer:
    """Return a text layer whose letters are not seen; box, outline and shadow are."""
    if not any(layer.params.get(part) for part in ("background", "stroke", "shadow")):
        return replace(layer, opacity=0.0)
    unseen = {name: "#00000000" for name in ("color", "accent") if layer.params.get(name)}
    return replace(layer, params={**layer.params, **unseen})


def _letters(layer: Layer, box: Box, canvas: Canvas, frame: int) -> tuple[Pixels, tuple[int, int]]:
    """Return the letters of a text layer in their colours, without what else is drawn with them."""
    params: dict[str, Any] = {**completed(layer, canvas), "stroke": None, "shadow": None}
    if params.get("background"):
        params["background"] = {**params["background"], "color": "#00000000"}
    drawn = plugin("layers", layer.kind).draw
    pixels, offset = drawn(params, (box.width, box.height), elapsed(layer, frame))
    return moved(pixels, offset, box, layer)


def seen_above(segment: Segment, ink: Ink, frame: int) -> bool:
    """Return whether the letters of a text still show when all layers are laid over them."""
    layers = list(_every(segment))
    layers[ink.index] = _bare(ink.layer)
    pictures = paint(segment, frame), paint(_with(segment, layers), frame)
    with_it, without = (picture.y.astype(np.int16) for picture in pictures)
    changed = np.abs(with_it - without)[ink.on(segment.canvas)]
    return bool(changed.size and np.median(changed) > _SEEN)
