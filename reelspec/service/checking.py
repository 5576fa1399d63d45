"""A stranger's spec read and shown without a job: its problems, its scenes, one of its pictures."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from reelspec.service import guess
from reelspec.service.files import SPEC
from reelspec.service.refusals import Refused
from reelspec.service.telling import told_problems
from renderer.build import still
from renderer.errors import Problem, Stop
from renderer.store import Store
from renderer.timeline import Timeline
from renderer.times import frame_at, seconds


def text_of(spec: str | Mapping[str, Any]) -> str:
    """Return the text of a spec that came as text or as JSON, which YAML includes."""
    if isinstance(spec, str):
        return spec
    return json.dumps(spec, ensure_ascii=False, indent=2)


def check(text: str, files: Mapping[str, Path] | None = None) -> dict[str, Any]:
    """Return whether a spec is good, its problems, and the film that it would be.

    `files` are those that come with it, by their names in it.
    """
    with tempfile.TemporaryDirectory(prefix="reelspec-") as folder:
        path = Path(folder) / SPEC
        for name, file in (files or {}).items():
            _place(file, path.parent / name)
        path.write_text(text, encoding="utf-8", errors="replace")
        problems, timeline = _read(path)
        told = told_problems(problems, path.parent)
    film = _film(timeline) if timeline else {}
    return {"ok": timeline is not None, "problems": told, **film}


def _place(file: Path, out: Path) -> None:
    """Have a file at another place too; without its bytes a second time where that can be."""
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        out.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, out)


def picture(spec: Path, at: str, store: Store) -> Path:
    """Return the still at a time of a spec's film; raises Refused where there is none."""
    problems, timeline = _read(spec)
    if timeline is None:
        told = told_problems(problems, spec.parent)
        raise Refused(409, "broken-spec", "the spec has problems", told)
    with _told(spec.parent):
        return still(timeline, _frame(at, timeline), store).path


def _frame(at: str, timeline: Timeline) -> int:
    time = seconds(at, timeline.canvas.fps)
    if time is None:
        raise Refused(422, "bad-time", f"'{at[:40]}' is no time; write 3.5s, 1:10 or 90f")
    return min(frame_at(time, timeline.canvas.fps), timeline.frames - 1)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except Stop as stop:
        told = told_problems(stop.problems, folder)
        raise Refused(422, "not-made", "the picture cannot be made", told) from None


def _read(path: Path) -> tuple[tuple[Problem, ...], Timeline | None]:
    try:
        timeline, warnings = guess.guessed(guess.read(path, path.parent))
    except Stop as stop:
        return stop.problems, None
    return warnings, timeline


def _film(timeline: Timeline) -> dict[str, Any]:
    fps: Fraction = timeline.canvas.fps
    scenes = [
        {"id": shot.id, "title": shot.title, "seconds": round(float(shot.frames / fps), 3)}
        for shot in timeline.shots
    ]
    length = round(float(timeline.frames / fps), 3)
    return {"title": timeline.title, "seconds": length, "scenes": scenes}
