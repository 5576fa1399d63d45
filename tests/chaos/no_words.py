"""Speaks well, and knows nothing of its words."""

import wave
from pathlib import Path
from typing import Any

import numpy as np

DISTRIBUTIONS = ()


def version() -> str:
    return "1"


def voices() -> list[tuple[str, list[str]]]:
    return [("chaos", ["*"])]


def hum(path: Path, seconds: float, rate: int) -> None:
    """Write bursts of a tone, two a second, with silence between them."""
    time = np.arange(int(seconds * 22050)) / 22050
    sound = 0.3 * np.sin(2 * np.pi * 220 * time) * (time % 0.5 < 0.4)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes((sound * 32767).astype("<i2").tobytes())


def speak(text: str, path: Path, params: dict[str, Any]) -> list[tuple[int, int, int]] | None:
    hum(path, 2.0, 22050)
    return None
