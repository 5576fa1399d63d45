"""Asks for more memory than anybody has."""

from pathlib import Path
from typing import Any

DISTRIBUTIONS = ()


def version() -> str:
    return "1"


def voices() -> list[tuple[str, list[str]]]:
    return [("chaos", ["*"])]


def speak(text: str, path: Path, params: dict[str, Any]) -> list[tuple[int, int, int]] | None:
    path.write_bytes(bytearray(6 << 30))
    return None
