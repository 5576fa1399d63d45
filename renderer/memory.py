"""What was worked out in the round before, taken again where it was made of the very same things.

A film that is watched is compiled again at every save, and all but one of its scenes are as they
were. What is recalled is what would be worked out again: a memory saves time and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from renderer.relocation import Shift, relocated

Found = TypeVar("Found")


class Memory:
    """Keeps what each round has asked for until the next one is over; for one thread."""

    def __init__(self) -> None:
        """Remember nothing."""
        self._before: dict[Hashable, tuple[Any, Any]] = {}
        self._now: dict[Hashable, tuple[Any, Any]] = {}
        self._moved: dict[int, tuple[Any, Any, tuple[Shift, ...]]] = {}

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

    def moved(self, value: Any, shifts: tuple[Shift, ...]) -> Any:
        """Return a value with its places where they are now; what it was before stays known."""

        def seen(new: Any, old: Any) -> None:
            self._moved[id(new)] = new, old, shifts

        return relocated(value, shifts, seen)

    def alike(self, what: Hashable, made_of: tuple[object, ...]) -> Any:
        """Return what was kept of the things that these were before they were moved, moved too.

        None where there is nothing, or none of them was moved.
        """
        known = [self._moved.get(id(one)) for one in made_of]
        if not any(known):
            return None
        olds = [one[1] if one else now for one, now in zip(known, made_of, strict=True)]
        found = self.get((what, *map(id, olds)))
        shifts = tuple(dict.fromkeys(shift for one in known if one for shift in one[2]))
        return None if found is None else self.moved(found, shifts)

    def settle(self) -> None:
        """Forget what was not asked for since the last time."""
        self._before, self._now, self._moved = self._now, {}, {}

    def drop(self) -> None:
        """Forget what was kept since the last time."""
        self._now, self._moved = {}, {}

    def forget(self) -> None:
        """Forget everything."""
        self._before, self._now, self._moved = {}, {}, {}


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

    The same is what has an equal `what` and is made of the identical things, which nobody changes,
    or of things that have only been moved; then it is moved with them.
    `work` returns something else than None and has no other effect.
    """
    kept = _PRESENT.get()
    if kept is None:
        return work()
    key = (what, *map(id, made_of))
    known: Found | None = kept.get(key)
    if known is None:
        known = kept.alike(what, made_of) or work()
        kept.keep(key, known, made_of)
    return known
