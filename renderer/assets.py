"""What `--assets` keeps as ordinary files: a still of each scene, and the narration."""

from __future__ import annotations

import re
from pathlib import Path

from renderer import build
from renderer.store import Store, publish
from renderer.timeline import Timeline


def keep(timeline: Timeline, store: Store, folder: Path) -> list[Path]:
    """Write `01-<scene>.png` for each scene as it stands at its end, and `narration.wav`."""
    kept = []
    for number, (shot, start) in enumerate(zip(timeline.shots, timeline.starts, strict=True), 1):
        out = folder / f"{number:02}-{_plain_name(shot.id)}.png"
        publish(build.still(timeline, start + shot.body - 1, store), out)
        kept.append(out)
    publish(build.narration(timeline, store), folder / "narration.wav")
    return [*kept, folder / "narration.wav"]


def _plain_name(scene: str) -> str:
    """Return a scene's id without what some system refuses in file names."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", scene)[:80]
