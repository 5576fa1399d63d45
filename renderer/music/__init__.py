"""Music composed by the program: a loop of about a minute and a half in one of three moods.

It is played by instruments of its own, the same at every time, and has no seam.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from renderer.loudness import loudness
from renderer.media.pcm import write
from renderer.music import calm, tense, upbeat
from renderer.music.playing import played

MOODS = {"calm": calm.piece, "upbeat": upbeat.piece, "tense": tense.piece}
"""Mood → what returns its piece."""


def composed(mood: str, path: Path) -> dict[str, Any]:
    """Write the loop of a mood as stereo PCM; return its `samples` and its `loudness` in LUFS."""
    sound = played(MOODS[mood]())
    write(path, [sound], stereo=True)
    return {"samples": len(sound), "loudness": loudness(sound)}
