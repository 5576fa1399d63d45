"""Lines → Cues: every sentence is spoken once, in a child, and kept in the store.

A line whose cue is in the store loads neither numpy nor an engine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field

from renderer.casting import Choice, Failed, choices, listing
from renderer.child import end_all
from renderer.engines import Engine, installed
from renderer.errors import AssetError, MissingError, Problem, SpecError, Stop, in_order
from renderer.spec import Cue, Line
from renderer.store import Store
from renderer.times import SAMPLE_RATE

PATIENCE = 10.0
_TRIES = 2

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Speaker:
    """What turns lines into cues: a store, the engines there are, how long one may take.

    `patience` is the seconds that a child gets beyond four times the estimated length of a line.
    """

    store: Store
    engines: Mapping[str, Engine] = field(default_factory=installed)
    patience: float = PATIENCE

    def speak(self, line: Line) -> Cue | Problem:
        """Return the line's cue, from the store or newly spoken, or why there is none."""
        chosen = self.chosen(line)
        if isinstance(chosen, Problem):
            return chosen
        return self.found(line, chosen) or self._spoken(line, chosen)

    def chosen(self, line: Line) -> tuple[Choice, ...] | Problem:
        """Return the engines and voices to try for a line, in order, or why there are none."""
        return choices(line, self.engines, lambda each: listing(each, self.store, self.patience))

    def found(self, line: Line, chosen: Sequence[Choice]) -> Cue | None:
        """Return the line's cue if the store has it."""
        for choice in chosen:
            entry = self.store.find(choice.recipe)
            if entry:
                return choice.cue(line, entry)
        return None

    def _spoken(self, line: Line, chosen: Sequence[Choice]) -> Cue | Problem:
        reasons = []
        for choice in chosen:
            try:
                return self._tried(line, choice)
            except Failed as failure:
                reasons.append(f"the voice engine {choice.engine.name} failed: {failure}")
        return Problem("voice-failed", "; ".join(reasons), line.place, _hint(line))

    def _tried(self, line: Line, choice: Choice) -> Cue:
        """Return the cue of one engine, tried twice; raises Failed with the second failure."""
        for left in reversed(range(_TRIES)):
            try:
                made = self.store.get(choice.recipe, lambda path: choice.make(path, self.patience))
                return choice.cue(line, made)
            except Failed:
                if not left:
                    raise
        raise AssertionError("unreachable")


def _hint(line: Line) -> str:
    if line.voice.engine in ("auto", "pyttsx3"):
        return "name another engine, such as `engine: espeak`"
    return "name another engine, or leave it to `engine: auto`"


def speak(line: Line, store: Store) -> Cue | Problem:
    """Return a line's cue, from the store or newly spoken, or why there is none."""
    return Speaker(store).speak(line)


def speak_all(
    lines: Sequence[Line], store: Store, report: Report, speaker: Speaker | None = None
) -> list[Cue]:
    """Return the cue of each line, several spoken at once; `report("speak", done, total)`.

    Raises SpecError, MissingError or AssetError with the problem of every line that has no cue.
    """
    spoken = _all(lines, speaker or Speaker(store), report)
    problems = [each for each in spoken if isinstance(each, Problem)]
    if problems:
        raise _stop(problems)
    return [each for each in spoken if isinstance(each, Cue)]


def _all(lines: Sequence[Line], speaker: Speaker, report: Report) -> list[Cue | Problem]:
    """Return what becomes of each line; what is in the store is not asked for again."""
    first: list[Cue | Problem | None] = [_at_once(line, speaker) for line in lines]
    missing = [index for index, each in enumerate(first) if each is None]
    done = len(lines) - len(missing)
    report("speak", done, len(lines))
    with _threads() as pool:
        under_way = {pool.submit(speaker.speak, lines[index]): index for index in missing}
        for count, future in enumerate(as_completed(under_way), done + 1):
            first[under_way[future]] = future.result()
            report("speak", count, len(lines))
    return [each for each in first if each is not None]


def _at_once(line: Line, speaker: Speaker) -> Cue | Problem | None:
    chosen = speaker.chosen(line)
    return chosen if isinstance(chosen, Problem) else speaker.found(line, chosen)


@contextmanager
def _threads() -> Iterator[ThreadPoolExecutor]:
    """Give as many threads as there are processors; on an interruption end the children."""
    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        end_all()
        raise
    finally:
        pool.shutdown()


def _stop(problems: Sequence[Problem]) -> Stop:
    """Return the exception for some problems: a failure counts more than a fault of the spec."""
    codes = {problem.code for problem in problems}
    if "voice-failed" in codes:
        return AssetError(*in_order(problems))
    kind = MissingError if "voice-missing" in codes else SpecError
    return kind(*in_order(problems))


def marks(cue: Cue, line: Line) -> dict[str, int]:
    """Return each mark of a line with its time in ms of the cue.

    It is the start of the word at the mark or the next one after it; the end where none follows.
    """
    end = cue.samples * 1000 // SAMPLE_RATE
    return {name: _mark(cue, index, end) for name, index in line.marks.items()}


def _mark(cue: Cue, index: int, end: int) -> int:
    return next((word.start for word in cue.words if word.last > index), end)
