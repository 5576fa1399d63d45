"""The door to the systems' players of sound files; they differ, and that difference stands here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from renderer.errors import MissingError, Problem

_PLAYERS = (
    ("afplay",),
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
)


def play(path: Path) -> None:
    """Play a WAV file to its end; raises MissingError where nothing here plays one."""
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(path), winsound.SND_FILENAME)
        return
    player = next((each for each in _PLAYERS if shutil.which(each[0])), None)
    if player is None:
        says, hint = "no program here plays sound", "keep the files instead: --sample FOLDER"
        raise MissingError(Problem("no-player", says, hint=hint))
    done = subprocess.run([*player, str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it did not say why"]
        says = f"{player[0]} cannot play: {said[-1][:200]}"
        raise MissingError(Problem("no-player", says, hint="keep the files: --sample FOLDER"))
