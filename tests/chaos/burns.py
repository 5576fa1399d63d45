"""Works without end and hears no signal to stop."""

import signal
from pathlib import Path
from typing import Any

DISTRIBUTIONS = ()


def version() -> str:
    return "1"


def voices() -> list[tuple[str, list[str]]]:
    return [("chaos", ["*"])]


def speak(text: str, path: Path, params: dict[str, Any]) -> list[tuple[int, int, int]] | None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass
