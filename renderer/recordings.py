"""Sound files that a film names, decoded once each, in a child, and kept in the store as PCM."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from renderer.child import run_module
from renderer.errors import AssetError, Place, Problem
from renderer.machine import SOUND, versions
from renderer.store import Entry, Recipe, Store

SECONDS = 100.0
"""How long a file may take to decode; an hour of MP3 takes about ten seconds."""

_PROGRAM = "renderer.decode"
_HINT = "use WAV, FLAC, MP3, M4A, OGG or Opus; does it play elsewhere?"


def decoded(
    file: Path, sha256: str, store: Store, place: Place | None, *, trimmed: bool = False
) -> Entry:
    """Return a sound file's first sound as PCM, 16 bits at 48 kHz, with `samples` and `loudness`.

    `loudness` is in LUFS, None for silence; where `trimmed`, what is quiet at the ends is left out.
    Raises AssetError with the place at which the file is named.
    """
    data = {"sha256": sha256, "trimmed": trimmed, "libraries": versions(SOUND)}
    recipe = Recipe("decoded", data, ("decode",), ".wav")

    def make(path: Path) -> dict[str, Any]:
        asked = {"file": str(file), "sha256": sha256, "sound": str(path), "trimmed": trimmed}
        reply = _asked(asked)
        if "error" in reply:
            says = f"the sound file '{file.name}' cannot be used: {reply['error']}"
            raise AssetError(Problem("bad-sound", says, place, _HINT))
        return dict(reply["facts"])

    return store.get(recipe, make)


def _asked(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the reply of a child that decodes, or how it ended as an `error`."""
    with tempfile.TemporaryDirectory(prefix="decode-") as name:
        folder = Path(name)
        reply, question = folder / "reply.json", folder / "request.json"
        whole = {"reply": str(reply), "raw": str(folder / "raw.wav"), "seconds": SECONDS}
        question.write_text(json.dumps({**asked, **whole}), encoding="utf-8")
        ended = run_module(_PROGRAM, [str(question)], folder=folder, seconds=SECONDS)
        try:
            return dict(json.loads(reply.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {"error": f"decoding it failed: {ended.reason(SECONDS)}"}
