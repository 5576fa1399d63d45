"""Which engine and which voice speak a line, and what the store keeps of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from renderer.asking import CODE, Failed, asked, identity, installs
from renderer.engines import Engine, Listed, candidates, languages, named, voice_for
from renderer.errors import Problem, did_you_mean
from renderer.nouns import Cue, Line, Voice, Word
from renderer.paths import file_digest
from renderer.pronounce import readings
from renderer.store import Entry, Recipe, Store
from renderer.words import estimate, replaced_words, speed, spoken

_TAKE = "renderer.voices._take"
_DECODING = 60.0  # seconds; an hour's recording takes a few

RECORDING = Engine("recording", Path(__file__).parent / "voices" / "_take.py", _TAKE)
"""What gives the takes of lines; no spec names it."""

_READER = Path(__file__).parent / "voices" / "espeak.py"
GUIDE = Engine("espeak", _READER, "renderer.voices.espeak")
"""What reads the text of sounds whose engine tells no times of words, for comparison."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One engine and one voice of it for one line; `before` are the engines that failed first.

    `tags` are the languages of the voice.
    """

    engine: Engine
    voice: str
    line: Line
    before: tuple[Engine, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def params(self) -> dict[str, Any]:
        """Return what the engine is given beside the text, as JSON values."""
        asked = self.line.voice
        if self.line.take:
            return {
                "lang": asked.lang,
                "take": self.line.take.sha256,
                "rate": 1.0,
                "volume": asked.volume,
                "say_as": {},
            }
        return {
            "lang": _foreign(self.tags, asked.lang) or asked.lang,
            "name": self.voice,
            "rate": asked.rate if "rate" in self.engine.takes else 1.0,
            "volume": asked.volume,
            "pitch": asked.pitch if "pitch" in self.engine.takes else 1.0,
            "say_as": replaced_words(self.line.text, asked.say_as),
            **{key: asked.own.get(key, usual) for key, usual in self.engine.own.items()},
        }

    @property
    def recipe(self) -> Recipe:
        """Return what the line's sound depends on; no engine is loaded for it."""
        before = [identity(engine) for engine in self.before]
        data = {"text": self.line.text, "params": self.params, "before": before}
        data |= {"engine": identity(self.engine)} | self._outside()
        return Recipe("line", data, CODE, ".wav")

    def _outside(self) -> dict[str, Any]:
        """Return what an engine's sound depends on that is neither in a spec nor in a library."""
        models = self.engine.models()
        wanted = [name for name in models if name.split(".onnx")[0] == self.voice]
        found = {name: _digest(models[name], models[name].stat().st_mtime_ns) for name in wanted}
        settings = self.engine.settings()
        return {"settings": settings} | {"models": found} if settings or found else {}

    def request(self, sound: Path, patience: float) -> dict[str, Any]:
        """Return what a child is asked: to speak the line into `sound`, within so many seconds."""
        params = self.params
        signs = readings(self.line.text, params.get("lang", ""))
        said = spoken(self.line.text, params["say_as"], signs).text
        seconds = patience + self.engine.patience + 4 * estimate(said, params["rate"])
        if self.line.take:
            params["file"] = str(self.line.take.file)
            seconds += _DECODING
        return {
            "text": self.line.text,
            "params": params,
            "sound": str(sound),
            "seconds": seconds,
            "guide": {"module": GUIDE.module, "path": str(GUIDE.path)},
        }

    def cue(self, line: Line, entry: Entry) -> Cue:
        """Return the cue that a store's entry holds."""
        facts = entry.facts
        return Cue(
            text=line.text,
            engine=self.engine.name,
            voice=self.voice,
            sound=entry.path,
            digest=entry.digest,
            samples=facts["samples"],
            words=tuple(Word(*each) for each in facts["words"]),
            estimated=facts["estimated"],
            cut=facts["cut"],
            shared=facts["shared"],
        )


@cache
def _digest(path: Path, written: int) -> str:
    """Return the SHA-256 of a file that was written at some time."""
    return file_digest(path)


