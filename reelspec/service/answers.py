"""What a verb answers with, where it is not a JSON object."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, its media type, and the name under which it is best saved."""

    path: Path
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Followed:
    """The changes of a job, one after the other until it has ended."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its media type."""

    text: str
    media_type: str
