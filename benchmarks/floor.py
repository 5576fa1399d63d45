"""What still-120 cannot do without, each step alone, and how near to it the command is.

    python benchmarks/floor.py

A step is measured in seconds of a processor, with nothing around it: the start of the command and
of what paints and speaks, eSpeak saying the lines, FFmpeg coding the sound, x264 coding the three
pictures. Their sum, shared by all processors without a gap, is the floor: no order of these steps
takes less on the clock.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import works
from running import RENDER, taken

from renderer import sound
from renderer.child.copying import LOADED
from renderer.media.sound import encode_block, packets_for
from renderer.media.video import encode_still
from renderer.paint import paint
from renderer.render import Options, compile_spec
from renderer.segments import segments
from renderer.store import Store
from renderer.timeline import Timeline
from renderer.voices import espeak

RUNS = 5


def spent(work: Callable[[], object]) -> float:
    """Return the seconds of processors that some work takes in this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def started(command: list[str], log: Path) -> float:
    """Return the seconds of processors that a program takes."""
    return taken(command, log).cpu or 0.0


def said(timeline: Timeline, path: Path) -> None:
    """Have eSpeak say every line of a film."""
    for cue in (spoken.cue for spoken in timeline.cues):
        espeak.speak(cue.text, path, {"name": cue.voice, "rate": 1.0, "pitch": 0})


def steps(spec: Path, folder: Path) -> dict[str, Callable[[], float]]:
    """Return the steps by name, and what measures each of them once."""
    store, log = Store(folder / "store"), folder / "log"
    timeline = compile_spec(spec, Options(), store).timeline
    track, canvas = timeline.soundtrack, timeline.canvas
    pcm = sound.mixed(track, store).stretch(0, track.samples)
    stills = [(paint(one, 0), one.frames) for one in segments(timeline)]
    calm = "import os; os.environ['OPENBLAS_NUM_THREADS'] = '1'"
    libraries = f"{calm}; import {', '.join(LOADED)}"
    path, packets = folder / "made", packets_for(track.samples)
    espeak.ready()
    return {
        "start of the command": lambda: started([*RENDER, "check", str(spec)], log),
        "start of its workers": lambda: started([sys.executable, "-c", libraries], log),
        "eSpeak": lambda: spent(lambda: said(timeline, path)),
        "AAC": lambda: spent(lambda: encode_block(pcm, 0, packets, path)),
        "x264": lambda: spent(
            lambda: [
                encode_still(picture, frames, canvas.shown, canvas.fps, path)
                for picture, frames in stills
            ]
        ),
    }


def main() -> None:
    """Print each step, their sum, the floor and what the command takes."""
    with tempfile.TemporaryDirectory(prefix="floor-") as made:
        folder = Path(made)
        spec = works.slides(folder)
        each = steps(spec, folder)
        line = [*RENDER, str(spec), "-q", "-o", str(folder / "film.mp4")]
        took: dict[str, list[float]] = {name: [] for name in (*each, "clock", "processors")}
        for _ in range(RUNS):
            for name, measured in each.items():
                took[name].append(measured())
            rmtree(folder / ".render", ignore_errors=True)
            whole = taken(line, folder / "log")
            took["clock"].append(whole.seconds)
            took["processors"].append(whole.cpu or 0.0)
    found = {name: statistics.median(every) for name, every in took.items()}
    for name in each:
        print(f"{name:22} {found[name]:5.2f} s")
    needed = sum(found[name] for name in each)
    floor = needed / (os.cpu_count() or 1)
    print(f"{'all of it':22} {needed:5.2f} s; the command takes {found['processors']:.2f} s")
    print(f"{'on the clock':22} {floor:5.2f} s; the command takes {found['clock']:.2f} s")


if __name__ == "__main__":
    main()
