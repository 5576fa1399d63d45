"""What a film file is made of, as values; loads no library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the film: its title, its first frame and the frame after its last."""

    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Part:
    """A segment's file and how many frames of the film it gives; a still's GOP is repeated.

    The file is named by a string: a long film has thousands, and paths take long to send.
    """

    path: str
    frames: int
    still: bool


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A text of the subtitle track, its first frame and the frame after its last."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Subtitles:
    """A track of texts in order; `lang` is ISO 639-2, `on` says that players show it unasked."""

    texts: Sequence[Subtitle]
    lang: str
    on: bool


@dataclass(frozen=True, slots=True)
class Titles:
    """What a film's file says beside pictures and sound; times are frames at so many a second."""

    fps: Fraction
    tags: Mapping[str, str]
    chapters: Sequence[Chapter]
    subtitles: Subtitles | None


@dataclass(frozen=True, slots=True)
class Film:
    """What a film file is made of.

    `sound` is a file of AAC `packets`, `samples` its length at 48 kHz.
    """

    parts: Sequence[Part]
    sound: Path
    samples: int
    fps: Fraction
    tags: Mapping[str, str] = field(default_factory=dict)
    chapters: Sequence[Chapter] = ()
    subtitles: Subtitles | None = None

    @property
    def titles(self) -> Titles:
        """Return what the file says beside pictures and sound."""
        return Titles(self.fps, self.tags, self.chapters, self.subtitles)
