"""Lines → Cues: every sentence is spoken once, in a child, and kept in the store.

A line whose cue is in the store loads neither numpy nor an engine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from threading import Event

from renderer.asking import Failed, listing
from renderer.casting import Choice, choices, together
from renderer.child import CAN_COPY, end_all
from renderer.child.nursery import warm
from renderer.engines import Engine, Listed, candidates, installed
from renderer.errors import AssetError, MissingError, Problem, SpecError, Stop, in_order
from renderer.nouns import Cue, Line, Take
from renderer.store import Entry, Store
from renderer.times import SAMPLE_RATE, clock, half_up

PATIENCE = 30.0
_TRIES = 2
_BEYOND = Fraction(1, 2)  # seconds of silence that a take may have lost at its end
_BATCH = 16
_CORES = os.cpu_count() or 1

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Speaker:
    """What turns lines into cues: a store, the engines there are, how long one may take.

    `patience` is the seconds that a child gets beyond four times the estimated length of a line.
    Once `stopped` is set no other child is started.
    """

    store: Store
    engines: Mapping[str, Engine] = field(default_factory=installed)
    patience: float = PATIENCE
    stopped: Event = field(default_factory=Event)

    def speak(self, line: Line) -> Cue | Problem:
        """Return the line's cue, from the store or newly spoken, or why there is none."""
        chosen = self.chosen(line)
        if isinstance(chosen, Problem):
            return chosen
        return self.found(line, chosen) or self._spoken(line, chosen)

    def chosen(self, line: Line) -> tuple[Choice, ...] | Problem:
        """Return the engines and voices to try for a line, in order, or why there are none."""
        return choices(line, self.engines, self.voices)

    def voices(self, engine: Engine) -> Listed | str:
        """Return the voices of an engine, or why it cannot be used."""
        return listing(engine, self.store, self.patience)

    def found(self, line: Line, chosen: Sequence[Choice]) -> Cue | None:
        """Return the line's cue if the store has it."""
        for choice in chosen:
            entry = self.store.find(choice.recipe)
            if entry:
                return choice.cue(line, entry)
        return None

    def together(
        self, lines: Sequence[Line], chosen: Sequence[tuple[Choice, ...]]
    ) -> list[Cue | Problem]:
        """Return what becomes of lines that one engine speaks first; who fails is tried alone."""
        made = together([each[0] for each in chosen], self.store, self.patience)
        return [
            self._spoken(line, each, spent=1)
            if isinstance(entry, Failed)
            else each[0].cue(line, entry)
            for line, each, entry in zip(lines, chosen, made, strict=True)
        ]

    def _spoken(self, line: Line, chosen: Sequence[Choice], spent: int = 0) -> Cue | Problem:
        """Try each engine in turn; `spent` tries of the first have failed already."""
        reasons = []
        for choice in chosen:
            made = self._tried(choice, _TRIES - spent)
            if isinstance(made, Entry):
                return choice.cue(line, made)
            if line.take:
                return _bad_take(line, line.take, made)
            reasons.append(f"the voice engine {choice.engine.name} failed: {made}")
            spent = 0
        return Problem("voice-failed", "; ".join(reasons), line.place, _hint(line, reasons))

    def _tried(self, choice: Choice, tries: int) -> Entry | Failed:
        """Return what one engine makes, or its last failure."""
        if self.stopped.is_set():
            return Failed("it was interrupted")
        (made,) = together([choice], self.store, self.patience)
        if isinstance(made, Entry) or tries <= 1:
            return made
        return self._tried(choice, tries - 1)


def _bad_take(line: Line, take: Take, why: Failed) -> Problem:
    says = f"the recording '{take.file.name}' cannot be used: {why}"
    return Problem("bad-sound", says, line.place, "record it again, as WAV, FLAC, MP3 or M4A")


_TOO_MUCH = ("MemoryError", "Errno 27", "SIGXFSZ", "bad_alloc")
"""How it shows that an engine asked for more than its process may have."""


def _hint(line: Line, reasons: Sequence[str]) -> str:
    if any(sign in reason for sign in _TOO_MUCH for reason in reasons):
        return "a voice may use 4 GB of memory and write 1 GB; shorter sentences need less"
    if line.voice.engine in ("auto", "pyttsx3"):
        return "name another engine, such as `engine: espeak`"
    return "name another engine, or leave it to `engine: auto`"


def speak(line: Line, store: Store) -> Cue | Problem:
    """Return a line's cue, from the store or newly spoken, or why there is none."""
    return Speaker(store).speak(line)


def speak_all(
    lines: Sequence[Line],
    store: Store,
    report: Report,
    speaker: Speaker | None = None,
    *,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Cue]:
    """Return the cue of each line, several spoken at once; `report("speak", done, total)`.

    `meanwhile` is called while others speak, if they do.
    Raises SpecError, MissingError or AssetError with the problem of every line that has no cue.
    """
    if not lines:
        return []
    spoken = _all(lines, speaker or Speaker(store), report, meanwhile)
    problems = [each for each in spoken if isinstance(each, Problem)]
    if problems:
        raise _stop(problems)
    return [each for each in spoken if isinstance(each, Cue)]


