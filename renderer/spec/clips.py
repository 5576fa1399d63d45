"""Videos as written → Clips: measured, trimmed, and held to what may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import Any

from renderer.clips import Unusable, measured
from renderer.fitting import boxed, ratios
from renderer.profile import profile
from renderer.spec.context import Context
from renderer.spec.sounds import SILENT, decibels
from renderer.templates import Part
from renderer.times import clock, seconds
from renderer.videos import Clip, Measured

_SPARE = Fraction(1, 10)
"""Seconds by which a stretch may reach over a video's end; its last picture stands there."""
OWN = ("trim", "loop", "gain")
"""Keys of a video that say when it plays and how loud, not how it looks."""


def clip_of(
    layer: Part, params: Mapping[str, Any], keys: Mapping[str, Any], context: Context
) -> Clip | None:
    """Return what a layer plays, None where that is wrong; problems are added.

    `params` are those of its kind, with `file` and `sha256`; `keys` those of every layer.
    """
    if "file" not in params:
        return None
    found = _known(params["file"], params["sha256"])
    if isinstance(found, Unusable):
        says = f"the video '{Path(params['file']).name}' cannot be used: {found.says}"
        context.add("bad-video", says, layer.place(("video",)), found.hint)
        return None
    span = _span(layer, found, context)
    if span is None or not _allowed(layer, found, span, context):
        return None
    gain = _gain(layer, params, found, context)
    file = Path(params["file"]), params["sha256"]
    told = {**keys, "animate": layer.data.get("animate", {})}
    kept = kept_size(found.size, params, told, context.size)
    return Clip(*file, *span, found, kept, bool(params["loop"]), gain)


@lru_cache(maxsize=1024)
def _known(file: str, sha256: str) -> Measured | Unusable:
    try:
        return measured(file, sha256)
    except Unusable as why:
        return why


def _span(layer: Part, found: Measured, context: Context) -> tuple[Fraction, Fraction] | None:
    """Return the first and the last second of the file that are shown."""
    if "trim" not in layer.data:
        return Fraction(0), found.length
    where = layer.place(("trim",))
    first, last = (seconds(t.strip(), context.fps) for t in layer.data["trim"].split(".."))
    if first is None or last is None or last - first < 1 / context.fps:
        says = f"`trim: {layer.data['trim']}` is no stretch of at least a frame"
        context.add("bad-trim", says, where, "write when it begins and ends: `2s..12s`")
        return None
    if last > found.length + _SPARE or first >= found.length:
        says = f"the video ends at {clock(found.length)}; `trim` asks for {layer.data['trim']}"
        context.add("bad-trim", says, where, f"it can be trimmed to 0s..{float(found.length):g}s")
        return None
    return first, min(last, found.length)


def _allowed(
    layer: Part, found: Measured, span: tuple[Fraction, Fraction], context: Context
) -> bool:
    """Return whether a video is no larger and no longer than a film may be."""
    width, height = found.size
    where, limits = layer.place(("video",)), profile()
    if width * height > limits.pixels:
        says = f"the video has {width}x{height} pixels; at most {limits.pixels:,} are allowed"
        context.add("out-of-range", says, where, "scale it down")
        return False
    if span[1] - span[0] > limits.length:
        says = f"the video lasts {clock(span[1] - span[0])}; at most {limits.longest} are allowed"
        context.add("out-of-range", says, where, "show a stretch of it with `trim`")
        return False
    return True


def _gain(
    layer: Part, params: Mapping[str, Any], found: Measured, context: Context
) -> float | None:
    """Return the gain of its sound in dB, None where it is not heard."""
    gain = decibels(params["gain"])
    if gain <= SILENT:
        return None
    if not found.sound:
        says = f"the video '{Path(params['file']).name}' has no sound"
        context.warn("no-sound", says, layer.place(("gain",)), "leave `gain` out")
        return None
    return gain


def kept_size(
    whole: tuple[int, int],
    params: Mapping[str, Any],
    keys: Mapping[str, Any],
    canvas: tuple[int, int],
) -> tuple[int, int]:
    """Return the size at which pictures are kept: as they are seen, and no larger than they are.

    Both sides are even.
    """
    _, _, wide, high = params.get("crop") or (0, 0, 100, 100)
    part = max(1.0, whole[0] * wide / 100), max(1.0, whole[1] * high / 100)
    grows = set(keys.get("animate", ()))
    sides = [None if side in grows else keys.get(side) for side in ("width", "height")]
    free = (inf, inf) if any(sides) and not grows & {"width", "height"} else tuple(canvas)
    limits = [free[at] if side is None else float(side) for at, side in enumerate(sides)]
    box = boxed(part, (limits[0], limits[1]))
    larger = max(params.get("zoom") or (1.0,)) * max(1.0, float(keys.get("scale", 1)))
    scales = (min(1.0, ratio * larger) for ratio in ratios(str(params["fit"]), part, box))
    width, height = (
        max(2, 2 * round(side * scale / 2)) for side, scale in zip(whole, scales, strict=True)
    )
    return width, height
