"""Which entries a film is made of were found whole, from one command to the next.

A long film has thousands, and reading them through costs more than what an edit changes. What is
kept of an entry holds for as long as its file has the same dates, size and number, and not beyond
a restart of the system: what nobody has waited for on the disk may be lost then.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from renderer.disk import session
from renderer.paths import digest
from renderer.plain import canonical
from renderer.store import Entry, Store, replacing


def recall(store: Store, spec: Path) -> None:
    """Let a store know which entries were found whole when a spec was last rendered."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(_note(store, spec).read_text(encoding="utf-8"))
        if not session() or kept["session"] != session():
            return
        for name, stamp, size, checksum, facts in kept["entries"]:
            path = store.folder / name[:2] / name
            entry = Entry(path.stem, path, size, checksum, facts)
            store.recall(tuple(map(int, stamp)), entry)  # type: ignore[arg-type]


def keep(store: Store, spec: Path) -> None:
    """Keep which entries this render has found whole or made; a full disk is no matter."""
    if not session():
        return
    entries = [
        [one.path.name, stamp, one.size, one.digest, one.facts] for stamp, one in store.whole()
    ]
    kept = canonical({"session": session(), "entries": entries})
    with suppress(OSError), replacing(_note(store, spec), lasting=False) as new:
        new.write_text(kept, encoding="utf-8")


def _note(store: Store, spec: Path) -> Path:
    return store.note(f"whole-{digest(str(spec.resolve()).encode())[:16]}.json")
