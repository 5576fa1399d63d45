"""The nouns of videos: what a file is, and the stretch of it that a layer plays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """What a video file is: its size as it is seen, its length in seconds, whether it sounds.

    `told` is all that was found out about it, for whoever reads it next.
    """

    size: tuple[int, int]
    length: Fraction
    sound: bool
    told: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a video that a layer plays: its file, from `first` to `last` in seconds of it.

    `found` is what the file is, `kept` the size of the pictures that are kept of it. `gain` is
    that of its sound in dB, None where it is not heard.
    """

    file: Path
    sha256: str
    first: Fraction
    last: Fraction
    found: Measured
    kept: tuple[int, int]
    loop: bool = False
    gain: float | None = None

    @property
    def length(self) -> Fraction:
        """Return for how many seconds it plays."""
        return self.last - self.first

    def to_json(self) -> dict[str, Any]:
        """Return what its pictures and its sound are made of, as JSON values."""
        trim = [str(self.first), str(self.last)]
        named = {"file": {"file": str(self.file), **self.found.told}, "sha256": self.sha256}
        return {**named, "trim": trim, "size": list(self.kept)}
