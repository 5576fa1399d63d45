"""What somebody asks for: a topic, a length, a language, a manner."""

from __future__ import annotations

from dataclasses import dataclass, field

from renderer.times import SAMPLE_RATE

SECOND = SAMPLE_RATE
"""Samples in a second."""

LEAD_AND_TAIL = 0.8
"""Seconds of quiet that a scene has around its speech by default."""

GAP = 0.3
"""Seconds between two sentences of a scene."""

TOLERANCE = 0.05
"""How far a film may be from the length that was asked for, as a share of it."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the film is to be: who speaks, for whom, in which look; empty leaves it to the default.

    `include` and `avoid` are words: what has them is preferred or left out. `rate` is the voice's,
    as specs write it.
    """

    tone: str = ""
    audience: str = ""
    theme: str = ""
    size: str = ""
    include: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    engine: str = "auto"
    voice: str = ""
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Model:
    """Which language model writes: its address and name, its key, how it is held to the plan.

    `output` is `prompted`, `native` or `tool`; `patience` is the seconds that one answer may take.
    """

    url: str = ""
    name: str = ""
    key: str = field(default="", repr=False)
    output: str = "prompted"
    patience: float = 180.0


@dataclass(frozen=True, slots=True)
class Request:
    """A film that is asked for: its topic, its length in seconds, its BCP 47 language."""

    topic: str
    lang: str
    duration: float
    manner: Manner = Manner()
    model: Model = Model()


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a voice speaks a language: letters a second, weighed as `renderer.words` does.

    `measured` says that a voice was heard; else it is an estimate.
    """

    letters: float
    measured: bool = False

    def seconds(self, weight: float) -> float:
        """Return how long a text of that weight takes to say."""
        return weight / self.letters
