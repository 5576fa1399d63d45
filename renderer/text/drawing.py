"""A laid-out text to pixels: background, shadow, stroke, letters; nothing of them is clipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any

import numpy as np
from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

from renderer.errors import Problem, RenderError
from renderer.media.pixels import Pixels
from renderer.text.laying import Laid, Placed
from renderer.text.shaping import Run, ink, write
from renderer.text.typing import Line, typed

_ALIGN = {"start": 0.0, "center": 0.5, "end": 1.0}
_SMOOTH = 4
_MOST_PIXELS = 64_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The picture's size, and the pixel of it where the layer's box begins."""

    size: tuple[int, int]
    origin: tuple[int, int]


def picture(
    laid: Laid, params: Mapping[str, Any], box: tuple[float, float]
) -> tuple[Pixels, tuple[int, int]]:
    """Return the text as RGBA (height, width, 4), straight alpha, and its offset from the box.

    The text's lines stand within `box` less the background's padding, aligned by the parameters.
    `typed` among them is how many letters are there, all without it.
    """
    lines, sheet = set_out(laid, params, box)
    if "typed" in params:
        lines = typed(lines, int(params["typed"]))
    done = Image.new("RGBA", sheet.size)
    for part in (_background(params, box, sheet), *_letters(lines, params, sheet)):
        if part:
            done.alpha_composite(part)
    return np.asarray(done), (-sheet.origin[0], -sheet.origin[1])


def set_out(
    laid: Laid, params: Mapping[str, Any], box: tuple[float, float]
) -> tuple[list[Line], Sheet]:
    """Return where a text's lines stand in its box, and the picture that holds them."""
    lines = _lines(laid, params, box)
    return lines, _sheet(lines, params, box)


def padding(params: Mapping[str, Any]) -> float:
    """Return the room in pixels between the text and the edge of its box."""
    return float((params.get("background") or {}).get("padding", 0))


def _lines(laid: Laid, params: Mapping[str, Any], box: tuple[float, float]) -> list[Line]:
    """Return each row with the pixel of the box where its left end and its baseline stand."""
    room, share = padding(params), _ALIGN[params.get("align", "start")]
    side = 1 - share if params.get("direction") == "rtl" else share
    free = box[0] - 2 * room
    return [
        (row, round(room + (free - row.width) * side), round(room) + row.baseline)
        for row in laid.rows
    ]


def _sheet(lines: list[Line], params: Mapping[str, Any], box: tuple[float, float]) -> Sheet:
    """Return a picture that holds the box's background and all ink with its stroke and shadow."""
    edges: list[tuple[float, float, float, float]] = []
    edges += [(0, 0, ceil(box[0]), ceil(box[1]))] if params.get("background") else []
    stroke = _stroke(params)
    for row, x, y in lines:
        for placed in row.runs:
            left, top, right, bottom = ink(placed.run, stroke)
            edges.append((x + placed.x + left, y + top, x + placed.x + right, y + bottom))
    blur, fall = _shadow(params)
    left = int(min((edge[0] for edge in edges), default=0)) - blur - 2
    top = int(min((edge[1] for edge in edges), default=0)) - blur - 2
    right = ceil(max((edge[2] for edge in edges), default=1)) + blur + 2
    bottom = ceil(max((edge[3] for edge in edges), default=1)) + blur + fall + 2
    return Sheet(_bounded(right - left, bottom - top), (-left, -top))


def _bounded(width: int, height: int) -> tuple[int, int]:
    if width * height > _MOST_PIXELS:
        says = f"this text would take {width}x{height} pixels"
        raise RenderError(Problem("text-too-large", says, hint="use a smaller `size` or less text"))
    return width, height


def _stroke(params: Mapping[str, Any]) -> int:
    stroke = params.get("stroke")
    return max(1, round(stroke["width"])) if stroke and stroke["width"] > 0 else 0


def _shadow(params: Mapping[str, Any]) -> tuple[int, int]:
    """Return how far a shadow reaches around the letters, and how far it falls."""
    shadow = params.get("shadow")
    return (ceil(shadow["blur"] * 3), round(shadow["offset"])) if shadow else (0, 0)


