"""Videos that a film names: measured once, and kept in the store as reels and as PCM.

All that reads such a file is a child of limited means; what others read is what it has written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

from renderer.errands import asked
from renderer.errors import AssetError, Place, Problem
from renderer.machine import SOUND, versions
from renderer.store import Entry, Recipe, present
from renderer.videos import Measured

_PROGRAM = "renderer.transcode"
_CODE = ("transcode",)
_SECONDS, _EACH = 120.0, 30.0
"""How long reading a file may take, and how much longer for each second that is shown."""

_PART = Fraction(10)
"""Seconds of a video that are kept as one reel; the first begins with the video."""

Clip = Mapping[str, Any]
"""What is shown of a video, as JSON values: `sha256`, `trim`, two times in seconds as fractions,
`size`, at which its pictures are kept, and `file`: its path and what was found out about it."""


class Unusable(Exception):
    """A video cannot be used; carries why and a hint."""

    def __init__(self, says: str, hint: str) -> None:
        super().__init__(says)
        self.says, self.hint = says, hint


@dataclass(frozen=True, slots=True)
class Part:
    """Ten seconds of a clip's video, by their number."""

    clip: Clip
    number: int

    @property
    def recipe(self) -> Recipe:
        """Return the recipe of the part's reel; a clip's trim is not in it."""
        named = {name: self.clip[name] for name in ("sha256", "size")}
        data = named | {"part": self.number, "libraries": versions(SOUND)}
        return Recipe("clip", data, _CODE, ".reel")


def measured(file: str, sha256: str) -> Measured:
    """Return what a video is, found out once and kept; raises Unusable."""
    recipe = Recipe("video", {"sha256": sha256, "libraries": versions(SOUND)}, _CODE, ".facts")
    request = {"file": file, "sha256": sha256, "wanted": "facts"}

    def measure(path: Path) -> dict[str, Any]:
        path.touch()
        return _reply({**request, "made": str(path)}, _SECONDS)

    told = present().get(recipe, measure).facts
    held = told["held"]
    return Measured(tuple(held["look"][0]), Fraction(held["length"]), held["sound"], told)


def seen_at(params: Mapping[str, Any], frame: int) -> tuple[Part, Fraction | None]:
    """Return the part of a video that a layer shows in a frame, and the time in the video.

    `frame` counts from where the layer begins to move. The time is None after the clip's end,
    where its last picture stands.
    """
    clip = params["clip"]
    first, last = map(Fraction, clip["trim"])
    time = max(0, frame - int(params["begins"])) / Fraction(params["rate"])
    time = first + (time % (last - first) if params["loop"] else time)
    if time < last:
        return Part(clip, int(time / _PART)), time
    return Part(clip, max(0, ceil(last / _PART) - 1)), None


def parts(params: Mapping[str, Any], first: int, last: int) -> Iterator[Part]:
    """Yield the parts of a video that a layer shows in its frames from `first` to `last`."""
    one, two = (seen_at(params, frame)[0].number for frame in (first, last))
    begin, end = map(Fraction, params["clip"]["trim"])
    turned = two < one or (last - first) / Fraction(params["rate"]) >= end - begin
    if params["loop"] and turned:
        one, two = int(begin / _PART), max(0, ceil(end / _PART) - 1)
    yield from (Part(params["clip"], number) for number in range(one, two + 1))


def picture(part: Part, path: Path) -> dict[str, Any]:
    """Write the pictures of a part as a reel and return how many; raises AssetError."""
    end = Fraction(part.clip["file"]["held"]["length"])
    span = part.number * _PART, min(end, (part.number + 1) * _PART)
    return _made(part.clip, {"wanted": "picture", "size": part.clip["size"]}, span, path, None)


def pictures(part: Part) -> Path:
    """Return the reel of a part, made where the store has none; raises AssetError."""
    return present().get(part.recipe, lambda path: picture(part, path)).path


def sound(clip: Clip, place: Place | None) -> Entry:
    """Return a clip's sound as PCM, 16 bits at 48 kHz, as long as its pictures.

    Raises AssetError with the place at which the video is named.
    """
    data = {"sha256": clip["sha256"], "trim": clip["trim"], "libraries": versions(SOUND)}
    first, last = map(Fraction, clip["trim"])
    wanted = Recipe("clip sound", data, _CODE, ".wav")
    asked_for = {"wanted": "sound"}
    return present().get(wanted, lambda path: _made(clip, asked_for, (first, last), path, place))


def _made(
    clip: Clip,
    wanted: Mapping[str, Any],
    span: tuple[Fraction, Fraction],
    path: Path,
    place: Place | None,
) -> dict[str, Any]:
    told = {**clip["file"], "sha256": clip["sha256"], "span": [str(end) for end in span]}
    try:
        request = {**told, **wanted, "made": str(path)}
        return _reply(request, _SECONDS + _EACH * float(span[1] - span[0]))
    except Unusable as why:
        says = f"the video '{Path(told['file']).name}' cannot be used: {why.says}"
        raise AssetError(Problem("bad-video", says, place, why.hint)) from why


def _reply(request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    reply = asked(_PROGRAM, request, "reading it", seconds)
    if "error" in reply:
        raise Unusable(reply["error"], reply.get("hint", ""))
    return dict(reply["facts"])
