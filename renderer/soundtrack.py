"""What is heard in a film, at whole samples: all that its mix depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from renderer.errors import Place
from renderer.nouns import Music


@dataclass(frozen=True, slots=True)
class Played:
    """A sound of a scene: its file, the file's SHA-256, the film's sample at which it begins.

    It lasts `most` samples at the most and then goes over `fade` samples; `gain` is in dB. That
    of a video is a stretch of it, a `clip`; it may `loop`, and
    ends after `until` samples, whatever else there is to hear. One that `stays` belongs to the
    film and not to the scene in which it begins.
    """

    file: Path
    sha256: str
    start: int
    most: int
    fade: int
    gain: float
    place: Place | None = field(default=None, compare=False)
    clip: Mapping[str, Any] | None = None
    loop: bool = False
    until: int | None = None
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound in the mix: its file, the file's SHA-256, and the sample at which it begins.

    One that began before the first sample of the mix has a negative start.
    """

    sound: Path
    digest: str
    start: int


@dataclass(frozen=True, slots=True)
class Underlay:
    """Music under the mix, in samples of it: the film's first and the one after its last.

    `speech` are the spans in which somebody speaks, in order, those beyond the mix too.
    """

    music: Music
    begin: int
    end: int
    speech: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """All that the mix depends on: its sounds, its length in samples, its loudness in LUFS."""

    cues: tuple[Heard, ...]
    samples: int
    loudness: float
    sounds: tuple[Played, ...] = ()
    underlay: Underlay | None = None
