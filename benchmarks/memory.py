"""What a long film holds in memory: the command itself, and each process that it starts.

    python benchmarks/memory.py [WORK …]

Works: an `hour` of 1080p with speech, dissolves and photographs; the `first` 6 minutes of it;
`photographs`, 40 of 24 megapixels that drift; the `plan` of 10,000 scenes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from running import RENDER, taken
from works import photo

_HEAD = """version: 1
size: 1080p
voice: {engine: espeak}
defaults: {scene: {transition: {kind: dissolve, over: 400ms}}}
scenes:
"""
_SAID = "Scene {} tells of a river, and of the people who have lived beside it for so long."
_LARGE = (6000, 4000)


def _minutes(folder: Path, minutes: int) -> str:
    """Return six scenes a minute; every fifth shows a photograph, every thirtieth moves it."""
    _photographs(folder, 12)
    lines = [_HEAD]
    for number in range(6 * minutes):
        shown = f"layers: [{{image: {number % 12}.jpg"
        moves = ", zoom: ['100%', '112%']" if number % 30 == 0 else ""
        layers = f"{shown}{moves}}}]" if number % 5 == 0 else f"text: Scene {number}"
        said = _SAID.format(number)
        lines.append(f"  - {{id: s{number}, duration: 10s, say: '{said}', {layers}}}\n")
    return "".join(lines)


def _drifting(folder: Path) -> str:
    """Return 40 scenes of a second, a photograph each that zooms."""
    _photographs(folder, 40)
    scene = "  - {{duration: 1s, layers: [{{image: {}.jpg, zoom: ['100%', '112%']}}]}}\n"
    return _HEAD + "".join(map(scene.format, range(40)))


def _photographs(folder: Path, count: int) -> None:
    """Save so many photographs, no two of which are the same."""
    ground = photo(0).resize(_LARGE)
    for number in range(count):
        moved = ground.rotate(0, translate=(97 * number, 0))
        moved = moved.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if number % 2 else moved
        moved.save(folder / f"{number}.jpg", quality=90)


def _ten_thousand(folder: Path) -> str:
    silent = _HEAD.replace("espeak", "silent")
    return silent + "".join(f"  - {{text: Scene {number}}}\n" for number in range(10_000))


WORKS: dict[str, tuple[str, Callable[[Path], str]]] = {
    "first": ("", lambda folder: _minutes(folder, 6)),
    "hour": ("", lambda folder: _minutes(folder, 60)),
    "photographs": ("", _drifting),
    "plan": ("plan", _ten_thousand),
}
"""Name → the verb, none for making the film, and what writes the spec."""


def main() -> None:
    """Print a line for each work: seconds, the most that the command and any other held."""
    for name in sys.argv[1:] or WORKS:
        verb, write = WORKS[name]
        with tempfile.TemporaryDirectory(prefix="memory-") as made:
            folder = Path(made)
            spec = folder / "film.yaml"
            spec.write_text(write(folder), encoding="utf-8")
            asked = [verb] if verb else ["film", "-q", "-o", str(folder / "film.mp4")]
            took = taken([*RENDER, *asked, str(spec)], folder / "log")
        held = f"the command {took.parent or 0:.0f} MB, any other {took.child or 0:.0f} MB"
        print(f"{name:12} {took.seconds:7.1f} s; {held}, all at once {took.memory or 0:.0f} MB")


if __name__ == "__main__":
    main()
