"""What stops an expression: it has no value, or those of the film are too much work.

Work is counted in steps, not in time, so a spec is refused on every machine or on none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_LEFT: ContextVar[list[int] | None] = ContextVar("steps left", default=None)


class BadExpression(Exception):
    """An expression has no value; carries a problem's code, message and hint."""

    def __init__(self, code: str, says: str, hint: str = "") -> None:
        super().__init__(says)
        self.code, self.says, self.hint = code, says, hint


@contextmanager
def limited(steps: int) -> Iterator[None]:
    """Bound the work of all expressions that are evaluated inside."""
    token = _LEFT.set([steps])
    try:
        yield
    finally:
        _LEFT.reset(token)


def spend(steps: int) -> None:
    """Count steps of work; raises BadExpression where none are left."""
    left = _LEFT.get()
    if left is not None:
        left[0] -= steps
        if left[0] < 0:
            says = "the expressions of this film are more work than is allowed"
            raise BadExpression("too-much", says, "use fewer rows, or shorter lists")


def left() -> int:
    """Return how many steps are left, 0 where they are not counted."""
    steps = _LEFT.get()
    return steps[0] if steps is not None else 0