def together(chosen: Sequence[Choice], store: Store, patience: float) -> list[Entry | Failed]:
    """Have one child speak lines with one engine; return what the store now holds of each."""
    with tempfile.TemporaryDirectory(prefix="speak-") as name:
        sounds = [Path(name) / f"{index}.wav" for index in range(len(chosen))]
        requests = [
            choice.request(sound, patience) for choice, sound in zip(chosen, sounds, strict=True)
        ]
        answers = asked(chosen[0].engine, requests, Path(name))
        return [
            answer if isinstance(answer, Failed) else _kept(choice, sound, answer, store)
            for choice, sound, answer in zip(chosen, sounds, answers, strict=True)
        ]


def _kept(choice: Choice, sound: Path, facts: dict[str, Any], store: Store) -> Entry:
    def take(path: Path) -> dict[str, Any]:
        shutil.copyfile(sound, path)
        return facts

    return store.put(choice.recipe, take)


def choices(
    line: Line, engines: Mapping[str, Engine], listed: Callable[[Engine], Listed | str]
) -> tuple[Choice, ...] | Problem:
    """Return the engines and voices to try for a line, in order, or why there are none."""
    if line.take:
        return (Choice(RECORDING, "", line),)
    try:
        speed(line.voice.rate)
    except ValueError as fault:
        hint = "write a factor such as 0.95, or words a minute such as 160wpm"
        return Problem("bad-rate", str(fault), line.place, hint)
    tried = candidates(line.voice.engine, engines)
    if not tried:
        return _unknown_engine(line, engines)
    there = [(engine, listed(engine)) for engine in tried]
    usable = [(engine, voices) for engine, voices in there if not isinstance(voices, str)]
    if not usable:
        reasons = [f"{engine.name}: {why}" for engine, why in there]
        return _no_engine(line, reasons, installs(tried[0]))
    found = [(engine, _cast(line.voice, engine, voices)) for engine, voices in usable]
    cast = [(engine, voice) for engine, voice in found if voice is not None]
    tags = {engine.name: dict(voices) for engine, voices in usable}
    if not cast:
        return _no_voice(line, [voices for _, voices in usable])
    before = [tuple(engine for engine, _ in cast[:index]) for index in range(len(cast))]
    return tuple(
        Choice(engine, voice, line, earlier, tuple(tags[engine.name][voice]))
        for (engine, voice), earlier in zip(cast, before, strict=True)
    )


def _cast(voice: Voice, engine: Engine, listed: Listed) -> str | None:
    if voice.name and "name" in engine.takes:
        return named(listed, voice.name)
    return voice_for(listed, voice.lang)


def _foreign(tags: Sequence[str], lang: str) -> str:
    """Return the first language of a voice that does not speak a film's own; else nothing."""
    return "" if voice_for([("", tags)], lang) is not None or not tags else tags[0]


def _unknown_engine(line: Line, engines: Mapping[str, Engine]) -> Problem:
    name = line.voice.engine
    hint = did_you_mean(name, engines) or f"there are auto, {', '.join(sorted(engines))}"
    return Problem("unknown-name", f"no voice engine is named {name!r}", line.place, hint)


def _no_engine(line: Line, reasons: Sequence[str], hint: str) -> Problem:
    message = f"no voice engine can be used: {'; '.join(reasons)}"
    return Problem("voice-missing", message, line.place, hint)


def _no_voice(line: Line, listed: Sequence[Listed]) -> Problem:
    """Return the problem of a name or a language that no voice has."""
    voice = line.voice
    if voice.name:
        names = sorted({name for voices in listed for name, _ in voices})
        hint = did_you_mean(voice.name, names) or f"there are {', '.join(names[:20])}"
        return Problem("unknown-name", f"no voice is named {voice.name!r}", line.place, hint)
    known = ", ".join(languages(listed))
    message = f"no voice of {voice.engine} speaks {voice.lang!r}"
    return Problem("no-voice", message, line.place, f"languages known: {known}")
