"""Which scenes were edited since a spec was last rendered, going by the lines of its file.

This is a guess at what to begin with, before the rest of a long film is known. It decides nothing:
what the store lacks is made, whatever was guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import suppress
from pathlib import Path

from renderer.nouns import Spec
from renderer.paths import digest
from renderer.store import Store, replacing

_MOST = 16
"""New lines, or scenes that they are of, from which on nothing is guessed."""


def keep(store: Store, spec: Path) -> None:
    """Keep the lines of a spec that was rendered; a full disk is no matter."""
    with suppress(OSError), replacing(_note(store, spec), lasting=False) as new:
        new.write_bytes(spec.read_bytes())


def touched(store: Store, spec: Spec) -> frozenset[str]:
    """Return the ids of the scenes with lines that the spec did not have when it was kept.

    None where it never was, or where many are new; lines of other files are not looked at.
    """
    begins = {each.place.line for each in spec.scenes if each.place.file == str(spec.path)}
    new = _new_lines(store, spec.path)
    if not begins or not 0 < len(new) <= _MOST:
        return frozenset()
    order = sorted(begins)
    hit = {order[max(0, bisect_right(order, line) - 1)] for line in new}
    found = frozenset(
        each.id
        for each in spec.scenes
        if each.place.line in hit and each.place.file == str(spec.path)
    )
    return found if len(found) <= _MOST else frozenset()


def _new_lines(store: Store, spec: Path) -> list[int]:
    """Return the numbers of the lines of a spec that it did not have before; the first is 1."""
    with suppress(OSError):
        before = set(_note(store, spec).read_bytes().splitlines())
        lines = enumerate(spec.read_bytes().splitlines(), start=1)
        return [number for number, line in lines if line not in before]
    return []


def _note(store: Store, spec: Path) -> Path:
    return store.note(f"lines-{digest(str(spec.resolve()).encode())[:16]}.yaml")
