"""What a viewer would mind in a picture: text that is cut, tiny, pale, or in another text's way.

Contrast is that of WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) of relative luminances, 4.5 at the least
for body text and 3 for large text, which is 18 pt, or 14 pt if bold (success criterion 1.4.3).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.media.pixels import Pixels
from renderer.paint.boxes import Box, completed, layout, limits
from renderer.paint.ink import Ink, inks, seen_above, shared
from renderer.paint.plugins import plugin
from renderer.seen import on_screen
from renderer.text.drawing import padding
from renderer.text.laying import Laid, Wish, lay, wish
from renderer.timeline import Canvas, Layer, Segment

Finding = dict[str, Any]
"""`layer` (its number in the segment), `code`, `says` and `hint`."""

_LEGIBLE = 0.02
_LARGE = 0.054
_BOLD = 14 / 18
_SAFE = 0.05
_BODY_CONTRAST, _LARGE_CONTRAST = 4.5, 3.0
_WORST = 10
"""Per cent of the ink that may be paler than what is reported."""
_TOUCH = 0.02
"""Share of the smaller text's ink that may lie within another text."""
_SHOWN = 40


def look(request: tuple[Segment, int], path: Path) -> dict[str, list[Finding]]:
    """Write as JSON what is wrong with the text in a segment's frame, and return it."""
    segment, frame = request
    found = {"findings": list(findings(segment, frame))}
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return found


def findings(segment: Segment, frame: int) -> Iterator[Finding]:
    """Yield what is wrong with the text that is seen in a frame of a segment without transition.

    Of a text that lies over another its contrast is not told as well. Layers are counted through
    those of the scene, then those over it.
    """
    canvas, seen = segment.canvas, list(inks(segment, frame))
    overlaps = [*_covered(segment, seen, frame), *_overlaps(segment, seen, frame)]
    upper = {found["layer"] for found in overlaps}
    for ink in seen:
        asked, laid = _set(ink.layer, canvas)
        yield from _too_long(ink, asked, laid, canvas)
        yield from _outside(ink, canvas)
        if ink.index not in upper:
            yield from _pale(ink, asked.bold, laid.size * ink.layer.scale, canvas)
    yield from overlaps


def _is_caption(layer: Layer) -> bool:
    return "caption" in layer.params


def _covered(segment: Segment, seen: Sequence[Ink], frame: int) -> Iterator[Finding]:
    """Yield each text that a caption lies over, whether its box lets it shine through or not."""
    canvas, own = segment.canvas, segment.first + frame
    boxes = layout(segment.over, canvas)
    for layer, box in zip(segment.over, boxes, strict=True):
        if not _is_caption(layer) or not on_screen(layer, own):
            continue
        for ink in seen:
            if not _is_caption(ink.layer) and _within(ink, box) > _TOUCH:
                free = "bottom" if layer.anchor[1] < 0.5 else "top"
                hint = f"move it, or give the scene `captions: {{position: {free}}}` or "
                hint += "`captions: off`"
                yield _finding(ink, "under-captions", "lies under the captions", hint)


def _within(ink: Ink, box: Box) -> float:
    """Return the share of a text's ink that lies in a box of the canvas."""
    left, top = (max(0, round(edge)) for edge in (box.x - ink.left, box.y - ink.top))
    right, bottom = box.x + box.width - ink.left, box.y + box.height - ink.top
    inside = ink.core[top : max(0, round(bottom)), left : max(0, round(right))]
    return float(inside.sum() / max(1, ink.core.sum()))


def _finding(ink: Ink, code: str, says: str, hint: str) -> Finding:
    words = " ".join(str(ink.layer.params["text"]).split())
    short = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
    return {"layer": ink.index, "code": code, "says": f"the text '{short}' {says}", "hint": hint}


def _set(layer: Layer, canvas: Canvas) -> tuple[Wish, Laid]:
    """Return what a text layer asks for, and how it is laid out."""
    params = completed(layer, canvas)
    width, height = limits(layer, canvas, plugin("layers", "text"))
    room = 2 * padding(params)
    asked = wish(params, (width - room, height - room))
    return asked, lay(asked)


def _side(canvas: Canvas) -> int:
    """Return the side of the canvas that sizes of type are shares of."""
    return canvas.width if canvas.height > canvas.width else canvas.height


def _too_long(ink: Ink, asked: Wish, laid: Laid, canvas: Canvas) -> Iterator[Finding]:
    high = len(laid.rows) * asked.leading * laid.size
    tiny = laid.size < min(asked.size, _LEGIBLE * _side(canvas))
    if laid.width > asked.width + 1 or high > asked.height + 1:
        says = f"is larger than its box of {_size(asked)}"
    elif len(laid.rows) > asked.most_lines:
        says = f"takes {len(laid.rows)} lines, more than the {asked.most_lines} it may"
    elif tiny:
        says = f"fits its box only at {laid.size:.0f} px, too small to read"
    else:
        return
    yield _finding(ink, "text-too-long", says, "say less, or give it more room")


def _size(asked: Wish) -> str:
    return f"{asked.width:.0f}x{asked.height:.0f} px"


def _outside(ink: Ink, canvas: Canvas) -> Iterator[Finding]:
    left, top, right, bottom = ink.edges
    over = max(-left, -top, right - canvas.width, bottom - canvas.height)
    safe = round(_SAFE * min(canvas.width, canvas.height))
    if over > 0:
        says = f"reaches {over} px beyond the canvas"
    elif over > -safe:
        says = f"comes within {-over} px of the canvas's edge; {safe} px are safe on every screen"
    else:
        return
    yield _finding(ink, "outside-canvas", says, "move it inwards, or set it smaller")


def _pale(ink: Ink, bold: bool, size: float, canvas: Canvas) -> Iterator[Finding]:
    large = size >= _LARGE * _side(canvas) * (_BOLD if bold else 1)
    asked = _LARGE_CONTRAST if large else _BODY_CONTRAST
    measured = contrast(ink, canvas)
    if measured < asked:
        kind = "large" if large else "body"
        says = f"has a contrast of {measured:.1f}:1; {kind} text needs {asked:g}:1"
        yield _finding(ink, "low-contrast", says, "change its colour or what is under it")


def contrast(ink: Ink, canvas: Canvas) -> float:
    """Return the contrast of a text's ink to what is under it; a tenth of the ink has less.

    It is 21 where no ink is on the canvas.
    """
    _, own = shared(canvas, ink.pixels, (ink.left, ink.top))
    core = ink.core[own]
    letters, under = ink.pixels[own][core], ink.under[core]
    if not core.any():
        return 21.0
    alpha = letters[:, 3:].astype(np.float32) * np.float32(min(1.0, ink.layer.opacity) / 255)
    over = letters[:, :3] * alpha + under * (1 - alpha)
    one, two = luminance(over), luminance(under)
    ratios = (np.maximum(one, two) + 0.05) / (np.minimum(one, two) + 0.05)
    return float(np.percentile(ratios, _WORST))


def luminance(colors: Pixels | NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the relative luminance, 0–1, of sRGB colours (n, 3) of 0–255 (WCAG 2.2)."""
    shares = np.asarray(colors, np.float32) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722], np.float32), np.float32)


def _overlaps(segment: Segment, seen: Sequence[Ink], frame: int) -> Iterator[Finding]:
    canvas = segment.canvas
    for lower, upper in combinations(seen, 2):
        if _is_caption(upper.layer) or _apart(lower, upper) or not _touch(lower, upper, canvas):
            continue
        if seen_above(segment, lower, frame):
            other = _finding(lower, "", "", "")["says"].removeprefix("the text ").strip()
            says = f"lies over the text {other}"
            yield _finding(upper, "overlap", says, "move one of them, or let one leave first")


def _apart(one: Ink, two: Ink) -> bool:
    """Return whether the boxes around two texts' ink have nothing in common."""
    a, b = one.edges, two.edges
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def _touch(one: Ink, two: Ink, canvas: Canvas) -> bool:
    """Return whether the ink of a text lies among the letters of another."""
    masks = [each.on(canvas) for each in (one, two)]
    fewest = min(int(mask.sum()) for mask in masks)
    wide = [_closed(mask, each) for mask, each in zip(masks, (one, two), strict=True)]
    shared = int((wide[0] & wide[1] & (masks[0] | masks[1])).sum())
    return fewest > 0 and shared > _TOUCH * fewest


def _closed(mask: NDArray[np.bool_], ink: Ink) -> NDArray[np.bool_]:
    """Return a mask of ink with the gaps between neighbouring letters closed."""
    reach = max(3, round(float(ink.layer.params["size"]) * ink.layer.scale / 3)) | 1
    block = np.ones((1, reach), np.uint8)
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, block) > 0)