def _background(
    params: Mapping[str, Any], box: tuple[float, float], sheet: Sheet
) -> Image.Image | None:
    background = params.get("background")
    if not background:
        return None
    mask = Image.new("L", sheet.size)
    mask.paste(_plate(round(box[0]), round(box[1]), background.get("radius", 0)), sheet.origin)
    return _painted(mask, background["color"])


@lru_cache(maxsize=4)
def _plate(width: int, height: int, radius: float) -> Image.Image:
    """Return the mask of a box with rounded corners; captions ask for the same one many times."""
    large = Image.new("L", (width * _SMOOTH, height * _SMOOTH))
    round_by = min(radius, width / 2, height / 2) * _SMOOTH
    corner = (0, 0, width * _SMOOTH - 1, height * _SMOOTH - 1)
    ImageDraw.Draw(large).rounded_rectangle(corner, round_by, fill=255)
    return large.resize((width, height), Image.Resampling.BOX)


def _letters(
    lines: list[Line], params: Mapping[str, Any], sheet: Sheet
) -> list[Image.Image | None]:
    width = _stroke(params)
    outline = mask(lines, sheet, width) if width else None
    fallen = _fallen(outline or mask(lines, sheet, 0), params) if params.get("shadow") else None
    return [
        fallen,
        _painted(outline, params["stroke"]["color"]) if outline else None,
        *_colored(lines, params, sheet),
    ]


def _colored(
    lines: list[Line],
    params: Mapping[str, Any],
    sheet: Sheet,
) -> list[Image.Image]:
    """Return the letters in their colour; strong ones in the accent, where there is one.

    So is the word of a caption that is marked.
    """
    color, accent = params.get("color", "#ffffffff"), params.get("accent")
    marked = (params.get("caption") or {}).get("marked")
    runs = [placed.run for row, _, _ in lines for placed in row.runs]
    stressed = frozenset(run for run in runs if run.strong or run.word == marked)
    if accent is None or not stressed:
        return [_painted(mask(lines, sheet, 0), color)]
    parts = (frozenset(runs) - stressed, color), (stressed, accent)
    return [_painted(mask(lines, sheet, 0, one), tint) for one, tint in parts if one]


def mask(
    lines: list[Line],
    sheet: Sheet,
    stroke: int,
    chosen: frozenset[Run] | None = None,
) -> Image.Image:
    """Return the ink of all runs, or of those that are chosen."""
    mask = Image.new("L", sheet.size)
    for row, x, y in lines:
        for placed in row.runs:
            if chosen is None or placed.run in chosen:
                at = (x + placed.x + sheet.origin[0], y + sheet.origin[1])
                if placed.seen is None:
                    write(mask, at, placed.run, stroke)
                else:
                    mask.paste(ImageChops.lighter(mask, _begun(placed, at, sheet, stroke)))
    return mask


def _begun(placed: Placed, at: tuple[int, int], sheet: Sheet, stroke: int) -> Image.Image:
    """Return the ink of a run between the edges within which it is seen."""
    left, right = placed.seen or (None, None)
    whole = Image.new("L", sheet.size)
    write(whole, at, placed.run, stroke)
    first = 0 if left is None else max(0, round(at[0] + left))
    last = sheet.size[0] if right is None else max(first, round(at[0] + right))
    part = (first, 0, last, sheet.size[1])
    done = Image.new("L", sheet.size)
    done.paste(whole.crop(part), part[:2])
    return done


def _fallen(mask: Image.Image, params: Mapping[str, Any]) -> Image.Image:
    shadow = params["shadow"]
    lower = Image.new("L", mask.size)
    lower.paste(mask, (0, _shadow(params)[1]))
    return _painted(lower.filter(ImageFilter.GaussianBlur(shadow["blur"])), shadow["color"])


def _painted(mask: Image.Image, color: str) -> Image.Image:
    """Return a colour seen through a mask; the colour's own alpha counts too."""
    red, green, blue, alpha = ImageColor.getcolor(color, "RGBA")  # type: ignore[misc]
    done = Image.new("RGBA", mask.size, (red, green, blue))
    done.putalpha(mask.point([value * alpha // 255 for value in range(256)]))
    return done
