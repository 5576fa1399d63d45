"""Writes bytes that are no sound."""

from pathlib import Path
from typing import Any

DISTRIBUTIONS = ()


def version() -> str:
    return "1"


def voices() -> list[tuple[str, list[str]]]:
    return [("chaos", ["*"])]


def speak(text: str, path: Path, params: dict[str, Any]) -> list[tuple[int, int, int]] | None:
    path.write_bytes(bytes(range(256)) * 100)
    return []
