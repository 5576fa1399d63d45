"""The same films made by us, by MoviePy and by ffmpeg in one run: seconds, memory, ratios.

    python benchmarks [--works still-120,karaoke-120,motion-60,limits] [--runs N]
                      [--excerpt SECONDS] [--out FILE]

Each program begins cold and is a process of its own. What it made is compared with ours: frames,
length, pictures. With `--excerpt` MoviePy makes the first seconds of motion-60 alone, and its time
is worked out from that; the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import limits
import works
from by_ffmpeg import command
from checking import compared
from given import prepared
from running import Taken, taken

from renderer.store import Store

HERE = Path(__file__).parent
RENDER = [sys.executable, "-c", "import sys; from renderer.cli import main; sys.exit(main())"]
SPECS = {
    "still-120": works.slides,
    "karaoke-120": lambda folder: works.slides(folder, "karaoke"),
    "motion-60": works.motion,
}


def ours(spec: Path, folder: Path, runs: int) -> dict[str, Any]:
    """Return our own times: cold, with only the speech there, and with nothing changed."""
    found: dict[str, Any] = {}
    store = folder / "ours"
    line = [*RENDER, str(spec), "-q", "-o", str(folder / "ours.mp4"), "--store", str(store)]
    for name, begin in (("ours", None), ("ours, speech there", folder / "speech")):
        each = []
        for _ in range(runs):
            rmtree(store, ignore_errors=True)
            if begin:
                copytree(begin, store)
            each.append(taken(line, folder / "log"))
        found[name] = _told(each)
    found["ours, nothing changed"] = _told([taken(line, folder / "log") for _ in range(runs)])
    return found


def _told(each: list[Taken]) -> dict[str, Any]:
    memory = [one.memory for one in each if one.memory]
    return {
        "seconds": round(statistics.median(one.seconds for one in each), 2),
        "memory": round(max(memory)) if memory else None,
    }


def peers(name: str, folder: Path, runs: int, excerpt: float) -> dict[str, Any]:
    """Return the times of the others, each film held against ours."""
    frames = json.loads((folder / "given.json").read_text())["frames"]
    part = excerpt if name == "motion-60" else 0
    moviepy = [
        sys.executable,
        str(HERE / "by_moviepy.py"),
        str(folder),
        str(folder / "moviepy.mp4"),
    ]
    lines = {
        "moviepy": [*moviepy, *([str(part)] if part else [])],
        "ffmpeg": command(folder, folder / "ffmpeg.mp4"),
    }
    found = {}
    for peer, line in lines.items():
        each = _told([taken(line, folder / "log") for _ in range(runs)])
        made = round(part * 30) if part and peer == "moviepy" else frames
        each |= compared(folder / "ours.mp4", folder / f"{peer}.mp4", made)
        if made < frames:
            each |= {"seconds": round(each["seconds"] * frames / made, 1), "excerpt": made / 30}
        found[peer] = each
    return found


def work(name: str, folder: Path, runs: int, excerpt: float) -> dict[str, Any]:
    spec = SPECS[name](folder)
    prepared(spec, Store(folder / "speech"), folder)
    rmtree(folder / "speech" / "film", ignore_errors=True)
    return ours(spec, folder, runs) | peers(name, folder, runs, excerpt)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--works", default="still-120,karaoke-120,motion-60,limits")
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--excerpt", type=float, default=0)
    asked.add_argument("--out", type=Path, default=HERE / "results.json")
    options = asked.parse_args()
    told: dict[str, Any] = {}
    if options.out.exists():
        told = json.loads(options.out.read_text())
    for name in options.works.split(","):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
            made = {"limits": limits.measured}.get(name)
            told[name] = (
                made(Path(folder))
                if made
                else work(name, Path(folder), options.runs, options.excerpt)
            )
            told[name]["load before"] = load and round(load, 1)
        options.out.write_text(json.dumps(told, indent=1) + "\n")
        show(name, told[name])


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
