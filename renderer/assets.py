"""What is kept beside a film as ordinary files: stills of scenes, the narration, a poster."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from renderer import build
from renderer.paths import plain_name
from renderer.publishing import publish
from renderer.store import Entry, Store
from renderer.timeline import Timeline


def keep(timeline: Timeline, store: Store, folder: Path) -> list[Path]:
    """Write `01-<scene>.png` for each scene as it stands at its end, and `narration.wav`."""
    timeline = replace(timeline, window=None)
    kept = []
    for number, (shot, start) in enumerate(zip(timeline.shots, timeline.starts, strict=True), 1):
        out = folder / f"{number:02}-{plain_name(shot.id)}.png"
        publish(build.still(timeline, start + shot.body - 1, store), out)
        kept.append(out)
    publish(build.narration(timeline, store), folder / "narration.wav")
    return [*kept, folder / "narration.wav"]


def poster(timeline: Timeline, store: Store, out: Path) -> Entry:
    """Write the first scene as it stands at the end of its body, as PNG; return its entry."""
    whole = replace(timeline, window=None)
    entry = build.still(whole, whole.shots[0].body - 1, store)
    publish(entry, out)
    return entry
