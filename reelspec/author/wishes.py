"""What was asked for and changes nothing, and why nothing can be written: told, never ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reelspec.author.audience import wanted_ease
from reelspec.author.drafts import Task
from reelspec.author.notes import Research
from reelspec.author.passages import passages
from reelspec.author.request import Manner
from reelspec.author.topicality import mentions, nothing_on_topic, off_topic
from renderer.errors import Problem


def without_effect(manner: Manner, research: Research) -> tuple[Problem, ...]:
    """Return warnings of what was asked for and changes nothing in a script of whole sentences."""
    return (*_unused(manner), *_unfound(manner, research))


def _unused(manner: Manner) -> Iterator[Problem]:
    named = [("--tone", manner.tone)]
    named += [] if wanted_ease(manner.audience) else [("--audience", manner.audience)]
    given = " and ".join(f"{option} '{value}'" for option, value in named if value)
    if given:
        says = f"the writer `outline` takes sentences as they stand and has no use for {given}"
        hint = "it knows beginners and experts as audience; `--writer llm` phrases anew"
        yield Problem("not-used", says, hint=hint, level="warning")


def _unfound(manner: Manner, research: Research) -> Iterator[Problem]:
    wishes = [*(("--include", one) for one in manner.include)]
    wishes += [("--avoid", one) for one in manner.avoid]
    for option, wish in wishes:
        if not any(mentions(text, wish) for text in _texts(research)):
            says = f"{option} '{wish}' has no effect: no sentence of the sources has it"
            yield Problem("not-used", says, level="warning")


def _texts(research: Research) -> Iterable[str]:
    for source in research.sources:
        for passage in passages(source):
            yield from (passage.heading, *passage.parts)


def nothing_to_write(task: Task, research: Research) -> Problem:
    """Return why a script has no sentence: no source, none on the topic, all of it avoided."""
    if research.sources and len(off_topic(research)) == len(research.sources):
        return nothing_on_topic(research)
    if avoid := task.request.manner.avoid:
        says = f"all that the sources say on the topic has words of --avoid: {', '.join(avoid)}"
        return Problem("no-sources", says, hint="avoid less, or name other sources")
    says = f"there is no text in '{task.request.lang}' about '{task.request.topic}' to write from"
    hint = "name sources with `--source FILE`, or begin with `--skeleton`"
    return Problem("no-sources", says, hint=hint)
