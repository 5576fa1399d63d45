"""The program that speaks lines, run as a child: `python -m renderer.utter REQUESTS`.

The file is JSON: an engine, and requests to it. Each asks for the engine's voices, or brings a
text, the engine's parameters and the path of the sound to write. What comes of it goes to a JSON
file of its own, which holds `facts`, or `error`: why there is no sound, in the engine's own words
where it has any.

Every line finds its engine as fresh as the first: eSpeak sounds a little different after another
line, and a film must not depend on what was spoken with what.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import wave
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from renderer import guide
from renderer.aligning import aligned
from renderer.child import in_a_copy, limit_self, limit_work
from renderer.engines import Unusable
from renderer.loudness import amplitude, limited, loudness
from renderer.media.sound import Unreadable, read, resample
from renderer.pronounce import readings
from renderer.times import SAMPLE_RATE
from renderer.words import Event, Timed, estimate, shared, spoken, timed

Sound = npt.NDArray[np.float32]

LINE_LOUDNESS = -16.0  # LUFS
_MEMORY, _FILE_SIZE = 4 << 30, 1 << 30
_GRACE = 5.0  # seconds; an orphan ends itself then
_SILENCE = -60.0  # dBFS: what is quieter on the whole is no speech
_EDGE = -50.0  # dB under the loudest stretch: what is quieter at the ends is cut off
_OVER_ROOM = 8.0  # dB over the quietest twentieth of a recording: what is quieter is the room
_MOST_GATE = -26.0  # dB under the loudest stretch: what is louder is speech in any room
_KEPT = 30 * SAMPLE_RATE // 1000
_FADE = 10 * SAMPLE_RATE // 1000
_STEP = SAMPLE_RATE // 100
_PLAUSIBLE = (0.3, 4.0)  # times the estimated length


def main(arguments: list[str]) -> int:
    """Answer the requests in a file, each of several in a copy of this process; return 0."""
    asked = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    requests = [{**asked["engine"], **request} for request in asked["requests"]]
    if len(requests) == 1:
        _reply(requests[0], grace=_GRACE)
        return 0
    seconds = sum(request["seconds"] for request in requests)
    limit_work(seconds=seconds, memory=_MEMORY, file_size=_FILE_SIZE)
    _get_ready(requests[0])
    for request in requests:
        in_a_copy(partial(_reply, request))
    return 0


def _get_ready(request: dict[str, Any]) -> None:
    """Do once what every copy would begin with; where it fails each line will say so."""
    with suppress(Exception):
        _levelled(np.zeros(_FADE, np.float32), 1.0)
        engine = _load(request["module"], Path(request["path"]))
        if hasattr(engine, "ready"):
            engine.ready()


def _reply(request: dict[str, Any], grace: float = 0.0) -> None:
    """Answer one request within its time; `grace` leaves it to the parent to end this process."""
    limit_self(seconds=request["seconds"] + grace, memory=_MEMORY, file_size=_FILE_SIZE)
    try:
        reply: dict[str, Any] = {"facts": _answer(request)}
    except Exception as error:  # foreign code may raise anything; its words go to the parent
        reply = {"error": f"{error}" if isinstance(error, Unusable) else _words_of(error)}
    Path(request["reply"]).write_text(json.dumps(reply), encoding="utf-8")


def _words_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    engine = _load(request["module"], Path(request["path"]))
    if "lacks" in request:
        return {"lacks": engine.lacks() if hasattr(engine, "lacks") else ""}
    if "text" not in request:
        told = engine.notes() if hasattr(engine, "notes") else {}
        return {"voices": [[name, list(tags)] for name, tags in engine.voices()], "notes": told}
    return _speak(engine, request)


def _load(module: str, path: Path) -> ModuleType:
    """Return the engine's module: by its name where it has one, else from its file."""
    if module:
        return importlib.import_module(module)
    made = importlib.util.spec_from_file_location(f"voice_{path.stem}", path)
    if made is None or made.loader is None:
        raise Unusable(f"{path} is no Python module")
    loaded = importlib.util.module_from_spec(made)
    made.loader.exec_module(loaded)
    return loaded


