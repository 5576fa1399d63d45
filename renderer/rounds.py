"""What watching tells: the events of one round, from the save to the film, as values.

A round of a spec is `Saved`, `Planned`, `Rendered`; or it ends with `Broken`, and the film before
it stays. A newer save ends a round without another word: the `Saved` of the next follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from renderer.errors import Problem
from renderer.render import Compiled, Made


@dataclass(frozen=True, slots=True)
class Saved:
    """Files that a spec reads have new content, or came or went; none in the first round."""

    spec: Path
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A spec is loaded, spoken and planned: its timeline is there, nothing is encoded yet."""

    spec: Path
    compiled: Compiled


@dataclass(frozen=True, slots=True)
class Rendered:
    """The film is at `made.path`, `took` seconds after `Saved`.

    `encoded` are the names of the segments that were made, `cached` of those that were there, each
    name once and in the order of the film.
    """

    spec: Path
    made: Made
    took: float
    encoded: tuple[str, ...]
    cached: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """The round ended with problems; `status` is the exit status that they would give a render."""

    spec: Path
    problems: tuple[Problem, ...]
    status: int


Event = Saved | Planned | Rendered | Broken
