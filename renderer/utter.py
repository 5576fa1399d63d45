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
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from renderer import guide
from renderer.aligning import aligned
from renderer.child import in_a_copy, limit_self, limit_work
from renderer.engines import Unusable
from renderer.finishing import STEP, Heard, finished
from renderer.pronounce import readings
from renderer.times import SAMPLE_RATE
from renderer.words import Event, Spoken, Timed, estimate, shared, spoken, timed

_MEMORY, _FILE_SIZE = 4 << 30, 1 << 30
_GRACE = 5.0  # seconds; an orphan ends itself then


def main(arguments: list[str]) -> int:
    """Answer the requests in a file; of several each line is spoken in a copy. Return 0."""
    asked = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    requests = [{**asked["engine"], **request} for request in asked["requests"]]
    if len(requests) == 1:
        _limit(requests[0], _GRACE)
        _reply(requests[0], partial(_answer, requests[0]))
        return 0
    seconds = sum(request["seconds"] for request in requests)
    limit_work(seconds=seconds, memory=_MEMORY, file_size=_FILE_SIZE)
    _get_ready(requests[0])
    for request in requests:
        _answer_apart(request)
    return 0


def _limit(request: dict[str, Any], grace: float = 0.0) -> None:
    """Hold this process to a request's time; `grace` leaves it to the parent to end it."""
    limit_self(seconds=request["seconds"] + grace, memory=_MEMORY, file_size=_FILE_SIZE)


def _get_ready(request: dict[str, Any]) -> None:
    """Do once what every copy would begin with; where it fails each line will say so."""
    with suppress(Exception):
        engine = _load(request["module"], Path(request["path"]))
        if hasattr(engine, "ready"):
            engine.ready()


def _answer_apart(request: dict[str, Any]) -> None:
    """Answer the request of a line, spoken in a copy of this process.

    What is made of the sound is made here, where memory is at hand. Where the times of words come
    from the guide, which is an engine too, that is done in the copy as well.
    """
    done = Path(request["reply"]).with_suffix(".spoken")
    in_a_copy(partial(_speak_apart, request, done))
    if done.exists():
        _reply(request, lambda: _finish(request, Uttered(**json.loads(done.read_bytes()))))


def _speak_apart(request: dict[str, Any], done: Path) -> None:
    """Speak a line and write to `done` what is to know of it; or answer its request."""
    _limit(request)

    def spoken_now() -> dict[str, Any] | None:
        told = _speak(_load(request["module"], Path(request["path"])), request)
        if told.events is None:
            return _finish(request, told)
        done.write_text(json.dumps(asdict(told)), encoding="utf-8")
        return None

    _reply(request, spoken_now)


def _reply(request: dict[str, Any], answer: Callable[[], dict[str, Any] | None]) -> None:
    """Write the facts that `answer` returns, if any, or why there are none."""
    try:
        facts = answer()
        if facts is None:
            return
        reply: dict[str, Any] = {"facts": facts}
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
    return _finish(request, _speak(engine, request))


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


@dataclass(frozen=True, slots=True)
class Uttered:
    """What an engine has done with a line, beside the file that it wrote.

    `events` are those of words, None where it has none; `silent` and `recorded` are as `finished`
    has them; `version` is the engine's.
    """

    events: list[Event] | None
    silent: bool
    recorded: bool
    version: str


def _speak(engine: ModuleType, request: dict[str, Any]) -> Uttered:
    """Have an engine write the sound of a line."""
    told = engine.speak(_said(request).text, _raw(request), request["params"])
    events = None if told is None else [(int(ms), int(at), int(n)) for ms, at, n in told]
    silent = bool(getattr(engine, "SILENT", False))
    recorded = bool(getattr(engine, "RECORDED", False))
    return Uttered(events, silent, recorded, engine.version())


def _raw(request: dict[str, Any]) -> Path:
    return Path(request["sound"]).with_suffix(".raw.wav")


def _said(request: dict[str, Any]) -> Spoken:
    text, params = request["text"], request["params"]
    return spoken(text, params["say_as"], readings(text, params.get("lang", "")))


def _finish(request: dict[str, Any], told: Uttered) -> dict[str, Any]:
    """Check, level and write a line that was spoken; return the facts about it."""
    text, params, said = request["text"], request["params"], _said(request)
    heard = finished(
        *(_raw(request), Path(request["sound"])),
        *(estimate(said.text, params["rate"]), params["volume"]),
        silent=told.silent,
        recorded=told.recorded,
    )
    events = _guided(said.text, request, heard) if told.events is None else told.events
    return {
        "samples": len(heard.sound),
        "cut": heard.first,
        "words": _times(text, events, said.position, heard),
        "estimated": told.events is None,
        "shared": bool(told.events and _shares(text, told.events, said.position)),
        "version": told.version,
    }


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
        return aligned(text, [bool(each) for each in heard.voiced], 1000 * STEP // SAMPLE_RATE)
    shift = round(heard.first * 1000 / SAMPLE_RATE)
    moved = [(max(0, ms - shift), position(at), count) for ms, at, count in events]
    return timed(text, moved, length)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
