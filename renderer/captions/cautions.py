"""Warnings of karaoke where the voice gives no times of words, or not of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from renderer.errors import Problem
from renderer.nouns import Scene


def cautions(estimated: Sequence[Scene], shared: Sequence[Scene]) -> Iterator[Problem]:
    """Yield a warning where words are not marked, since the voice does not give their times.

    And one where letters that no space divides are marked at times shared out between two that it
    gives. Each takes the scenes in question.
    """
    if estimated:
        says = f"{_named(estimated)} shows whole lines where the voice gives no times of words"
        hint = "name another engine for karaoke, or write `captions: lines`"
        yield Problem("estimated-words", says, estimated[0].place, hint, "warning")
    if shared:
        says = f"{_named(shared)} marks letters at estimated times, where the voice gives one time"
        hint = "to be exact write `captions: lines`, or spaces between words"
        yield Problem("shared-words", f"{says} for several", shared[0].place, hint, "warning")


def _named(scenes: Sequence[Scene]) -> str:
    others = f" and {len(scenes) - 1} more" if len(scenes) > 1 else ""
    return f"'{scenes[0].id}'{others}"
