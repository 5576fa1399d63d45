"""Any server that speaks as OpenAI's does, `POST …/v1/audio/speech`: theirs, or one's own.

The environment names it, never a spec: REELSPEC_TTS_URL (up to `/v1`), REELSPEC_TTS_MODEL,
REELSPEC_TTS_VOICES (names with commas), and the key in REELSPEC_TTS_KEY; for OpenAI's own server
OPENAI_API_KEY does as well. What is said goes to that server.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from renderer.engines import Unusable
from renderer.voices._http import Asked, fetched
from renderer.words import speed

DISTRIBUTIONS = ()
TIMES = False
SETTINGS = ("REELSPEC_TTS_URL", "REELSPEC_TTS_MODEL", "REELSPEC_TTS_VOICES")
PASSES = ("REELSPEC_TTS_KEY", "OPENAI_API_KEY", "*_PROXY", "*_proxy")
PATIENCE = 180.0
TAKES = ("name", "rate")
PARAMS = {
    "instructions": {
        "title": "Instructions",
        "description": "How to speak, in words, for models that take it; `openai` alone has it.",
        "type": "string",
        "maxLength": 2000,
        "default": "",
        "examples": ["Calm and clear, as to a class."],
    },
}
EXAMPLE = {"name": "alloy", "rate": 0.95}

_THEIRS = "https://api.openai.com/v1"
_MODEL = "gpt-4o-mini-tts"
_VOICES = "alloy,ash,ballad,coral,echo,fable,nova,onyx,sage,shimmer,verse"


def version() -> str:
    """Return the version of the way in which the server is asked."""
    return "1"


def voices() -> list[tuple[str, list[str]]]:
    """Return the voices, which follow the language of the text."""
    names = os.environ.get("REELSPEC_TTS_VOICES") or _VOICES
    return [(name.strip(), ["*"]) for name in names.split(",") if name.strip()]


def notes() -> dict[str, str]:
    """Return the server and the model that speak."""
    return {name: f"{_url()} {_model()}" for name, _ in voices()}


def lacks() -> str:
    """Return that there is no key, where one is needed."""
    try:
        _key()
    except Unusable as error:
        return str(error)
    return ""


def speak(text: str, path: Path, params: dict[str, Any]) -> None:
    """Write what the server says as WAV; it gives no times of words.

    Raises Unusable with the server's words where it fails.
    """
    body = {
        "model": _model(),
        "input": text,
        "voice": params["name"],
        "response_format": "wav",
        "speed": speed(params["rate"]),
        **({"instructions": params["instructions"]} if params["instructions"] else {}),
    }
    path.write_bytes(fetched(Asked(f"{_url()}/audio/speech", body, _key())))


def _url() -> str:
    return (os.environ.get("REELSPEC_TTS_URL") or _THEIRS).rstrip("/")


def _model() -> str:
    return os.environ.get("REELSPEC_TTS_MODEL") or _MODEL


def _key() -> str:
    """Return the key; that of OpenAI goes to nobody else."""
    own = os.environ.get("REELSPEC_TTS_KEY", "")
    if own or _url() != _THEIRS:
        return own
    theirs = os.environ.get("OPENAI_API_KEY", "")
    if not theirs:
        raise Unusable("neither REELSPEC_TTS_KEY nor OPENAI_API_KEY holds a key")
    return theirs
