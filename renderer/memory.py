"""What was worked out in the round before, taken again where it was made of the very same things.

A film that is watched is compiled again at every save, and all but one of its scenes are as they
were. What is recalled is what would be worked out again: a memory saves time and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Found = TypeVar("Found")


class Memory:
    """Keeps what each round has asked for until the next one is over; for one thread."""

    def __init__(self) -> None:
        """Remember nothing."""
        self._before: dict[Hashable, tuple[Any, Any]] = {}
        self._now: dict[Hashable, tuple[Any, Any]] = {}

    def get(self, key: Hashable) -> Any:
        """Return what was kept under a key, and keep it on; None where there is nothing."""
        known = self._now.get(key)
        if known is None:
            known = self._before.get(key)
            if known is None:
                return None
            self._now[key] = known
        return known[1]

    def keep(self, key: Hashable, found: Any, made_of: tuple[object, ...] = ()) -> None:
        """Keep something; `made_of` are things whose identity the key names, kept as long."""
        self._now[key] = made_of, found

    def settle(self) -> None:
        """Forget what was not asked for since the last time."""
        self._before, self._now = self._now, {}

    def drop(self) -> None:
        """Forget what was kept since the last time."""
        self._now = {}

    def forget(self) -> None:
        """Forget everything."""
        self._before, self._now = {}, {}


_PRESENT: ContextVar[Memory | None] = ContextVar("memory", default=None)


def memory() -> Memory | None:
    """Return the memory of the present work, None where nothing is to be remembered."""
    return _PRESENT.get()


@contextmanager
def remembering(kept: Memory) -> Iterator[None]:
    """Let what is worked out inside be recalled; what all of it did not ask for is forgotten.

    Work that ends in an exception is not remembered.
    """
    token = _PRESENT.set(kept)
    try:
        yield
        kept.settle()
    finally:
        _PRESENT.reset(token)
        kept.drop()


def recalled(what: Hashable, made_of: tuple[object, ...], work: Callable[[], Found]) -> Found:
    """Return what `work` returned when it was last asked for the same, or have it work.

    The same is what has an equal `what` and is made of the identical things, which nobody changes.
    `work` returns something else than None and has no other effect.
    """
    kept = _PRESENT.get()
    if kept is None:
        return work()
    key = (what, *map(id, made_of))
    known: Found | None = kept.get(key)
    if known is None:
        known = work()
        kept.keep(key, known, made_of)
    return known