def _speak(engine: ModuleType, request: dict[str, Any]) -> dict[str, Any]:
    """Speak, check, level and write one line; return the facts about it."""
    text, params, path = request["text"], request["params"], Path(request["sound"])
    said = spoken(text, params["say_as"], readings(text, params.get("lang", "")))
    raw = path.with_suffix(".raw.wav")
    events = engine.speak(said.text, raw, params)
    estimated = events is None
    silent = bool(getattr(engine, "SILENT", False))
    recorded = bool(getattr(engine, "RECORDED", False))
    sound = _checked(raw, silent)
    if not silent and not recorded:
        _check_length(sound, estimate(said.text, params["rate"]))
    voiced = _voiced(sound, recorded)
    cut, first = (sound, 0) if silent else _trimmed(sound, voiced, recorded)
    _write(path, _levelled(cut, params["volume"]))
    heard = Heard(cut, first, voiced[first // _STEP :])
    if events is None:
        events = _guided(said.text, request, heard)
    return {
        "samples": len(cut),
        "cut": first,
        "words": _times(text, events, said.position, heard),
        "estimated": estimated,
        "shared": bool(events and not estimated and _shares(text, events, said.position)),
        "version": engine.version(),
    }


@dataclass(frozen=True, slots=True)
class Heard:
    """What is left of a sound, the sample at which it began, and where from there it is voiced."""

    sound: Sound
    first: int
    voiced: npt.NDArray[np.bool_]


def _checked(path: Path, silent: bool) -> Sound:
    """Return the engine's sound, mono at 48 kHz, once it is known to be whole and audible."""
    if not path.is_file():
        raise Unusable("it wrote no sound file")
    channels, rate = _plain(path) or _decoded(path)
    sound: Sound = resample(channels.mean(axis=0, keepdims=True), rate)[0]
    if not len(sound):
        raise Unusable("its sound file is empty")
    if not np.isfinite(sound).all():
        raise Unusable("its sound holds values that are no numbers")
    if not silent and float(np.sqrt(np.mean(sound**2))) < amplitude(_SILENCE):
        raise Unusable("its sound is silence")
    return sound


def _plain(path: Path) -> tuple[Sound, int] | None:
    """Return the samples (channels, n) of a WAV file of 16 bits and its rate; of no other file.

    Raises Unusable where the file is shorter than its header says.
    """
    with suppress(wave.Error, EOFError), wave.open(str(path), "rb") as file:
        promised, width = file.getnframes(), file.getsampwidth() * file.getnchannels()
        data = file.readframes(promised)
        there = len(data) // width
        if there < promised < (1 << 32) // width - 1024:  # a streamed header promises the most
            raise Unusable(f"its sound file is cut off: {there} of {promised} samples")
        if file.getsampwidth() == 2:
            sound = np.frombuffer(data[: there * width], "<i2").reshape(there, -1).T
            return sound.astype(np.float32) / np.float32(32768), file.getframerate()
    return None


def _decoded(path: Path) -> tuple[Sound, int]:
    try:
        return read(path)
    except Unreadable as error:
        raise Unusable(f"its sound file cannot be read: {error}") from error


def _check_length(sound: Sound, expected: float) -> None:
    length = len(sound) / SAMPLE_RATE
    least, most = _PLAUSIBLE
    if expected < 1 or least * expected <= length <= most * expected:
        return
    raise Unusable(f"its sound lasts {length:.1f} s where about {expected:.1f} s were expected")


def _energies(sound: Sound) -> npt.NDArray[np.float64]:
    """Return the RMS of each 10 ms."""
    count = -(-len(sound) // _STEP)
    padded = np.zeros(count * _STEP)
    padded[: len(sound)] = sound
    rms: npt.NDArray[np.float64] = np.sqrt((padded.reshape(count, _STEP) ** 2).mean(axis=1))
    return rms


def _voiced(sound: Sound, recorded: bool) -> npt.NDArray[np.bool_]:
    """Return of each 10 ms whether there is sound; the noise of a room is none."""
    energies = _energies(sound)
    loudest = float(energies.max())
    gate = max(loudest * amplitude(_EDGE), amplitude(_SILENCE - 20))
    if recorded:
        room = float(np.quantile(energies, 0.05)) * amplitude(_OVER_ROOM)
        gate = max(gate, min(room, loudest * amplitude(_MOST_GATE)))
    return energies > gate


def _trimmed(sound: Sound, voiced: npt.NDArray[np.bool_], recorded: bool) -> tuple[Sound, int]:
    """Return the sound without the silence at its ends, and the sample at which that begins.

    A stretch that stays is longer before and after a person, who breathes and fades.
    """
    loud, kept = np.flatnonzero(voiced), 4 * _KEPT if recorded else _KEPT
    first = max(0, int(loud[0]) * _STEP - kept)
    last = min(len(sound), (int(loud[-1]) + 1) * _STEP + kept)
    return sound[first:last], first


def _levelled(sound: Sound, volume: float) -> Sound:
    """Return the line at -16 LUFS under the ceiling, turned down by `volume`, with faded edges."""
    level = loudness(sound)
    gain = amplitude(LINE_LOUDNESS - level) if np.isfinite(level) else 1.0
    done = limited((sound * gain).astype(np.float32)) * np.float32(volume)
    fade = min(_FADE, len(done) // 2)
    ramp = np.linspace(0, 1, fade, endpoint=False, dtype=np.float32)
    done[:fade] *= ramp
    done[len(done) - fade :] *= ramp[::-1]
    return done


def _write(path: Path, sound: Sound) -> None:
    pcm = np.round(np.clip(sound, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(pcm.tobytes())


def _guided(text: str, request: dict[str, Any], heard: Heard) -> list[Event] | None:
    """Return word events by a reading of the guide's, None where there is none."""
    engine, path = request["guide"], Path(request["sound"]).with_suffix(".guide.wav")
    lang, voiced = request["params"]["lang"], [bool(each) for each in heard.voiced]
    with suppress(Exception):  # foreign code may raise anything; the times are estimated without it
        reader = _load(engine["module"], Path(engine["path"]))
        told = guide.events(text, lang, heard.sound, voiced, reader, path)
        return told and [(ms + heard.first * 1000 // SAMPLE_RATE, at, n) for ms, at, n in told]
    return None


def _shares(text: str, events: list[Event], position: Any) -> bool:
    return shared(text, [(ms, position(at), count) for ms, at, count in events])


def _times(text: str, events: list[Event] | None, position: Any, heard: Heard) -> list[Timed]:
    """Return what is `timeable` with its start in what is left of the sound."""
    length = len(heard.sound) * 1000 // SAMPLE_RATE
    if events is None:
        return aligned(text, [bool(each) for each in heard.voiced], 1000 * _STEP // SAMPLE_RATE)
    shift = round(heard.first * 1000 / SAMPLE_RATE)
    moved = [(max(0, ms - shift), position(at), count) for ms, at, count in events]
    return timed(text, moved, length)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
