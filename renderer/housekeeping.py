"""The store looked after: how much is in it, whether all of it is whole, and what may go."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from renderer.paths import file_digest
from renderer.store import Store

LIMIT = 20 * 1024**3
"""Bytes that a store may grow to before a render lets go of what was longest unused."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry as it lies on the disk: card, file, stage, size, SHA-256, time of last use."""

    card: Path
    file: Path
    stage: str
    size: int
    sha256: str
    used: float


@dataclass(frozen=True, slots=True)
class Summary:
    """How many entries a store has and how many bytes they take, in all and by stage."""

    entries: int
    size: int
    stages: dict[str, tuple[int, int]]


def kept(store: Store) -> Iterator[Kept]:
    """Yield every entry of a store that has a card; a damaged card is passed over."""
    for card in sorted(store.folder.glob("[0-9a-f][0-9a-f]/*.json")):
        with suppress(OSError, ValueError, KeyError, StopIteration):
            said = json.loads(card.read_text(encoding="utf-8"))
            file = next(path for path in card.parent.glob(f"{card.stem}.*") if path != card)
            yield Kept(
                card, file, said["stage"], said["size"], said["sha256"], card.stat().st_mtime
            )


def summary(store: Store) -> Summary:
    """Return how much a store holds."""
    count, size = Counter[str](), Counter[str]()
    for entry in kept(store):
        count[entry.stage] += 1
        size[entry.stage] += entry.size
    stages = {stage: (count[stage], size[stage]) for stage in sorted(count)}
    return Summary(count.total(), size.total(), stages)


def damaged(store: Store) -> list[Path]:
    """Return the files of a store that are not what their cards say, each read whole."""
    return [entry.file for entry in kept(store) if not _whole(entry)]


def _whole(entry: Kept) -> bool:
    with suppress(OSError):
        return file_digest(entry.file) == entry.sha256
    return False


def prune(
    store: Store, *, limit: int | None = None, unused_since: float | None = None
) -> tuple[int, int]:
    """Remove entries unused since a time, and the longest unused beyond `limit` bytes.

    The time is in seconds of the epoch. Returns how many entries went and how many bytes.
    Removing any is always safe: what is wanted again is made again.
    """
    entries = sorted(kept(store), key=lambda entry: entry.used, reverse=True)
    size, gone = 0, []
    for entry in entries:
        stale = unused_since is not None and entry.used < unused_since
        if stale or (limit is not None and size + entry.size > limit):
            gone.append(entry)
        else:
            size += entry.size
    for entry in gone:
        _remove(entry)
    return len(gone), sum(entry.size for entry in gone)


def _remove(entry: Kept) -> None:
    """Remove the card first: an entry without its card is none."""
    for path in (entry.card, entry.file):
        with suppress(OSError):
            path.unlink()
