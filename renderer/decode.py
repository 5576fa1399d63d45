"""The program that decodes one sound file, run as a child: `python -m renderer.decode REQUEST`.

The request is a JSON file: the file to decode with its SHA-256, the PCM file to write, where the
reply goes, how long it may take and whether silence at the ends is left out. The reply is JSON with
`facts`, or `error`: in words why there is no sound.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from renderer.child import limit_self
from renderer.loudness import Meter, amplitude
from renderer.media.pcm import Pcm, Sound, opened, write
from renderer.media.sound import Unreadable, stretches

_MEMORY, _FILE_SIZE = 2 << 30, 4 << 30
_GRACE = 5.0  # seconds; an orphan ends itself then
_LEAST = 480  # samples; a sound of less than 10 ms is none
_LONGEST = 24 * 3600 * 48_000
_EDGE = -30.0  # dB under the loudness: what is quieter at the ends of music is left out
_HOP = 480


class Unusable(Exception):
    """The file cannot be used as a sound; the text says why."""


def main(arguments: list[str]) -> int:
    """Decode the file of a request and reply; return 0."""
    asked = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    limit_self(seconds=asked["seconds"] + _GRACE, memory=_MEMORY, file_size=_FILE_SIZE)
    try:
        reply: dict[str, Any] = {"facts": _decoded(asked)}
    except (Unusable, Unreadable, OSError) as error:
        reply = {"error": f"{error}"}
    Path(asked["reply"]).write_text(json.dumps(reply), encoding="utf-8")
    return 0


def _decoded(asked: dict[str, Any]) -> dict[str, Any]:
    path = Path(asked["sound"])
    raw = Path(asked["raw"]) if asked["trimmed"] else path
    with Path(asked["file"]).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != asked["sha256"]:
            raise Unusable("it changed while the film was made")
        file.seek(0)
        facts = _written(file, raw)
    if asked["trimmed"]:
        facts["samples"] = _trimmed(raw, path, facts["loudness"])
    return facts


def _written(file: BinaryIO, path: Path) -> dict[str, Any]:
    """Write the file's sound as PCM and return its length, its channels and its loudness."""
    sound = _checked(stretches(file))
    first = next(sound, None)
    if first is None:
        raise Unusable("it holds no sound")
    meter, stereo = Meter(), first.ndim == 2
    samples = write(path, _measured(first, sound, meter), stereo=stereo)
    loud = meter.loudness()
    if samples < _LEAST:
        raise Unusable(f"it lasts only {samples / 48:.1f} ms")
    return {"samples": samples, "loudness": loud if np.isfinite(loud) else None}


def _measured(first: Sound, rest: Iterator[Sound], meter: Meter) -> Iterator[Sound]:
    meter.add(first)
    yield first
    for sound in rest:
        meter.add(sound)
        yield sound


def _checked(sound: Iterator[Sound]) -> Iterator[Sound]:
    count = 0
    for part in sound:
        count += len(part)
        if count > _LONGEST:
            raise Unusable("it is longer than 24 hours")
        if not np.isfinite(part).all():
            raise Unusable("it holds values that are no numbers")
        yield part


def _trimmed(raw: Path, path: Path, loud: float | None) -> int:
    """Write the sound without what is quiet at its ends; return its samples."""
    sound = opened(raw)
    gate = amplitude(_EDGE + (loud or 0.0))
    places = range(0, sound.samples, _HOP)
    first = _heard(sound, places, gate) or 0
    last = min(sound.samples, (_heard(sound, places[::-1], gate) or sound.samples) + _HOP)
    step = 100 * _HOP
    parts = (sound.stretch(at, min(at + step, last)) for at in range(first, last, step))
    return write(path, parts, stereo=sound.stereo)


def _heard(sound: Pcm, places: range, gate: float) -> int | None:
    """Return the first of some places at which the sound's level is above a gate."""
    for at in places:
        part = sound.stretch(at, min(at + _HOP, sound.samples))
        if float(np.sqrt(np.mean(part**2))) > gate:
            return at
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
