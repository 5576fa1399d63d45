"""Research → a script as long as was asked for: written, spoken, measured and mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from reelspec.author.composing import composed
from reelspec.author.drafts import Draft, Task, seconds_of_beats
from reelspec.author.notes import Research
from reelspec.author.plain import screen_text
from reelspec.author.request import TOLERANCE, Pace, Request
from reelspec.author.staging import Scene, scenes, sources
from reelspec.author.timing import Length, calibrated, measured
from renderer.errors import Problem
from renderer.store import Store

PASSES = 2
"""How often a script that is too long or too short is written again."""

_AIM = 0.98
_FASTEST, _SLOWEST = 1.1, 0.88
_NOT_SPEECH = 0.12
_GUESSED = Pace(14.0)
_LENGTHS = ("too-little", "too-much")

Check = Callable[[Draft, Research], Draft]
Report = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Script:
    """A script with its scenes, how long they last before holds, and the voice's rate for that."""

    draft: Draft
    scenes: tuple[Scene, ...]
    length: Length
    rate: float
    problems: tuple[Problem, ...]
    pace: Pace = _GUESSED


@dataclass(frozen=True, slots=True)
class Studio:
    """What a script is made with: a writer, a check of what it says, a store, a report."""

    writer: ModuleType
    check: Check
    store: Store
    report: Report


def scripted(request: Request, research: Research, studio: Studio) -> Script:
    """Return the script of a film, within 5 % of its length where its matter reaches that far.

    Where it does not, the script has a warning with what is missing. Raises what the writer raises.
    """
    text = "\n".join(source.text for source in research.sources)
    studio.report("calibrate", request.lang)
    pace, problems = calibrated(request, text, studio.store)
    rest = _rest(research)
    task = Task(request, research, pace, _AIM * request.duration - rest)
    tried = [_tried(task, studio)]
    for _ in range(PASSES):
        if not _is_off(tried[-1], request) or not pace.measured:
            break
        task = _corrected(task, tried[-1], rest)
        tried.append(_tried(task, studio))
        if tried[-1].draft == tried[-2].draft:
            break
    best = min(tried, key=lambda script: _distance(script, request.duration))
    best = _paced(best, task, studio) if pace.measured else best
    return replace(
        best, problems=(*problems, *best.draft.problems, *_length_problems(best, request))
    )


def recast(
    script: Script, draft: Draft, request: Request, research: Research, studio: Studio
) -> Script:
    """Return a script with a draft that says the same and cites more, as long as was asked for.

    Its credits are longer, so it is measured again and where needed spoken faster or slower.
    """
    task = Task(request, research, script.pace, 0.0)
    again = _measured(draft, task, studio, script.rate)
    again = _paced(again, task, studio) if script.pace.measured else again
    kept = [problem for problem in script.problems if problem.code not in _LENGTHS]
    return replace(again, problems=(*kept, *_length_problems(again, request)))


def _rest(research: Research) -> float:
    """Return the seconds of the credits."""
    count = sum(len(f"{source.title} {source.licence}".split()) for source in research.sources)
    return max(3.0, 1.5 + 0.3 * count) if research.sources else 0.0


def _tried(task: Task, studio: Studio) -> Script:
    studio.report("write", f"{task.seconds:.0f} s")
    draft = studio.check(studio.writer.write(task), task.research)
    return _measured(draft, task, studio, task.request.manner.rate)


def _measured(draft: Draft, task: Task, studio: Studio, rate: float) -> Script:
    made = tuple(scenes(draft.beats, task.research))
    film = film_of(draft, task.request, task.research, rate)
    for key in ("theme", "duration"):
        film.pop(key, None)
    if not task.pace.measured:
        length = Length({"all": seconds_of_beats(draft.beats, task.pace) + _rest(task.research)})
        return Script(draft, made, length, rate, (), task.pace)
    studio.report("measure", f"{len(made)} scenes")
    length = measured(composed(film, made, ()), studio.store)
    return Script(draft, made, length, rate, (), task.pace)


def film_of(draft: Draft, request: Request, research: Research, rate: float) -> dict[str, Any]:
    """Return the film's own keys as its spec writes them, all but the scenes."""
    manner = request.manner
    title = screen_text(draft.title, request.lang) or "…"
    film: dict[str, Any] = {"version": 1, "title": title, "lang": request.lang}
    film |= {"size": manner.size} if manner.size else {}
    film |= {"duration": f"{request.duration:g}s"}
    film |= {"theme": manner.theme} if manner.theme else {}
    voice = _voice(request, rate)
    film |= {"voice": voice} if voice else {}
    listed = sources(draft.beats, research)
    return film | ({"sources": listed} if listed else {})


def _voice(request: Request, rate: float) -> Mapping[str, Any]:
    manner = request.manner
    named = {"engine": manner.engine} if manner.engine != "auto" else {}
    named |= {"name": manner.voice} if manner.voice else {}
    return {**named, **({"rate": rate} if rate != 1.0 else {})}


def _is_off(script: Script, request: Request) -> bool:
    share = script.length.total / request.duration
    return not 1 - TOLERANCE <= share <= 1.0


def _distance(script: Script, duration: float) -> float:
    """Return how far a script is from its length; too long is worse, for speech is never cut."""
    over = script.length.total - duration
    return duration + over if over > 0 else -over


def _corrected(task: Task, last: Script, rest: float) -> Task:
    """Return the task with the pace that was heard, and with what was written last."""
    guessed = seconds_of_beats(last.draft.beats, task.pace)
    heard = max(1.0, last.length.total - rest)
    pace = Pace(task.pace.letters * guessed / heard, measured=True)
    return replace(task, pace=pace, before=last.draft, lasted=last.length.total)


def _paced(script: Script, task: Task, studio: Studio) -> Script:
    """Return the script spoken a little faster or slower where that brings it to its length."""
    duration = task.request.duration
    if not _is_off(script, task.request):
        return script
    quiet = _NOT_SPEECH * script.length.total
    speed = (script.length.total - quiet) / (_AIM * duration - quiet)
    asked = task.request.manner.rate
    rate = round(min(_FASTEST * asked, max(_SLOWEST * asked, script.rate * speed)), 2)
    studio.report("pace", f"{rate:g}")
    other = _measured(script.draft, task, studio, rate)
    return min(script, other, key=lambda each: _distance(each, duration))


def _length_problems(script: Script, request: Request) -> tuple[Problem, ...]:
    """Return a warning where the script is clearly shorter or longer than was asked for."""
    total, asked = script.length.total, request.duration
    if abs(total - asked) <= TOLERANCE * asked:
        return ()
    says = f"the script lasts {total:.0f} s, {asked:g} s were asked for"
    if total < asked:
        hint = "name more sources, or ask for less; scenes are held to fill the rest"
        return (Problem("too-little", says, hint=hint, level="warning"),)
    hint = "ask for more seconds, or shorten scenes with `author revise`"
    return (Problem("too-much", says, hint=hint, level="warning"),)
