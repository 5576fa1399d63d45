"""What was written, as numbers: how long it lasts, what it rests on, what is to be reviewed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from reelspec.author.notes import Unsupported
from reelspec.author.quality import Quality


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
