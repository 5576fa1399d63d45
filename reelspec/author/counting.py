"""A script and its research → the numbers that people are told of it."""

from __future__ import annotations

from collections.abc import Mapping

from reelspec.author.account import Account
from reelspec.author.notes import Research, Unsupported
from reelspec.author.quality import quality
from reelspec.author.request import Request
from reelspec.author.scripting import Script


def counted(script: Script, request: Request, research: Research) -> Account:
    """Return the numbers of a script that was written from some research."""
    beats = script.draft.beats
    doubted = {doubt.sentence for doubt in script.draft.doubts}
    cited = {name for beat in beats for name in beat.cite if research.source(name)}
    sourced = [text for beat in beats if cited.intersection(beat.cite) for text in beat.say]
    return Account(
        scenes=len(script.scenes),
        seconds=script.length.total,
        measured=all(problem.code != "not-measured" for problem in script.problems),
        asked=request.duration,
        statements=sum(len(beat.say) for beat in beats),
        sourced=sum(text not in doubted for text in sourced),
        cited=len(cited),
        doubts=tuple(_placed(script)),
        research=quality(research),
    )


def _placed(script: Script) -> list[tuple[str, Unsupported]]:
    """Return each doubt with the id of the scene that says it."""
    names: Mapping[str, str] = {
        text: str(scene["id"])
        for scene, beat in zip(script.scenes, script.draft.beats, strict=False)
        for text in beat.say
    }
    return [(names.get(doubt.sentence, ""), doubt) for doubt in script.draft.doubts]
