"""Piper: neural voices on this machine, from model files of one's own; nothing leaves it.

A voice is a file such as `en_US-amy-medium.onnx` with its `.onnx.json` beside it, in the folder
that REELSPEC_PIPER names. Every model has a licence of its own, in the MODEL_CARD beside it.
"""

from __future__ import annotations

import json
import wave
from importlib import metadata
from pathlib import Path
from typing import Any

from renderer.engines import Unusable, models_folder
from renderer.words import speed

DISTRIBUTIONS = ("piper-tts", "onnxruntime")
EXTRA = "piper"
MODELS = ("REELSPEC_PIPER", ".local/share/piper")
PATIENCE = 60.0

PARAMS = {
    "name": {
        "title": "Voice",
        "description": "A model by its file's name, without `.onnx`.",
        "type": "string",
        "default": "",
        "examples": ["en_US-amy-medium"],
    },
    "rate": {
        "title": "Rate",
        "description": "A factor of the voice's normal speed, or words a minute as in `160wpm`.",
        "type": ["number", "string"],
        "default": 1.0,
        "examples": [0.95, "160wpm"],
    },
    "volume": {
        "title": "Volume",
        "description": "How loud the line is beside the others: 1 is as loud, 0 is silent.",
        "type": "number",
        "minimum": 0,
        "maximum": 1,
        "default": 1.0,
        "examples": [0.9],
    },
    "say_as": {
        "title": "Say as",
        "description": "Words and how to say them; captions and word times keep the written word.",
        "type": "object",
        "additionalProperties": {"type": "string"},
        "default": {},
        "examples": [{"GW": "gigawatts"}],
    },
}

EXAMPLE = {"name": "en_US-amy-medium", "rate": 0.95}


def version() -> str:
    """Return the version of Piper."""
    return metadata.version("piper-tts")


def voices() -> list[tuple[str, list[str]]]:
    """Return each model with its language; raises Unusable where there is none."""
    import piper  # noqa: F401  # whoever lists the voices wants to know that they can be used

    found = {path.stem: _language(path) for path in _models()}
    if not found:
        raise Unusable(f"there is no model in {_folder()}; set REELSPEC_PIPER to their folder")
    return [(name, [language]) for name, language in found.items()]


def notes() -> dict[str, str]:
    """Return where each model lies, and its licence as its MODEL_CARD says it."""
    return {path.stem: f"{path}, licence: {_licence(path)}" for path in _models()}


def speak(text: str, path: Path, params: dict[str, Any]) -> None:
    """Write the text as WAV; the models give no times of words.

    Raises Unusable for a voice or a pitch that is not there.
    """
    import onnxruntime
    from piper import PiperVoice, SynthesisConfig

    if params["pitch"] != 1.0:
        raise Unusable("Piper's voices cannot change their pitch")
    model = _folder() / f"{params['name']}.onnx"
    if model not in _models():
        raise Unusable(f"there is no model {model}")
    onnxruntime.set_seed(1)  # the models draw a little noise, and a line sounds the same each time
    voice = PiperVoice.load(model)
    length = voice.config.length_scale / speed(params["rate"])
    with wave.open(str(path), "wb") as file:
        voice.synthesize_wav(text, file, syn_config=SynthesisConfig(length_scale=length))


def _folder() -> Path:
    return models_folder(*MODELS)


def _models() -> list[Path]:
    """Return the models that have what describes them beside them."""
    found = sorted(_folder().glob("*.onnx"))
    return [path for path in found if path.with_name(f"{path.name}.json").is_file()]


def _language(path: Path) -> str:
    """Return the language that a model's description names, as `en_US`; else as its name begins."""
    told = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
    code = told.get("language", {}).get("code") or path.stem.split("-")[0]
    return str(code)


def _licence(path: Path) -> str:
    """Return the licence that the card beside a model names."""
    for card in (path.with_name(f"{path.stem}.MODEL_CARD"), path.with_name("MODEL_CARD")):
        if card.is_file():
            lines = card.read_text(encoding="utf-8", errors="replace").splitlines()
            named = [line for line in lines if "licen" in line.lower() and ":" in line]
            if named:
                return named[0].split(":", 1)[1].strip(" *")[:100]
    return "not stated; see the model's MODEL_CARD"
