"""Silence, 0.4 s for each word with even word times: drafts and tests without a voice."""

from __future__ import annotations

import re
import wave
from pathlib import Path
from typing import Any

from renderer.words import speed

DISTRIBUTIONS = ()
TIMES = True
SILENT = True
TAKES = ("rate", "pitch")  # silence is the same at every pitch
EXAMPLE = {"rate": 2.0}

_RATE = 48_000
_SECONDS_PER_WORD = 0.4


def version() -> str:
    """Return the version of the rule by which words become silence."""
    return "1"


def voices() -> list[tuple[str, list[str]]]:
    """Return the one voice, which keeps silent in any language."""
    return [("silent", ["*"])]


def speak(text: str, path: Path, params: dict[str, Any]) -> list[tuple[int, int, int]]:
    """Write silence as a 16-bit mono WAV; return an event a word (ms, first character, length).

    A word takes 0.4 s at rate 1, whatever it is.
    """
    each = _SECONDS_PER_WORD / speed(params["rate"])
    words = [match.span() for match in re.finditer(r"\S+", text)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(bytes(2 * round(len(words) * each * _RATE)))
    return [(round(1000 * each * i), a, b - a) for i, (a, b) in enumerate(words)]
