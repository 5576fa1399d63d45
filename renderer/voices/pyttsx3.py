"""pyttsx3: the voices of the system (SAPI5, NSSpeechSynthesizer), or eSpeak NG on Linux.

Rate 1.0 is the normal speed of the system's voice; on eSpeak it is 175 words a minute.
"""

from __future__ import annotations

import sys
import threading
import time
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import pyttsx3

from renderer.voices import _espeak
from renderer.words import NORMAL_RATE, speed

DISTRIBUTIONS = ("pyttsx3", "espeakng-loader")
PASSES = ("ESPEAK_DATA_PATH",)
TAKES = ("name", "rate", "pitch")
_PATIENCE = 5.0
"""Seconds that eSpeak gets to take what it was told, and to write what it has spoken."""
_FIRST_RATE = 200
"""Words a minute that pyttsx3 tells eSpeak when it begins."""
EXAMPLE = {"name": "English (America)", "rate": 0.95}


def version() -> str:
    """Return the version of pyttsx3, its driver, and eSpeak's version where that is the driver."""
    base = f"{metadata.version('pyttsx3')} {_engine()}"
    return f"{base} {_espeak.version()}" if _on_espeak() else base


def voices() -> list[tuple[str, list[str]]]:
    """Return the name and the languages of each voice."""
    if _on_espeak():
        return [(name, languages) for name, languages, _ in _espeak.voices()]
    return [(voice.name, _tags(voice)) for voice in _engine().getProperty("voices")]


def speak(text: str, path: Path, params: dict[str, Any]) -> list[tuple[int, int, int]] | None:
    """Write the text as a sound file; return its word events on eSpeak, elsewhere None.

    Raises ValueError for a voice, a rate or a pitch that the system has not.
    """
    told, rate = _driver(), _rate(speed(params["rate"]))
    told.setProperty("voice", _identifier(params["name"]))
    told.setProperty("rate", rate)
    _set_pitch(params["pitch"])
    if _on_espeak():
        _settle(rate)
    events = _listen() if _on_espeak() else None
    _written(text, path)
    return events


def _written(text: str, path: Path) -> None:
    """Have a file written and wait for it: on eSpeak pyttsx3's loop may end before it is whole."""
    engine, whole = _engine(), threading.Event()
    told = engine.connect("finished-utterance", lambda name, completed: whole.set())
    engine.save_to_file(text, str(path))
    engine.runAndWait()
    if _on_espeak():
        whole.wait(_PATIENCE)
    engine.disconnect(told)


@cache
def _engine() -> Any:
    if sys.platform == "linux":
        # pyttsx3 asks for libespeak-ng by its name and gets the one that is loaded already.
        with suppress(OSError):
            _espeak.library()
    engine = pyttsx3.init()
    if str(engine) == "espeak":
        _settle(_FIRST_RATE)
    return engine


def _driver() -> Any:
    """Return what is told how to speak: on eSpeak the driver, elsewhere pyttsx3.

    pyttsx3 passes on what it is told only when it speaks, so that nobody could wait for it.
    """
    return _engine().proxy._driver if _on_espeak() else _engine()


def _settle(rate: int) -> None:
    """Wait until eSpeak is at a rate that it was told, which it takes in a thread of its own.

    Another voice that it is given meanwhile may be spoken at the rate before. Raises TimeoutError.
    """
    from pyttsx3.drivers import _espeak as binding

    end = time.monotonic() + _PATIENCE
    while binding.dll.espeak_GetParameter(binding.RATE, 1) != rate:
        if time.monotonic() > end:
            raise TimeoutError(f"eSpeak does not take {rate} words a minute")
        time.sleep(0.001)


def _on_espeak() -> bool:
    return str(_engine()) == "espeak"


def _identifier(name: str) -> str:
    found = _identifiers()
    if name not in found:
        raise ValueError(f"pyttsx3 has no voice {name!r}")
    return found[name]


@cache
def _identifiers() -> dict[str, str]:
    """Return the name of each voice with what the system calls it."""
    if _on_espeak():
        return {each: identifier for each, _, identifier in _espeak.voices()}
    return {str(voice.name): str(voice.id) for voice in _engine().getProperty("voices")}


def _rate(factor: float) -> int:
    if _on_espeak():
        return _espeak.words_per_minute(factor)
    return round(_normal_rate() * factor)


@cache
def _normal_rate() -> int:
    """Return the words a minute of the system's voice before anything was set."""
    return int(_engine().getProperty("rate") or NORMAL_RATE)


def _set_pitch(factor: float) -> None:
    if _on_espeak():
        _driver().setProperty("pitch", _espeak.pitch(factor))
    elif factor != 1.0:
        raise ValueError(f"the voices of {_engine()} cannot change their pitch")


def _listen() -> list[tuple[int, int, int]]:
    """Return a list that the next synthesis fills; pyttsx3 itself passes on no times."""
    from pyttsx3.drivers import _espeak as binding

    events: list[tuple[int, int, int]] = []
    whole = _engine().proxy._driver._onSynth

    def collect(samples: Any, count: int, listed: Any) -> int:
        events.extend(_espeak.word_events(listed))
        return int(whole(samples, count, listed))

    binding.SetSynthCallback(collect)
    return events


def _tags(voice: Any) -> list[str]:
    return [
        tag.decode("ascii", "ignore") if isinstance(tag, bytes) else str(tag)
        for tag in voice.languages or ()
    ]
