"""Piper: neural voices on this machine, from model files of one's own; nothing leaves it.

A voice is a file such as `en_US-amy-medium.onnx` with its `.onnx.json` beside it, in the folder
that REELSPEC_PIPER names. Every model has a licence of its own, in the MODEL_CARD beside it.
"""

from __future__ import annotations

import json
import wave
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any

from renderer.engines import Unusable, models_folder
from renderer.words import Event, speed, written

DISTRIBUTIONS = ("piper-tts", "onnxruntime", "onnx")
EXTRA = "piper"
MODELS = ("REELSPEC_PIPER", ".local/share/piper")
PATIENCE = 60.0
TAKES = ("name", "rate")
PARAMS = {
    "speaker": {
        "title": "Speaker",
        "description": "Which of the speakers of a model, by name or number; `piper` alone has it.",
        "type": ["string", "integer"],
        "default": "",
        "examples": ["p225", 12],
    },
}
EXAMPLE = {"name": "en_US-amy-medium", "rate": 0.95}

_BETWEEN = "^$ "  # where a sentence begins and ends, and between words
_MARKS = ".,;:!?…\"'()-–—،؛؟。ˈˌ"  # no sounds of their own; stress differs in a sentence


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


def speak(text: str, path: Path, params: dict[str, Any]) -> list[Event] | None:
    """Write the text as WAV; return its word events, None from models that give no times.

    Raises Unusable for a voice or a speaker that is not there.
    """
    import onnxruntime
    from piper import PiperVoice, SynthesisConfig

    model = _folder() / f"{params['name']}.onnx"
    if model not in _models():
        raise Unusable(f"there is no model {model}")
    onnxruntime.set_seed(1)  # the models draw a little noise, and a line sounds the same each time
    voice = PiperVoice.load(model, include_alignments=True)
    length = voice.config.length_scale / speed(params["rate"])
    how = SynthesisConfig(_speaker(params["speaker"], voice.config), length_scale=length)
    with wave.open(str(path), "wb") as file:
        told = voice.synthesize_wav(text, file, syn_config=how, include_alignments=True)
    return _events(text, voice, told) if told else None


def _speaker(wanted: str | int, config: Any) -> int | None:
    """Return the number of a speaker, None for the model's own choice."""
    if wanted == "":
        return None
    known = config.speaker_id_map
    number = known.get(wanted, wanted)
    if not isinstance(number, int) or not 0 <= number < config.num_speakers:
        there = ", ".join(known) or f"0 to {config.num_speakers - 1}"
        raise Unusable(f"the model has no speaker {wanted!r}; there are {there}"[:300])
    return number


def _events(text: str, voice: Any, told: Sequence[Any]) -> list[Event]:
    """Return when words begin, by the lengths of phonemes; a space stands between two words.

    Where a word is said as several, such as a number, each word is put into phonemes alone, and
    what is the same in both is matched.
    """
    heard, spans = list(_heard(told, voice.config.sample_rate)), written(text)
    owners = list(range(len(spans)))
    if len(heard) != len(spans):
        alone = [list(_groups(voice.phonemize(text[a:b]))) for a, b in spans]
        owners = [index for index, groups in enumerate(alone) for _ in groups]
        if len(heard) != len(owners):
            found = SequenceMatcher(None, [said for _, said in heard], list(chain(*alone)), False)
            pairs = [(a + i, b + i) for a, b, n in found.get_matching_blocks() for i in range(n)]
            heard, owners = [heard[a] for a, _ in pairs], [owners[b] for _, b in pairs]
    return [
        (start, spans[owner][0], spans[owner][1] - spans[owner][0])
        for (start, _), owner in zip(heard, owners, strict=True)
    ]


def _heard(told: Sequence[Any], rate: int) -> Iterator[tuple[int, str]]:
    """Yield when each group of phonemes begins, in ms, and the group."""
    at, begun, said = 0, 0, ""
    for one in told:
        if one.phoneme in _BETWEEN:
            if said:
                yield begun * 1000 // rate, said
            said = ""
        elif one.phoneme not in _MARKS:
            begun = begun if said else at
            said += one.phoneme
        at += int(one.num_samples)
    if said:
        yield begun * 1000 // rate, said


def _groups(phonemes: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the groups of phonemes between spaces."""
    for sentence in phonemes:
        kept = "".join(each for each in sentence if each not in _MARKS)
        yield from kept.split()


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
