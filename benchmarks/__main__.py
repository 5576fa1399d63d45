"""The same films made by us, by MoviePy and by ffmpeg in one run: seconds, memory, ratios.

    python benchmarks [--works still-120,karaoke-120,motion-60,limits,edit-1] [--runs N]
                      [--excerpt SECONDS] [--out FILE]

Each program begins cold and is a process of its own. What it made is compared with ours: frames,
length, pictures. With `--excerpt` MoviePy makes the first seconds of motion-60 alone, and its time
is worked out from that; the table says so. The table of the README and its picture are made anew.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import edits
import limits
import works
from by_ffmpeg import command
from checking import LIKE, compared
from given import prepared
from report import WHOLE, written
from running import RENDER, Taken, taken, told
from smoothness import trembling

from renderer.store import Store

HERE = Path(__file__).parent
SPECS = {
    "still-120": works.slides,
    "karaoke-120": lambda folder: works.slides(folder, "karaoke"),
    "motion-60": works.motion,
}


def work(name: str, folder: Path, runs: int, excerpt: float) -> dict[str, Any]:
    """Return the times of all on a work. They take turns, for a machine is not as fast all day."""
    spec = SPECS[name](folder)
    prepared(spec, Store(folder / "speech"), folder)
    rmtree(folder / "speech" / "film", ignore_errors=True)
    part = excerpt if name == "motion-60" else 0
    others = peers(name, folder, part)
    each: dict[str, list[Taken]] = {}
    for _ in range(runs):
        for who, one in ours(spec, folder).items():
            each.setdefault(who, []).append(one)
        for who, line in others.items():
            each.setdefault(who, []).append(taken(line, folder / "log"))
    found = {who: told(every) for who, every in each.items()}
    for who in others:
        found[who] = judged(found[who], who, folder, part)
    for who in ("ours", *others) if name == "motion-60" else ():
        found[who]["trembling"] = round(trembling(folder / f"{who}.mp4"), 3)
    return found


def ours(spec: Path, folder: Path) -> dict[str, Taken]:
    """Return our own runs: cold, with only the speech there, and with nothing changed."""
    store, log = folder / "ours", folder / "log"
    line = [*RENDER, str(spec), "-q", "-o", str(folder / "ours.mp4"), "--store", str(store)]
    found = {}
    for name, begin in (("ours", None), ("ours, speech there", folder / "speech")):
        rmtree(store, ignore_errors=True)
        if begin:
            copytree(begin, store)
        found[name] = taken(line, log)
    return found | {"ours, nothing changed": taken(line, log)}


def peers(name: str, folder: Path, part: float) -> dict[str, list[str]]:
    """Return the command of each of the others; MoviePy's makes a first part where one is named."""
    made = [str(folder), str(folder / "moviepy.mp4"), *([str(part)] if part else [])]
    lines = {
        "moviepy": [sys.executable, str(HERE / "by_moviepy.py"), *made],
        "ffmpeg": command(folder, folder / "ffmpeg.mp4"),
    }
    if name == "motion-60":
        lines[WHOLE] = command(folder, folder / f"{WHOLE}.mp4", finer=1)
    return lines


def judged(found: dict[str, Any], who: str, folder: Path, part: float) -> dict[str, Any]:
    """Return what was found of a film, held against ours; times are those of the whole film."""
    frames = json.loads((folder / "given.json").read_text())["frames"]
    made = round(part * 30) if part and who == "moviepy" else frames
    like = 0.0 if who == WHOLE else LIKE
    found = found | compared(folder / "ours.mp4", folder / f"{who}.mp4", made, like)
    if made == frames:
        return found
    times = {name: round(found[name] * frames / made, 1) for name in ("seconds", "cpu")}
    return found | times | {"excerpt": made / 30}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--works", default="still-120,karaoke-120,motion-60,limits,edit-1")
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--excerpt", type=float, default=0)
    asked.add_argument("--out", type=Path, default=HERE / "results.json")
    options = asked.parse_args()
    every: dict[str, Any] = {}
    if options.out.exists():
        every = json.loads(options.out.read_text())
    for name in options.works.split(","):
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            every[name] = measured(name, Path(folder), options)
        every[name]["load before"] = load and round(load, 1)
        options.out.write_text(json.dumps(every, indent=1) + "\n")
        show(name, every[name])
    written(every)


def measured(name: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return what one work has taken."""
    if name == "limits":
        return limits.measured(folder)
    if name == "edit-1":
        return edits.measured(folder, options.runs)
    return work(name, folder, options.runs, options.excerpt)


def show(name: str, found: dict[str, Any]) -> None:
    """Print the table of one work, with each time over ours."""
    ground = found.get("ours", {}).get("seconds")
    for who, each in found.items():
        if isinstance(each, dict) and "seconds" in each:
            ratio = f"{each['seconds'] / ground:6.2f} ×" if ground else ""
            cut = f" [X from {each['excerpt']:.0f} s]" if "excerpt" in each else ""
            print(
                f"{name:12} {who:24} {each['seconds']:8.2f} s {ratio} {each.get('memory')} MB{cut}"
            )


if __name__ == "__main__":
    main()
