"""What no source supports → comment lines in a spec that ask a person to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reelspec.author.notes import Unsupported
from reelspec.author.plain import spoken_text

REVIEW = "needs-review"
_WORDS = 25
_SIGNS = 160


def review_lines(doubts: Iterable[Unsupported]) -> Iterator[str]:
    """Yield a line for each doubt: what is not supported, and the nearest sentence of a source."""
    for doubt in doubts:
        says = f"{REVIEW}: no cited source supports the {doubt.kind} “{shortened(doubt.what)}”"
        near = f"; nearest: “{shortened(doubt.nearest)}”" if doubt.nearest else ""
        yield f"{says}{near}"


def shortened(text: str) -> str:
    """Return text as a comment quotes it: on one line, at most 25 words."""
    words = spoken_text(text).split()
    short = " ".join(words[:_WORDS])[:_SIGNS]
    return short if short == " ".join(words) else f"{short} …"
