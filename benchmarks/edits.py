"""One word of one scene changed, and nothing changed, in films of 1, 6, 60 and 600 scenes.

Each is a run of the command, cold but for the store. It is set against the same edit of a film of
that scene alone (`of one`), and against encoding alone what it changes, in two workers that are
warm (`alone`); aimed at are 1.3 times that and 0.5 s.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from running import RENDER, Taken, taken, told
from watch import alone, spec

from renderer.render import Options, compile_spec
from renderer.store import Store

SCENES = (1, 6, 60, 600)


def measured(folder: Path, runs: int) -> dict[str, Any]:
    """Return for each number of scenes the seconds of the first render, an edit and no edit."""
    found: dict[str, Any] = {}
    for count in SCENES:
        found |= _film(count, folder / str(count), runs)
    changed = {count: found[f"{_scenes(count)}, one word changed"] for count in SCENES}
    for each in changed.values():
        each |= _aimed("of one", changed[SCENES[0]]["seconds"])
    return found


def _scenes(count: int) -> str:
    return "1 scene" if count == 1 else f"{count} scenes"


def _aimed(name: str, seconds: float) -> dict[str, float]:
    return {name: round(seconds, 2), f"aimed by {name}": round(1.3 * seconds + 0.5, 2)}


def _film(count: int, folder: Path, runs: int) -> dict[str, Any]:
    folder.mkdir()
    cold = _rendered(folder, spec(count))
    edited = [_rendered(folder, spec(count, count // 2, edit)) for edit in range(runs)]
    again = [_rendered(folder, spec(count, count // 2, runs - 1)) for _ in range(runs)]
    only = statistics.median(_alone(count, edit, folder) for edit in range(runs))
    changed = told(edited) | _aimed("alone", only)
    return {
        f"{_scenes(count)}, cold": told([cold]),
        f"{_scenes(count)}, one word changed": changed,
        f"{_scenes(count)}, nothing changed": told(again),
    }


def _rendered(folder: Path, text: str) -> Taken:
    path = folder / "film.yaml"
    path.write_text(text, encoding="utf-8")
    line = [*RENDER, str(path), "-q", "-o", str(folder / "film.mp4")]
    return taken(line, folder / "log")


def _alone(count: int, edit: int, folder: Path) -> float:
    store, films = Store(folder / f"alone-{edit}"), []
    for text in (spec(count), spec(count, count // 2, edit)):
        path = folder / "other.yaml"
        path.write_text(text, encoding="utf-8")
        films.append(compile_spec(path, Options(), store).timeline)
    return alone(films[0], films[1], folder / f"alone-{edit}")
