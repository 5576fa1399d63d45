"""Videos that a film names: measured once, and kept in the store as reels and as PCM.

All that reads such a file is a child of limited means; what others read is what it has written.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from renderer.errands import asked
from renderer.errors import AssetError, Place, Problem
from renderer.machine import SOUND, versions
from renderer.nouns import Measured
from renderer.store import Entry, Recipe, present

_PROGRAM = "renderer.transcode"
_CODE = ("transcode",)
_SECONDS, _EACH = 120.0, 30.0
"""How long reading a file may take, and how much longer for each second that is shown."""

Clip = Mapping[str, Any]
"""What is shown of a video, as JSON values: `file` and `sha256`, `trim`, two times in seconds as
fractions, and `size`, at which its pictures are kept."""


class Unusable(Exception):
    """A video cannot be used; carries why and a hint."""

    def __init__(self, says: str, hint: str) -> None:
        super().__init__(says)
        self.says, self.hint = says, hint


def measured(file: str, sha256: str) -> Measured:
    """Return what a video is, found out once and kept; raises Unusable."""
    recipe = Recipe("video", {"sha256": sha256, "libraries": versions(SOUND)}, _CODE, ".facts")
    request = {"file": file, "sha256": sha256, "wanted": "facts"}

    def measure(path: Path) -> dict[str, Any]:
        path.touch()
        return _reply({**request, "made": str(path)}, _SECONDS)

    facts = present().get(recipe, measure).facts
    return Measured((*facts["size"],), Fraction(facts["length"]), bool(facts["sound"]))


def recipe(clip: Clip) -> Recipe:
    """Return the recipe of a clip's pictures."""
    named = ("sha256", "trim", "size")
    data = {name: clip[name] for name in named} | {"libraries": versions(SOUND)}
    return Recipe("clip", data, _CODE, ".reel")


def picture(clip: Clip, path: Path) -> dict[str, Any]:
    """Write a clip's pictures as a reel and return how many there are; raises AssetError."""
    return _made(clip, "picture", path, None)


def pictures(clip: Clip) -> Path:
    """Return the reel of a clip, made where the store has none; raises AssetError."""
    return present().get(recipe(clip), lambda path: picture(clip, path)).path


def sound(clip: Clip, place: Place | None) -> Entry:
    """Return a clip's sound as PCM, 16 bits at 48 kHz, as long as its pictures.

    Raises AssetError with the place at which the video is named.
    """
    data = {"sha256": clip["sha256"], "trim": clip["trim"], "libraries": versions(SOUND)}
    wanted = Recipe("clip sound", data, _CODE, ".wav")
    return present().get(wanted, lambda path: _made(clip, "sound", path, place))


def _made(clip: Clip, wanted: str, path: Path, place: Place | None) -> dict[str, Any]:
    first, last = map(Fraction, clip["trim"])
    request = {**clip, "wanted": wanted, "made": str(path)}
    try:
        return _reply(request, _SECONDS + _EACH * float(last - first))
    except Unusable as why:
        says = f"the video '{Path(clip['file']).name}' cannot be used: {why.says}"
        raise AssetError(Problem("bad-video", says, place, why.hint)) from why


def _reply(request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    reply = asked(_PROGRAM, request, "reading it", seconds)
    if "error" in reply:
        raise Unusable(reply["error"], reply.get("hint", ""))
    return dict(reply["facts"])
