"""Writes a file that has no end."""

from pathlib import Path
from typing import Any

DISTRIBUTIONS = ()


def version() -> str:
    return "1"


def voices() -> list[tuple[str, list[str]]]:
    return [("chaos", ["*"])]


def speak(text: str, path: Path, params: dict[str, Any]) -> list[tuple[int, int, int]] | None:
    with path.open("wb") as file:
        file.seek(2 << 30)
        file.write(b"end")
    return None
