"""A caption's states: a page drawn in two colours, and of the marked word the other one's ink.

To draw the page anew for every word would cost more than all else of a film with such captions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from renderer.media.pixels import Pixels
from renderer.plain import canonical, plain
from renderer.text.drawing import mask, picture, set_out
from renderer.text.laying import Laid

Drawn = tuple[Pixels, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Page:
    """A text laid out for a box, and its parameters; `key` says all that its picture shows."""

    key: str
    box: tuple[float, float]
    laid: Laid = field(compare=False)
    params: Mapping[str, Any] = field(compare=False)


def marked(laid: Laid, params: Mapping[str, Any], box: tuple[float, float]) -> Drawn:
    """Return a caption just as `picture` draws it: RGBA, and its offset from the box."""
    word, accent = params["caption"]["marked"], params.get("accent")
    unmarked = {**params, "caption": {**params["caption"], "marked": None}}
    below, offset = _drawn(_page(laid, unmarked, box))
    if word is None or accent is None:
        return below, offset
    above, _ = _drawn(_page(laid, {**unmarked, "color": accent}, box))
    found = _cut_out(above, below, _inks(laid, params, box, word))
    return (found, offset) if found is not None else picture(laid, params, box)


def _page(laid: Laid, params: Mapping[str, Any], box: tuple[float, float]) -> _Page:
    return _Page(canonical(plain(params)), box, laid, params)


@lru_cache(maxsize=4)
def _drawn(page: _Page) -> Drawn:
    return picture(page.laid, page.params, page.box)


def _inks(
    laid: Laid, params: Mapping[str, Any], box: tuple[float, float], word: int
) -> tuple[Image.Image, Image.Image]:
    """Return the ink of a word and that of all else, masks as large as the picture."""
    lines, sheet = set_out(laid, params, box)
    runs = frozenset(placed.run for row in laid.rows for placed in row.runs)
    own = frozenset(run for run in runs if run.word == word)
    return mask(lines, sheet, 0, own), mask(lines, sheet, 0, runs - own)


def _cut_out(above: Pixels, below: Pixels, inks: tuple[Image.Image, Image.Image]) -> Pixels | None:
    """Return a picture with ink from another one; None where the rest of the ink touches it."""
    where = inks[0].getbbox()
    if where is None:
        return below
    ink, rest = (np.asarray(each.crop(where)) > 0 for each in inks)
    if (ink & rest).any():
        return None
    left, top, right, bottom = where
    done = below.copy()
    done[top:bottom, left:right][ink] = above[top:bottom, left:right][ink]
    return done
