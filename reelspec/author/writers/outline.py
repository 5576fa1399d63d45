"""Rules, no key, no network: sentences of the sources, chosen and set in order as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from reelspec.author.beats import beat_of, heading, searches, stands_alone, statements
from reelspec.author.drafts import Draft, Task, seconds_of, seconds_of_beats
from reelspec.author.leaning import promises
from reelspec.author.notes import Beat, Research
from reelspec.author.phrases import Matter, capital, phrase
from reelspec.author.request import LEAD_AND_TAIL, Pace
from reelspec.author.segmentation import base
from reelspec.author.selecting import in_time, select, told_again, units
from reelspec.author.topicality import Topic
from reelspec.author.units import Unit
from reelspec.author.wishes import nothing_to_write, without_effect
from renderer.errors import Problem, UsageError

PARAMS: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": {}}
EXAMPLE: dict[str, Any] = {}

_LONGEST_BEAT = 13.0
_MOST_OPENING = 0.4
_LONGEST_PART, _MOST_PARTS, _LONGEST_SUBTITLE = 26, 3, 60
_MOST_SENTENCES = 3
_WITH_CLOSE = 25.0
_BEGIN, _END = 8, 4
"""How many units from its beginning a source may open, and from its end close a film."""


def write(task: Task) -> Draft:
    """Return a script of the sources' own sentences that fills the time as far as they reach.

    Raises UsageError where no source says anything in the film's language.
    """
    research, problems = _readable(task.research)
    problems += without_effect(task.request.manner, research)
    found = units(research, task.request.manner)
    if not found:
        raise UsageError(*problems, nothing_to_write(task, research))
    matter = Matter.of((sentence for unit in found for sentence in unit.say), research.lang)
    frame = _frame(found, task)

    def cost(some: Sequence[Unit]) -> float:
        return seconds_of_beats(_beats(some, frame, task.pace, matter), task.pace)

    lang = research.lang
    framed = {unit.order for unit in frame}
    middle = [u for u in found if u.order not in framed and not told_again(u, frame, lang)]
    chosen = select(middle, cost, task.seconds, lang)
    beats = tuple(_beats(chosen, frame, task.pace, matter))
    title = capital(task.request.topic)
    return Draft(title, (_opening(beats[0], title, chosen, matter), *beats[1:]), problems)


def _readable(research: Research) -> tuple[Research, tuple[Problem, ...]]:
    """Return the research without sources in other languages, which are told of."""
    lang = base(research.lang)
    other = [s for s in research.sources if s.lang and base(s.lang) != lang]
    kept = tuple(source for source in research.sources if source not in other)
    problems = tuple(
        Problem(
            "other-language",
            f"'{source.title}' is in '{source.lang}', the film in '{research.lang}'",
            hint="`--writer llm` can tell it in another language",
            level="warning",
        )
        for source in other
    )
    return replace(research, sources=kept), problems


def _frame(found: Sequence[Unit], task: Task) -> tuple[Unit, ...]:
    """Return the unit that opens, and for all but very short films one of the same source to close.

    A series opens nothing: it would lose its chart.
    """
    prose = [unit for unit in found if unit.kind == "prose"]
    prose = prose or [unit for unit in found if unit.kind != "series"]
    if not prose:
        return ()
    topic = Topic(task.research.topic, task.research.lang)
    opens = next((unit for unit in prose[:_BEGIN] if _names(unit, topic)), prose[0])
    first = _short(opens, task)
    if task.seconds < _WITH_CLOSE:
        return (first,)
    return (first, *_closing(first, prose, topic, task)[:1])


def _short(unit: Unit, task: Task) -> Unit:
    """Return what opens, cut to its first sentence where all of it would fill the film."""
    alone = unit.kind == "prose" and not promises(unit.sentences[0], task.research.lang)
    long = seconds_of(unit.say, task.pace) > task.seconds * _MOST_OPENING
    return replace(unit, sentences=unit.sentences[:1]) if alone and long else unit


def _names(unit: Unit, topic: Topic) -> bool:
    return bool(topic.found(unit.say[0]))


def _closing(first: Unit, prose: Sequence[Unit], topic: Topic, task: Task) -> list[Unit]:
    """Return what may close a film, best first: late in its source, on the topic, no figure."""
    lang = task.research.lang
    same = [unit for unit in prose if unit.source == first.source and unit.order > first.order]
    fit = [
        unit
        for unit in same[-_END:]
        if not stands_alone(unit, lang)
        and not told_again(unit, [first], lang)
        and seconds_of((*first.say, *unit.say), task.pace) + 2 * LEAD_AND_TAIL < task.seconds / 2
    ]
    return sorted(
        fit, key=lambda unit: (_has_digits(unit) - topic.share(unit.say[-1]), -unit.order)
    )


def _has_digits(unit: Unit) -> bool:
    return any(sign.isdigit() for sentence in unit.say for sign in sentence)


def _beats(
    chosen: Sequence[Unit], frame: Sequence[Unit], pace: Pace, matter: Matter
) -> Iterator[Beat]:
    """Yield the opening, the beats of what was chosen, and the close."""
    beat = beat_of(frame[:1], matter) if frame else Beat("opening", ())
    yield replace(beat, kind="opening", series=None)
    for group in _groups(in_time(chosen, matter.lang), pace, matter.lang):
        beat = beat_of(group, matter, beat)
        yield replace(beat, notes=searches(beat.say, matter))
    if len(frame) > 1:
        yield _close(frame[1], matter)


def _groups(chosen: Sequence[Unit], pace: Pace, lang: str) -> Iterator[list[Unit]]:
    """Yield what shares a scene: prose under one heading, while it is short enough."""
    group: list[Unit] = []
    for unit in chosen:
        if group and not _joins(group, unit, pace, lang):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _joins(group: Sequence[Unit], unit: Unit, pace: Pace, lang: str) -> bool:
    last = group[-1]
    said = [sentence for each in (*group, unit) for sentence in each.say]
    together = (last.kind, last.source, last.heading) == ("prose", unit.source, unit.heading)
    short = len(said) <= _MOST_SENTENCES and seconds_of(said, pace) <= _LONGEST_BEAT
    alone = stands_alone(last, lang) or stands_alone(unit, lang)
    return together and short and not alone


def _opening(beat: Beat, title: str, chosen: Sequence[Unit], matter: Matter) -> Beat:
    """Return the opening: the topic, and under it what is to come or a clause of what is said."""
    parts = dict.fromkeys(unit.heading for unit in chosen if 0 < len(unit.heading) <= _LONGEST_PART)
    agenda = [part for part in parts if part.casefold() != title.casefold()][:_MOST_PARTS]
    subtitle = " · ".join(agenda)
    if len(agenda) < 2 or len(subtitle) > _LONGEST_SUBTITLE:
        subtitle = phrase(beat.say[0], matter, 48, [title]) if beat.say else ""
    return replace(beat, kind="opening", title=title, value=subtitle, items=())


def _close(unit: Unit, matter: Matter) -> Beat:
    beat = Beat("close", unit.say, (unit.source,), title=heading(unit.heading, matter.lang))
    shown = next(filter(None, statements(replace(beat, say=unit.say[::-1]), matter)), "")
    return replace(beat, title=shown)
