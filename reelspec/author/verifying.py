"""A script against its sources: what they do not support is dropped, or marked for review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from reelspec.author.drafts import Draft
from reelspec.author.grounding import check
from reelspec.author.notes import Beat, Note, Research, Source, Unsupported
from reelspec.author.passages import passages
from renderer.errors import Problem

_MARK = re.compile(r"^(?:-|\d{1,3}\.) ")
_JOINED = re.compile(r"[:：] *|、|[,،] ")
_DROPPED = ("number", "date")
"""What is dropped where no source supports it; a name or a claim is for a person to judge."""


def verified(draft: Draft, research: Research) -> Draft:
    """Return the draft without sentences whose numbers or dates no cited source supports.

    A scene keeps at least one sentence. What stays and is not supported comes as `doubts`; the
    problems say how much was dropped and how much is to be reviewed.
    """
    beats: list[Beat] = []
    doubts: list[Unsupported] = []
    dropped: list[Unsupported] = []
    for beat in draft.beats:
        found = _faults(beat, research)
        wrong = {fault.sentence for fault in found if fault.kind in _DROPPED}
        say = tuple(sentence for sentence in beat.say if sentence not in wrong) or beat.say
        beats.append(_shown(replace(beat, say=say), research))
        doubts += [fault for fault in found if fault.sentence in say]
        dropped += [fault for fault in found if fault.sentence not in say]
    told = (*_told(dropped, "dropped"), *_told(doubts, "marked `needs-review`"))
    problems = (*draft.problems, *told)
    return replace(draft, beats=tuple(beats), doubts=tuple(doubts), problems=problems)


def _shown(beat: Beat, research: Research) -> Beat:
    """Return a beat without a number on screen that is not said, or a quotation that nobody wrote.

    It shows its title instead, or a piece of its narration.
    """
    said = [Note(sentence, "", sentence) for sentence in beat.say]
    wrong = check([beat.value], said) if beat.kind == "number" else []
    if any(fault.kind == "number" for fault in wrong):
        return replace(beat, kind="point", value="")
    sources = [source for name in beat.cite if (source := research.source(name))]
    if beat.kind == "quote" and not _verbatim(beat.value, sources):
        return replace(beat, kind="point", value="", author="")
    return beat


def _faults(beat: Beat, research: Research) -> list[Unsupported]:
    """Return what the sources that a beat cites do not support; what is theirs word for word is."""
    sources = [source for name in beat.cite if (source := research.source(name))]
    said = [
        sentence
        for sentence in beat.say
        if not (_whole(sentence, sources) or _listed(sentence, sources))
    ]
    return check(said, sources) if said else []


def _whole(sentence: str, sources: Sequence[Source]) -> bool:
    """Return whether a sentence or an item of a source is this one, not only a piece of it."""
    return any(_bare(sentence) in _statements(source) for source in sources)


@lru_cache(maxsize=64)
def _statements(source: Source) -> frozenset[str]:
    return frozenset(_bare(part) for passage in passages(source) for part in passage.parts)


def _verbatim(quoted: str, sources: Sequence[Source]) -> bool:
    """Return whether a source has these words one after another, none of them cut."""
    words = re.escape(" ".join(quoted.rstrip(".。").split()))
    cut = "" if re.search(r"[\u3040-\u9fff]", words) else r"\w"
    whole = re.compile(rf"(?<!{cut}){words}(?!{cut})" if cut else words)
    return any(whole.search(" ".join(source.text.split())) for source in sources)


def _listed(sentence: str, sources: Sequence[Source]) -> bool:
    """Return whether a sentence only joins the items of one list, perhaps after its lead."""
    pieces = {_bare(piece) for piece in _JOINED.split(sentence)}
    lines = [{_bare(line) for line in source.text.split("\n")} for source in sources]
    return len(pieces) > 1 and any(pieces <= found for found in lines)


def _bare(line: str) -> str:
    return " ".join(_MARK.sub("", line).strip(" .。:：").casefold().split())


def _told(faults: Sequence[Unsupported], done: str) -> tuple[Problem, ...]:
    sentences = dict.fromkeys(fault.sentence for fault in faults)
    if not sentences:
        return ()
    first = faults[0]
    more = f" and {len(sentences) - 1} more" if len(sentences) > 1 else ""
    says = f"no cited source supports the {first.kind} '{first.what}' in '{first.sentence}'{more}"
    return (Problem("unsupported", f"{says}: {done}", level="warning"),)
