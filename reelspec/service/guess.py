"""A film's timeline before anybody has spoken: every word takes as long as in the silent voice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from renderer.errors import Problem, SpecError, in_order
from renderer.nouns import Cue, Line, Word
from renderer.plan import plan
from renderer.profile import UNTRUSTED, under
from renderer.spec import Spec, load
from renderer.timeline import Timeline
from renderer.times import SAMPLE_RATE

_WORD = 400
"""Milliseconds of a word: 150 words a minute."""


def guessed(spec: Spec) -> tuple[Timeline, tuple[Problem, ...]]:
    """Return the timeline of a spec with its warnings, its pictures half as wide and high.

    Raises SpecError with what is wrong.
    """
    with under(UNTRUSTED):
        timeline, problems = plan(spec, cues(spec.lines))
    if any(problem.level == "error" for problem in problems):
        raise SpecError(*problems)
    small = replace(timeline, canvas=replace(timeline.canvas, reduced=2))
    return small, in_order([*spec.warnings, *problems])


def timeline_of(spec: Spec) -> Timeline:
    """Return the timeline of a spec of one's own, its pictures in full size; as `guessed`."""
    timeline, problems = plan(spec, cues(spec.lines))
    if any(problem.level == "error" for problem in problems):
        raise SpecError(*problems)
    return timeline


def cues(lines: Sequence[Line]) -> tuple[Cue, ...]:
    """Return a cue without sound for each line, a word every 0.4 s."""
    return tuple(_cue(line.text) for line in lines)


def _cue(text: str) -> Cue:
    words = tuple(_words(text))
    samples = len(words) * _WORD * SAMPLE_RATE // 1000
    return Cue(text, "silent", "silent", Path(), "", samples, words)


def _words(text: str) -> Iterator[Word]:
    for number, match in enumerate(re.finditer(r"\S+", text)):
        yield Word(number * _WORD, *match.span())


def read(path: Path, root: Path) -> Spec:
    """Return a stranger's spec; raises SpecError with every problem."""
    return load(path, root=root, limits=UNTRUSTED)
