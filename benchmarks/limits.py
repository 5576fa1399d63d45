"""What no program on this machine can beat: x264 on frames that lie in memory as planes.

The frames are those of two scenes of motion-60; seconds are counted over encoding alone and
multiplied to the length of the film.
"""

from __future__ import annotations

import multiprocessing
import time
from fractions import Fraction
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import works

from renderer.media import video
from renderer.paint import paint
from renderer.render import Options, compile_spec
from renderer.segments import segments
from renderer.store import Store
from renderer.timeline import Segment

_SCENES = 2
SIZE, FPS = (1920, 1080), Fraction(30)


def measured(folder: Path) -> dict[str, Any]:
    """Return the seconds for the frames of motion-60 in two processes of one thread each."""
    spec = works.motion(folder)
    timeline = compile_spec(spec, Options(), Store(folder / "store")).timeline
    parts = [part for part in segments(timeline) if not part.still]
    done = parts[: len(parts) * _SCENES // works.SCENES]
    frames = sum(part.frames for part in done)
    scale = timeline.frames / frames
    return {
        "x264, two processes": {"seconds": round(_together(done, folder) * scale, 2)},
        "x264, one process": {"seconds": round(_alone(done, folder) * scale, 2)},
        "frames": frames,
    }


def _alone(parts: list[Segment], folder: Path) -> float:
    """Return the seconds that one process with one thread encodes."""
    return sum(_encoded(part, folder / "alone.mp4") for part in parts)


def _encoded(part: Segment, path: Path, gate: Barrier | None = None) -> float:
    frames = [paint(part, frame) for frame in range(part.frames)]
    if gate:
        gate.wait()
    began = time.perf_counter()
    video.encode(iter(frames), SIZE, FPS, path)
    return time.perf_counter() - began


def _together(parts: list[Segment], folder: Path) -> float:
    """Return the seconds that two processes encode, each half of the segments, side by side."""
    context = multiprocessing.get_context("spawn")
    gate, told = context.Barrier(2), context.Queue()
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    workers = [
        context.Process(
            target=_half, args=([pair[side] for pair in pairs], folder / str(side), gate, told)
        )
        for side in (0, 1)
    ]
    for worker in workers:
        worker.start()
    sides = [told.get(), told.get()]
    for worker in workers:
        worker.join()
    alone = sum(part.frames for part in parts) / sum(p.frames for pair in pairs for p in pair)
    return sum(map(max, zip(*sides, strict=True))) * alone


def _half(parts: list[Segment], path: Path, gate: Barrier, told: Any) -> None:
    told.put([_encoded(part, path.with_suffix(".mp4"), gate) for part in parts])
