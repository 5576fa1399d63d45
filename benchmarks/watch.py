"""How long an edit takes while a film is watched: medians of ten edits, for 6, 60 and 600 scenes.

Each edit changes the text of one scene. It is measured from the moment the file is written to
`Planned`, to the picture of that scene as a preview shows it, and to `Rendered`; and set against
encoding what it changes alone, in a process that is warm, in the same run. The picture is aimed at
in 0.3 s, the film in 1.3 times the change alone and 0.5 s.

    python benchmarks/watch.py [SCENES …]
"""

from __future__ import annotations

import queue
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from renderer import recipes, work
from renderer.preview.painter import FIRST, Painter
from renderer.render import Options
from renderer.rounds import Broken, Event, Planned, Rendered
from renderer.segments import painted_frames
from renderer.store import Store
from renderer.timeline import Timeline
from renderer.watch import watch
from renderer.work import Task

EDITS = 10
PAUSE = 1.0
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
    old = {recipe.key for _, recipe in recipes.whole(before).parts}
    made = [each for each in recipes.whole(after).parts if each[1].key not in old]
    tasks = [Task(recipe, part, painted_frames(part)) for part, recipe in made]
    with work.crew(work.cores()) as crew:
        crew.make(Store(folder / "warm"), tasks, lambda *_: None)
        began = time.monotonic()
        crew.make(Store(folder / "alone"), tasks, lambda *_: None)
        return time.monotonic() - began


@dataclass(slots=True)
class Bench:
    """A film that is watched, and the painter of a page that looks at the scene that is edited."""

    path: Path
    painter: Painter
    count: int
    looking: bool = False
    stills: list[float] = field(default_factory=list)
    saved: float = 0.0
    events: queue.Queue[Timed] = field(default_factory=queue.Queue)

    def listen(self, event: Event) -> None:
        self.events.put((time.monotonic(), event))
        if self.looking and isinstance(event, Planned):
            timeline = event.compiled.timeline
            seen = timeline.starts[self.count // 2] + timeline.shots[self.count // 2].frames - 1
            self.painter.picture(timeline, seen, 960, FIRST)
            self.stills.append(time.monotonic() - self.saved)

    def edit(self, number: int) -> tuple[float, float, Timeline]:
        """Save another word; return the seconds to the plan and to the film, and its timeline."""
        text = spec(self.count, self.count // 2, number)
        self.saved = time.monotonic()
        self.path.write_text(text, encoding="utf-8")
        planned = until(self.events, Planned)[0]
        rendered, event = until(self.events, Rendered)
        assert isinstance(event, Rendered)
        time.sleep(PAUSE)
        return planned - self.saved, rendered - self.saved, event.made.compiled.timeline


def measure(count: int, folder: Path) -> None:
    """Print the line of films of some scenes."""
    path, stop = folder / "film.yaml", threading.Event()
    path.write_text(spec(count), encoding="utf-8")
    bench = Bench(path, Painter(Store(folder / ".render")), count)
    films = {path: folder / "film.mp4"}
    thread = threading.Thread(target=watch, args=(films, Options(), bench.listen, stop))
    began = time.monotonic()
    thread.start()
    at, event = until(bench.events, Rendered)
    assert isinstance(event, Rendered)
    time.sleep(PAUSE)
    edits = [bench.edit(number) for number in range(EDITS)]
    bench.looking = True
    for number in range(EDITS, 2 * EDITS):
        bench.edit(number)
    stop.set()
    thread.join()
    bench.painter.close()
    only = alone(event.made.compiled.timeline, edits[-1][2], folder)
    planned, rendered = (statistics.median(edit[index] for edit in edits) for index in (0, 1))
    still = statistics.median(bench.stills)
    print(
        f"{count:4} scenes: cold {at - began:6.1f} s, save → planned {planned:.2f} s, "
        f"→ still {still:.2f} s, → film {rendered:.2f} s; the change alone {only:.2f} s, "
        f"aimed at {1.3 * only + 0.5:.2f} s",
        flush=True,
    )


if __name__ == "__main__":
    for count in [int(word) for word in sys.argv[1:]] or [6, 60, 600]:
        with tempfile.TemporaryDirectory() as name:
            measure(count, Path(name).resolve())
