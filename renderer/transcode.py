"""The program that reads one video, run as a child: `python -m renderer.transcode REQUEST`.

The request is a JSON file: the video's file with its SHA-256, what is wanted of it (`facts`,
`picture` or `sound`), for the last two what was found out about it and the `span` in seconds, the
file to write, where the reply goes and how long it may take. The reply is JSON with `facts`, or
`error`: in words why there are none, and `hint`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from fractions import Fraction
from io import BufferedReader
from pathlib import Path
from typing import Any

from renderer.child import limit_self
from renderer.media import pcm, reel
from renderer.media.footage import between, footage, footage_of
from renderer.media.track import heard
from renderer.media.upright import NoFootage, Upright
from renderer.standing import Stamp, settled, stamp_of
from renderer.times import SAMPLE_RATE, half_up

_MEMORY, _FILE_SIZE = 4 << 30, 64 << 30
_GRACE = 5.0  # seconds; an orphan ends itself then

Request = Mapping[str, Any]


def main(arguments: list[str]) -> int:
    """Do what a request asks and reply; return 0."""
    asked = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    limit_self(seconds=asked["seconds"] + _GRACE, memory=_MEMORY, file_size=_FILE_SIZE)
    try:
        stamp = stamp_of(Path(asked["file"]))
        with Path(asked["file"]).open("rb") as file:
            _refuse_changed(file, asked, stamp)
            told = {**asked, "stamp": stamp if settled(stamp) else None}
            reply: dict[str, Any] = {"facts": _WANTED[asked["wanted"]](file, told)}
    except NoFootage as refused:
        reply = {"error": refused.says, "hint": refused.hint}
    except (OSError, MemoryError) as error:
        reply = {"error": str(error) or type(error).__name__}
    Path(asked["reply"]).write_text(json.dumps(reply), encoding="utf-8")
    return 0


def _refuse_changed(file: BufferedReader, asked: Request, stamp: Stamp) -> None:
    """Refuse a file that is not the one that was measured; one that lies as it did is that one."""
    if asked.get("stamp") == list(stamp):
        return
    if hashlib.file_digest(file, "sha256").hexdigest() != asked["sha256"]:
        raise NoFootage("it changed while the film was made", "render again")
    file.seek(0)


def _facts(file: BufferedReader, asked: Request) -> dict[str, Any]:
    """Return what a video holds, and the stamp of its file if no later write can leave it so."""
    return {"held": footage(file).to_json(), "stamp": asked["stamp"]}


def _picture(file: BufferedReader, asked: Request) -> dict[str, Any]:
    """Write a stretch of a video's pictures as a reel and return how many there are."""
    held = footage_of(asked["held"])
    first, last = map(Fraction, asked["span"])
    size = asked["size"][0], asked["size"][1]
    upright = Upright(held.look, size)
    shown = ((mark, upright.picture(each)) for mark, each in between(file, held, first, last))
    clock = held.clock.unit, held.clock.slack
    return {"pictures": reel.write(Path(asked["made"]), shown, size, clock)}


def _sound(file: BufferedReader, asked: Request) -> dict[str, Any]:
    """Write a stretch of a video's sound as PCM, as long as its pictures; return its samples."""
    held = footage_of(asked["held"])
    first, last = map(Fraction, asked["span"])
    samples = half_up((last - first) * SAMPLE_RATE)
    parts = heard(file, held.clock.zero, first, samples)
    return {"samples": pcm.write(Path(asked["made"]), parts, stereo=True)}


_WANTED: Mapping[str, Callable[[BufferedReader, Request], dict[str, Any]]] = {
    "facts": _facts,
    "picture": _picture,
    "sound": _sound,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
