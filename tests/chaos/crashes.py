"""Dies as a library does that reads where it must not."""

import os
import signal
from pathlib import Path
from typing import Any

DISTRIBUTIONS = ()


def version() -> str:
    return "1"


def voices() -> list[tuple[str, list[str]]]:
    return [("chaos", ["*"])]


def speak(text: str, path: Path, params: dict[str, Any]) -> list[tuple[int, int, int]] | None:
    os.kill(os.getpid(), signal.SIGSEGV)
    return []
