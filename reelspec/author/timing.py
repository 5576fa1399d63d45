"""How fast a voice speaks, and how long a spec's scenes last when they are spoken."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from reelspec.author.request import Pace, Request
from reelspec.author.samples import SAMPLES
from reelspec.author.segmentation import base, sentences
from renderer.errors import Place, Problem, Stop
from renderer.nouns import Line, Voice
from renderer.plan import plan
from renderer.spec import load
from renderer.store import Store
from renderer.times import SAMPLE_RATE
from renderer.voice import speak_all
from renderer.words import estimate, weight

_WORDS = 30


@dataclass(frozen=True, slots=True)
class Length:
    """How long a film is: the seconds of each scene before holds, by id."""

    scenes: dict[str, float]

    @property
    def total(self) -> float:
        """Return the seconds of the whole film before holds."""
        return sum(self.scenes.values())


def calibrated(request: Request, text: str, store: Store) -> tuple[Pace, tuple[Problem, ...]]:
    """Return how fast the film's voice speaks its language, heard on a sample of some 30 words.

    The sample is our own where we have one in the language, else the beginning of `text`; what was
    spoken is kept in the store, under engine, voice, language and rate. Where no voice can speak it
    the pace is an estimate, and a warning says so.
    """
    sample = SAMPLES.get(base(request.lang)) or _beginning(text)
    manner = request.manner
    voice = Voice(manner.engine, request.lang, manner.voice, manner.rate)
    guess = Pace(weight(sample or "a") / estimate(sample or "a", manner.rate))
    lines = [Line(said, voice, Place("sample", 1, 1)) for said in sentences(sample)]
    if not lines:
        return guess, ()
    try:
        cues = speak_all(lines, store, lambda *_: None)
    except Stop as stop:
        return guess, tuple(_unspoken(problem) for problem in stop.problems[:1])
    heard = sum(cue.samples for cue in cues) / SAMPLE_RATE
    return Pace(sum(weight(line.text) for line in lines) / max(heard, 0.1), measured=True), ()


def _beginning(text: str) -> str:
    return " ".join(text.split()[:_WORDS])[:300]


def _unspoken(problem: Problem) -> Problem:
    says = f"the length is an estimate, for nobody here speaks it: {problem.message}"
    return Problem("not-measured", says, hint=problem.hint, level="warning")


def measured(text: str, store: Store) -> Length:
    """Return how long the scenes of a spec last, as the renderer speaks and plans them.

    Raises `Stop` with the problems where it cannot be loaded or spoken.
    """
    with tempfile.TemporaryDirectory(prefix="author-") as folder:
        path = Path(folder) / "film.yaml"
        path.write_text(text, encoding="utf-8")
        spec = load(path)
        timeline, _ = plan(spec, speak_all(spec.lines, store, lambda *_: None))
    fps = timeline.canvas.fps
    return Length({shot.id: float((shot.frames - shot.hold) / fps) for shot in timeline.shots})
