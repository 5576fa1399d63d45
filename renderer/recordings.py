"""Sound files that a film names, decoded once each, in a child, and kept in the store as PCM."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from renderer.errands import asked
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
        request = {"file": str(file), "sha256": sha256, "sound": str(path), "trimmed": trimmed}
        reply = asked(_PROGRAM, request, "decoding it", SECONDS)
        if "error" in reply:
            says = f"the sound file '{file.name}' cannot be used: {reply['error']}"
            raise AssetError(Problem("bad-sound", says, place, _HINT))
        return dict(reply["facts"])

    return store.get(recipe, make)
