"""What a writer is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reelspec.author.notes import Beat, Research, Unsupported
from reelspec.author.request import GAP, LEAD_AND_TAIL, Pace, Request
from renderer.errors import Problem, Stop
from renderer.words import weight


class WriterError(Stop):
    """A writer gave no script."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A script: the film's title, its beats, what its reader ought to know, what is in doubt."""

    title: str
    beats: tuple[Beat, ...]
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Unsupported, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What a writer is to write: `seconds` is how long its beats are to last, pauses included.

    `before` is what it wrote last, which lasted `lasted` seconds when it was spoken.
    """

    request: Request
    research: Research
    pace: Pace
    seconds: float
    before: Draft | None = None
    lasted: float = 0.0


def seconds_of(sentences: Iterable[str], pace: Pace) -> float:
    """Return about how long the sentences of one scene take, with the pauses between them."""
    said = [pace.seconds(weight(sentence)) for sentence in sentences]
    return sum(said) + GAP * max(0, len(said) - 1)


def seconds_of_beats(beats: Iterable[Beat], pace: Pace) -> float:
    """Return about how long beats last on screen."""
    return sum(LEAD_AND_TAIL + seconds_of(beat.say, pace) for beat in beats)
