"""What was written, in numbers: how long it lasts, what it rests on, what is to be reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reelspec.author.notes import Research, Unsupported
from reelspec.author.quality import Quality, quality
from reelspec.author.request import Request
from reelspec.author.scripting import Script


@dataclass(frozen=True, slots=True)
class Account:
    """Numbers about a script: `seconds` before holds of `asked`, measured or an estimate.

    `statements` are the sentences that are spoken, `sourced` those that cite a source and are
    supported by it, `cited` the sources that are cited; `doubts` name what is to be reviewed, each
    with the id of its scene.
    """

    scenes: int
    seconds: float
    measured: bool
    asked: float
    statements: int
    sourced: int
    cited: int
    doubts: tuple[tuple[str, Unsupported], ...]
    research: Quality

    @property
    def to_review(self) -> int:
        """Return how many sentences are marked for review."""
        return len({doubt.sentence for _, doubt in self.doubts})

    def as_data(self) -> dict[str, Any]:
        """Return the numbers as JSON has them."""
        return {
            "scenes": self.scenes,
            "seconds": round(self.seconds, 2),
            "measured": self.measured,
            "asked": self.asked,
            "sources": self.cited,
            "statements": self.statements,
            "sourced": self.sourced,
            "review": [{"scene": name, **asdict(doubt)} for name, doubt in self.doubts],
            "research": {**asdict(self.research), "support": round(self.research.support, 4)},
        }


def account(script: Script, request: Request, research: Research) -> Account:
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
