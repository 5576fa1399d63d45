"""Voice engines asked in a child: what they can, and what they make of requests."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from renderer.child import Ended, run_module
from renderer.engines import Engine, Listed, distribution_version
from renderer.paths import file_digest
from renderer.store import Recipe, Store

CODE = (
    *("utter", "aligning", "words", "loudness", "media.sound", "media.pcm"),
    *("voices._espeak", "voices._http", "voices.espeak"),
)
"""The modules that what a child answers depends on, beside those of the engines."""

_PROGRAM = "renderer.utter"
_LIBRARIES = ("numpy", "av", "espeakng-loader")


class Failed(Exception):
    """An engine failed; the text is its own words, or how its child ended."""


@cache
def identity(engine: Engine) -> Mapping[str, Any]:
    """Return what an engine's sound depends on beside the request."""
    return {
        "name": engine.name,
        "source": file_digest(engine.path),
        "versions": engine.distributions(),
        "libraries": {name: distribution_version(name) for name in _LIBRARIES},
        "system": sys.platform,
    }


def asked(
    engine: Engine, requests: Sequence[Mapping[str, Any]], folder: Path
) -> list[dict[str, Any] | Failed]:
    """Return the facts that a child answers each request with, or how it failed."""
    replies = [folder / f"{index}.json" for index in range(len(requests))]
    whole = {
        "engine": {"module": engine.module, "path": str(engine.path)},
        "requests": [
            {**request, "reply": str(reply)}
            for request, reply in zip(requests, replies, strict=True)
        ],
    }
    question = folder / "requests.json"
    question.write_text(json.dumps(whole), encoding="utf-8")
    seconds = sum(request["seconds"] for request in requests)
    arguments, passing = [str(question)], engine.passing()
    ended = run_module(_PROGRAM, arguments, folder=folder, seconds=seconds, passing=passing)
    return [_facts(ended, reply, seconds) for reply in replies]


def _facts(ended: Ended, answer: Path, seconds: float) -> dict[str, Any] | Failed:
    try:
        reply = json.loads(answer.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        reason = "it gave no answer" if ended.status == 0 else ended.reason(seconds)
        return Failed(_with_words(reason, ended.output))
    return Failed(reply["error"]) if "error" in reply else dict(reply["facts"])


def _with_words(reason: str, output: str) -> str:
    lines = output.splitlines()
    return f"{reason}: {lines[-1].strip()}" if lines else reason


def listing(engine: Engine, store: Store, patience: float) -> Listed | str:
    """Return the voices of an engine, asked once for each of its versions, or why it has none."""
    told = described(engine, store, patience)
    return told if isinstance(told, str) else [(name, tags) for name, tags in told["voices"]]


def known(engine: Engine, store: Store) -> Listed | str:
    """Return the voices of an engine that was asked before, or why that is not known."""
    entry = store.find(_recipe(engine))
    if entry is None:
        return f"{engine.name} was not asked for its voices yet"
    return [(name, tags) for name, tags in entry.facts["voices"]]


def _recipe(engine: Engine) -> Recipe:
    there = {"settings": engine.settings(), "models": _written(engine.models())}
    return Recipe("voices", {**identity(engine), **there}, CODE, ".voices")


def described(engine: Engine, store: Store, patience: float) -> Mapping[str, Any] | str:
    """Return `voices`, as of `listing`, and `notes`, name → what to know of a voice, or why not."""
    recipe = _recipe(engine)

    def make(path: Path) -> dict[str, Any]:
        with tempfile.TemporaryDirectory(prefix="speak-") as name:
            seconds = patience + engine.patience
            (facts,) = asked(engine, [{"seconds": seconds}], Path(name))
        if isinstance(facts, Failed):
            raise facts
        path.write_text(json.dumps(facts), encoding="utf-8")
        return facts

    try:
        return store.get(recipe, make).facts
    except Failed as failure:
        return str(failure)


def lacking(engine: Engine, patience: float) -> str:
    """Return what an engine that lists its voices still lacks to speak, such as a key; or nothing.

    It is asked anew each time, for secrets are not in the store; one that the environment does not
    set up lacks nothing.
    """
    if not engine.is_set_up:
        return ""
    with tempfile.TemporaryDirectory(prefix="speak-") as name:
        request = {"seconds": patience + engine.patience, "lacks": True}
        (facts,) = asked(engine, [request], Path(name))
    return str(facts) if isinstance(facts, Failed) else str(facts["lacks"])


def _written(models: Mapping[str, Path]) -> dict[str, list[int]]:
    """Return the size of each file of some models and when it was written."""
    found = {name: path.stat() for name, path in models.items()}
    return {name: [stat.st_size, stat.st_mtime_ns] for name, stat in found.items()}


def installs(engine: Engine) -> str:
    """Return what installs what an engine needs."""
    lacking = "absent" in engine.distributions().values()
    if engine.extra:
        return f"pip install 'reelspec[{engine.extra}]'" if lacking else ""
    return "pip install pyttsx3 espeakng-loader" if engine.distributions() else ""