def _all(
    lines: Sequence[Line], speaker: Speaker, report: Report, meanwhile: Callable[[], None]
) -> list[Cue | Problem]:
    """Return what becomes of each line; a child is started for what is not in the store."""
    found: dict[int, Cue | Problem] = {}
    wanted: dict[int, tuple[Choice, ...]] = {}
    listed = _listings(lines, speaker)
    for index, line in enumerate(lines):
        chosen = choices(line, speaker.engines, listed.__getitem__)
        cue = chosen if isinstance(chosen, Problem) else speaker.found(line, chosen)
        if cue is not None:
            found[index] = cue
        elif not isinstance(chosen, Problem):
            wanted[index] = chosen
    if wanted:
        warm()
    report("speak", len(found), len(lines))
    for index, each in _at_once(lines, wanted, speaker, meanwhile):
        found[index] = each
        report("speak", len(found), len(lines))
    return [_within(found[index], line) for index, line in enumerate(lines)]


def _within(cue: Cue | Problem, line: Line) -> Cue | Problem:
    """Return the cue of a line, or the problem that a mark's time is beyond the recording."""
    if isinstance(cue, Problem) or line.take is None:
        return cue
    end = Fraction(cue.cut + cue.samples, SAMPLE_RATE)
    for name, time in line.take.marks.items():
        if time > end + _BEYOND:
            says = f"the mark '{name}' is at {clock(time)}, but the recording ends at {clock(end)}"
            return Problem("bad-time", says, line.place)
    return cue


def _listings(lines: Sequence[Line], speaker: Speaker) -> dict[Engine, Listed | str]:
    """Return the voices of every engine that some line may need, or why it cannot be used."""
    names = dict.fromkeys(line.voice.engine for line in lines if not line.take)
    engines = {engine for name in names for engine in candidates(name, speaker.engines)}
    with _threads(speaker) as pool:
        return dict(zip(engines, pool.map(speaker.voices, engines), strict=True))


def _at_once(
    lines: Sequence[Line],
    wanted: Mapping[int, tuple[Choice, ...]],
    speaker: Speaker,
    meanwhile: Callable[[], None],
) -> Iterator[tuple[int, Cue | Problem]]:
    """Yield what becomes of the wanted lines, as many children at once as there are cores."""
    with _threads(speaker) as pool:
        under_way = {}
        for batch in _batches(wanted):
            spoken, chosen = [lines[i] for i in batch], [wanted[i] for i in batch]
            under_way[pool.submit(speaker.together, spoken, chosen)] = batch
        if wanted:
            meanwhile()
        for future in as_completed(under_way):
            yield from zip(under_way[future], future.result(), strict=True)


def _batches(wanted: Mapping[int, tuple[Choice, ...]]) -> Iterator[list[int]]:
    """Yield the lines that share a child: a few of one engine, so that no core is idle."""
    rounds = -(-len(wanted) // (_BATCH * _CORES))
    size = -(-len(wanted) // (rounds * _CORES)) if CAN_COPY and wanted else 1
    engines = {index: choices[0].engine.name for index, choices in wanted.items()}
    for name in dict.fromkeys(engines.values()):
        same = [index for index, engine in engines.items() if engine == name]
        yield from (same[first : first + size] for first in range(0, len(same), size))


@contextmanager
def _threads(speaker: Speaker) -> Iterator[ThreadPoolExecutor]:
    """Give as many threads as there are processors; on an interruption end the children."""
    pool = ThreadPoolExecutor(_CORES)
    try:
        yield pool
    except BaseException:
        speaker.stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)
        end_all()
        raise
    finally:
        pool.shutdown()


def _stop(problems: Sequence[Problem]) -> Stop:
    """Return the exception for some problems: a failure counts more than a fault of the spec."""
    codes = {problem.code for problem in problems}
    if codes & {"voice-failed", "bad-sound"}:
        return AssetError(*in_order(problems))
    kind = MissingError if "voice-missing" in codes else SpecError
    return kind(*in_order(problems))


def marks(cue: Cue, line: Line) -> dict[str, int]:
    """Return each mark of a line with its time in ms of the cue.

    It is the start of the word at the mark or the next one after it; the end where none follows.
    One that is written as a time in the recording is at that time, as far as that is in the cue.
    """
    end = cue.samples * 1000 // SAMPLE_RATE
    found = {name: _mark(cue, index, end) for name, index in line.marks.items()}
    for name, time in (line.take.marks if line.take else {}).items():
        at = half_up((time - Fraction(cue.cut, SAMPLE_RATE)) * 1000)
        found[name] = max(0, min(end, at))
    return found


def _mark(cue: Cue, index: int, end: int) -> int:
    return next((word.start for word in cue.words if word.last > index), end)


def drafted(lines: Sequence[Line], store: Store) -> tuple[Line, ...]:
    """Return the lines as a draft speaks them: those that are not in the store are silent."""
    return tuple(_drafted(line, Speaker(store)) for line in lines)


def _drafted(line: Line, speaker: Speaker) -> Line:
    if line.take:
        return line
    chosen = speaker.chosen(line)
    if isinstance(chosen, Problem) or speaker.found(line, chosen):
        return line
    return replace(line, voice=replace(line.voice, engine="silent", name=""))
