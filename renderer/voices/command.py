"""A program of one's own: it reads the text on its standard input and writes WAV to its output.

It is named by the environment, never by a spec: `REELSPEC_VOICE_COMMAND="my-voice --fast"`. It is
told the language and the speed by the variables VOICE_LANG and VOICE_RATE.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

from renderer.engines import Unusable
from renderer.words import speed

DISTRIBUTIONS = ()
TIMES = False
SETTINGS = ("REELSPEC_VOICE_COMMAND",)
PASSES = ("*",)
PATIENCE = 60.0
TAKES = ("rate",)
EXAMPLE = {"rate": 0.95}


def version() -> str:
    """Return the version of the way in which the program is asked."""
    return "1"


def voices() -> list[tuple[str, list[str]]]:
    """Return the one voice, whose language the program chooses; raises Unusable without it."""
    return [(Path(_command()[0]).stem, ["*"])]


def notes() -> dict[str, str]:
    """Return the program that is run."""
    return {Path(_command()[0]).stem: shlex.join(_command())}


def speak(text: str, path: Path, params: dict[str, Any]) -> None:
    """Write what the program says as WAV; it gives no times of words.

    Raises Unusable with the program's last words where it fails.
    """
    told = {"VOICE_LANG": str(params["lang"]), "VOICE_RATE": f"{speed(params['rate']):g}"}
    with path.open("wb") as sound:
        done = subprocess.run(
            _command(),
            input=text.encode(),
            stdout=sound,
            stderr=subprocess.PIPE,
            env={**os.environ, **told},
            check=False,
        )
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        said = f": {words[-1][:300]}" if words else ""
        raise Unusable(f"the program ended with status {done.returncode}{said}")


def _command() -> list[str]:
    """Return the program and its arguments."""
    written = os.environ.get("REELSPEC_VOICE_COMMAND", "")
    words = shlex.split(written, posix=os.name != "nt")
    if not words:
        raise Unusable("REELSPEC_VOICE_COMMAND does not say which program speaks")
    program = shutil.which(words[0])
    if program is None:
        raise Unusable(f"the program '{words[0]}' of REELSPEC_VOICE_COMMAND is not there")
    return [program, *words[1:]]
