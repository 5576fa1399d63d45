"""A recording in place of a voice: what was said into a microphone, as the engines' files are."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np

from renderer.media.pcm import Sound, write
from renderer.media.sound import stretches
from renderer.times import SAMPLE_RATE

DISTRIBUTIONS = ()
RECORDED = True

_LONGEST = 3600 * SAMPLE_RATE


def version() -> str:
    """Return the version of the way in which takes are read."""
    return "1"


def voices() -> list[tuple[str, list[str]]]:
    """Return the one voice, which is whoever recorded it, in any language."""
    return [("", ["*"])]


def speak(text: str, path: Path, params: dict[str, Any]) -> None:
    """Write the take `file` as mono PCM; it knows nothing of words.

    Raises ValueError where the file is not the one whose `take` is the SHA-256, or is too long.
    """
    with Path(params["file"]).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != params["take"]:
            raise ValueError("it changed while the film was made")
        file.seek(0)
        parts, count = list[Sound](), 0
        for sound in stretches(file):
            parts.append(sound if sound.ndim == 1 else sound.mean(axis=1))
            count += len(sound)
            if count > _LONGEST:
                raise ValueError("it is longer than an hour")
    write(path, [np.asarray(part, np.float32) for part in parts], stereo=False)
