"""A video, or a stretch of one, that plays in its box from when the layer comes.

Any file that FFmpeg reads in a container and a codec of common use, its pictures as they lie in
time whatever their rate. At its end the last picture stands, where it does not begin again.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from renderer.clips import Part, pictures, seen_at
from renderer.fitting import boxed, ratios
from renderer.layers._drift import Part as Window
from renderer.layers._drift import mask as rounding
from renderer.layers._drift import window
from renderer.media import reel
from renderer.media.upright import Picture
from renderer.store import present

KEEPS_PROPORTION = True
DRIFTS = ("zoom", "pan")
mask = rounding

PARAMS = {
    "video": {
        "$ref": "#/definitions/file",
        "title": "Film clip",
        "description": "A video file: MP4, MOV, WebM, MKV, GIF and others, of any rate. What is "
        "clear in it (WebM, ProRes 4444, GIF) is clear in the film.",
        "examples": ["clips/panels.mp4"],
    },
    "fit": {
        "$ref": "#/definitions/picture_fit",
        "title": "Fit",
        "description": "How the clip fills its box, as for `image`.",
        "default": "cover",
        "examples": ["contain"],
    },
    "crop": {
        "$ref": "#/definitions/picture_crop",
        "title": "Crop",
        "description": "The part to show: left, top, width and height in %.",
        "examples": [[10, 0, 80, 100]],
    },
    "radius": {
        "$ref": "#/definitions/length_short",
        "title": "Radius",
        "description": "Radius of its rounded corners.",
        "default": 0,
        "examples": ["2%"],
    },
    "zoom": {
        "$ref": "#/definitions/zooms",
        "title": "Zoom",
        "description": "Slow zoom over the scene, from and to.",
        "examples": [["100%", "108%"]],
    },
    "pan": {
        "$ref": "#/definitions/pans",
        "title": "Pan",
        "description": "Slow move over the scene, from and to, as for `image`.",
        "examples": [["start", "end"], [[0, 50], [100, 50]]],
    },
    "trim": {
        "$ref": "#/definitions/trim",
        "title": "Trim",
        "description": "The stretch of the video to show, `from..to`.",
        "examples": ["2s..12s", "0:30..1:10"],
    },
    "loop": {
        "type": "boolean",
        "title": "Loop",
        "description": "Begin again at the end.",
        "default": False,
        "examples": [True],
    },
    "gain": {
        "$ref": "#/definitions/gain",
        "title": "Gain",
        "description": "How loud the video's own sound is; `-inf` mutes it.",
        "default": "-inf",
        "examples": ["-12dB", 0],
    },
}
EXAMPLE = {"video": "clips/panels.mp4", "fit": "cover", "trim": "2s..12s", "radius": "2%"}


def size(params: Mapping[str, Any], limits: tuple[float, float]) -> tuple[float, float]:
    """Return the box: the limits; a side that is free follows from the video's proportion."""
    _, _, width, height = _part(params, params["size"])
    return boxed((width, height), limits)


def picture(params: Mapping[str, Any], frame: int) -> Picture:
    """Return the picture that is shown when the layer has moved for so many frames.

    It is the one that the video shows at that time: the last that came on before or just then.
    Raises AssetError if the file cannot be read or changed since it was checked.
    """
    part, time = seen_at(params, frame)
    shown = _reel(part)
    if time is None:
        return shown.picture(shown.before(Fraction(part.clip["trim"][1])))
    return shown.picture(shown.at(time))


def _reel(part: Part) -> reel.Reel:
    """Return the reel of a part; one that is gone from the store since is made again."""
    key = present().folder, part.clip["sha256"], part.number, *part.clip["size"]
    known = _REELS.get(key)
    if known is None or not known.path.exists():
        known = _REELS[key] = reel.opened(pictures(part))
    return known


_REELS: dict[tuple[object, ...], reel.Reel] = {}


def view(params: Mapping[str, Any], box: tuple[float, float], frame: int) -> Window:
    """Return what of the kept picture the box shows: left, top, width, height; it may be more."""
    kept = params["clip"]["size"]
    fit = str(params["fit"])
    _, _, wide, high = _part(params, params["size"])
    across, down = ratios(fit, (wide, high), box)
    fitted = wide * across, high * down
    room = max(box[0], fitted[0]), max(box[1], fitted[1])
    at = min(frame, int(params.get("drifts", frame)))
    left, top, width, height = window(params, room, box, at)
    x, y, part_wide, part_high = _part(params, kept)
    one, two = part_wide / fitted[0], part_high / fitted[1]
    left, top = left - (room[0] - fitted[0]) / 2, top - (room[1] - fitted[1]) / 2
    return x + left * one, y + top * two, width * one, height * two


def bounds(params: Mapping[str, Any]) -> Window:
    """Return the part of the kept picture that may be seen: left, top, width, height."""
    return _part(params, params["clip"]["size"])


def _part(params: Mapping[str, Any], whole: tuple[int, int]) -> Window:
    """Return the part of a picture of some size that `crop` leaves."""
    left, top, width, height = params.get("crop") or (0, 0, 100, 100)
    x, y = whole[0] / 100, whole[1] / 100
    wide = max(1.0, min(width, 100 - left) * x)
    high = max(1.0, min(height, 100 - top) * y)
    return min(left * x, whole[0] - wide), min(top * y, whole[1] - high), wide, high
