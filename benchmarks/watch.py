"""How long an edit takes while a film is watched: medians of ten edits, for 6, 60 and 600 scenes.

Each edit changes the text of one scene. It is measured from the moment the file is written to
`Planned` and to `Rendered`, and set against encoding what it changes alone, in a process that is
warm, in the same run.

    python benchmarks/watch.py [SCENES …]
"""

from __future__ import annotations

import queue
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from renderer import recipes, work
from renderer.render import Options
from renderer.rounds import Broken, Event, Planned, Rendered
from renderer.segments import coded_frames, segments
from renderer.store import Store
from renderer.timeline import Timeline
from renderer.watch import watch
from renderer.work import Task

EDITS = 10
HEAD = """version: 1
size: 1080p
voice: {engine: silent}
defaults: {scene: {transition: {kind: dissolve, over: 400ms}}}
scenes:
"""
Timed = tuple[float, Event]


def spec(count: int, edited: int = -1, edit: int = 0) -> str:
    """Return a film of some scenes; the words of one of them carry the number of the edit."""
    lines = []
    for number in range(count):
        word = f"edit {edit}" if number == edited else "as it was"
        lines.append(
            f"  - {{id: s{number}, text: 'Scene {number} {word}', say: One two {number}.}}"
        )
    return HEAD + "\n".join(lines) + "\n"


def until(events: queue.Queue[Timed], kind: type[Event]) -> Timed:
    while True:
        at, event = events.get(timeout=1800)
        if isinstance(event, Broken):
            raise SystemExit(str(event.problems[0]))
        if isinstance(event, kind):
            return at, event


def alone(before: Timeline, after: Timeline, folder: Path) -> float:
    """Return the seconds that encoding the changed segments takes two warm workers."""
    old = {recipes.segment(part).key for part in segments(before)}
    parts = [part for part in segments(after) if recipes.segment(part).key not in old]
    tasks = [Task(recipes.segment(part), part, coded_frames(part)) for part in parts]
    with work.crew(work.cores()) as crew:
        crew.make(Store(folder / "warm"), tasks, lambda *_: None)
        began = time.monotonic()
        crew.make(Store(folder / "alone"), tasks, lambda *_: None)
        return time.monotonic() - began


def measure(count: int, folder: Path) -> None:
    path, events, stop = folder / "film.yaml", queue.Queue[Timed](), threading.Event()
    path.write_text(spec(count), encoding="utf-8")
    films = {path: folder / "film.mp4"}

    def listen(event: Event) -> None:
        events.put((time.monotonic(), event))

    thread = threading.Thread(target=watch, args=(films, Options(), listen, stop))
    began = time.monotonic()
    thread.start()
    at, event = until(events, Rendered)
    assert isinstance(event, Rendered)
    before, cold = event.made.compiled.timeline, at - began
    planned, rendered = [], []
    for edit in range(EDITS):
        saved = time.monotonic()
        path.write_text(spec(count, count // 2, edit), encoding="utf-8")
        planned.append(until(events, Planned)[0] - saved)
        at, event = until(events, Rendered)
        rendered.append(at - saved)
        time.sleep(0.3)
    stop.set()
    thread.join()
    assert isinstance(event, Rendered)
    only = alone(before, event.made.compiled.timeline, folder)
    to_plan, to_film = statistics.median(planned), statistics.median(rendered)
    print(
        f"{count:4} scenes: cold {cold:6.1f} s, save → planned {to_plan:.2f} s, "
        f"save → rendered {to_film:.2f} s, the change alone {only:.2f} s",
        flush=True,
    )


if __name__ == "__main__":
    for count in [int(word) for word in sys.argv[1:]] or [6, 60, 600]:
        with tempfile.TemporaryDirectory() as name:
            measure(count, Path(name).resolve())
