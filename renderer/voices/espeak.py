"""eSpeak NG, called directly: over a hundred languages, word times, nothing but pip to install.

Rate 1.0 is 175 words a minute, eSpeak's own default.
"""

from __future__ import annotations

import ctypes
import os
import wave
from functools import cache
from pathlib import Path
from typing import Any

from renderer.voices import _espeak as library
from renderer.words import speed

DISTRIBUTIONS = ("espeakng-loader",)
TIMES = True
PASSES = ("ESPEAK_DATA_PATH",)
TAKES = ("name", "rate", "pitch")
EXAMPLE = {"name": "English (America)", "rate": 0.95}


def version() -> str:
    """Return the version of the eSpeak NG library."""
    return library.version()


def ready() -> None:
    """Do what comes before every line; it starts no thread, so copies of this process can speak."""
    _identifiers()


def voices() -> list[tuple[str, list[str]]]:
    """Return the name and the languages of each voice."""
    _sample_rate()
    return [(name, languages) for name, languages, _ in library.voices()]


def speak(text: str, path: Path, params: dict[str, Any]) -> list[tuple[int, int, int]]:
    """Write the text as a 16-bit mono WAV; return its word events (ms, first character, length).

    Raises ValueError for a voice or a rate that is not there, RuntimeError where the library fails.
    """
    rate = _sample_rate()
    _set(params)
    pcm, events = _synthesise(text)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return events


@cache
def _sample_rate() -> int:
    """Initialise the library once and return its sample rate in Hz."""
    data = os.environ.get("ESPEAK_DATA_PATH")
    lib = library.library()
    data = os.environ.get("ESPEAK_DATA_PATH", data)
    rate = int(lib.espeak_Initialize(library.SYNCHRONOUS, 0, data.encode() if data else None, 0))
    if rate <= 0:
        raise RuntimeError("eSpeak NG could not be initialised; is its data there?")
    return rate


@cache
def _identifiers() -> dict[str, str]:
    """Return the name of each voice with what the library calls it."""
    _sample_rate()
    return {name: identifier for name, _, identifier in library.voices()}


def _set(params: dict[str, Any]) -> None:
    lib = library.library()
    wanted = _identifiers().get(params["name"])
    if wanted is None or lib.espeak_SetVoiceByName(wanted.encode()) != 0:
        raise ValueError(f"eSpeak has no voice {params['name']!r}")
    lib.espeak_SetParameter(library.RATE, library.words_per_minute(speed(params["rate"])), 0)
    lib.espeak_SetParameter(library.PITCH, library.pitch(params["pitch"]), 0)


def _synthesise(text: str) -> tuple[bytes, list[tuple[int, int, int]]]:
    pcm, found = bytearray(), list[tuple[int, int, int]]()

    def collect(samples: Any, count: int, events: Any) -> int:
        found.extend(library.word_events(events))
        if count > 0:
            pcm.extend(ctypes.string_at(samples, count * 2))
        return 0

    callback = library.Callback(collect)
    lib, data = library.library(), text.encode()
    lib.espeak_SetSynthCallback(callback)
    status = lib.espeak_Synth(data, len(data) + 1, 0, 1, 0, library.CHARACTERS_UTF8, None, None)
    if status != 0:
        raise RuntimeError(f"eSpeak NG failed with status {status}")
    return bytes(pcm), found
