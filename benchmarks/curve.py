"""What a film costs by what is in it: docs/performance.md and its picture.

    python benchmarks/curve.py [CURVE …]

Each point is one cold run of the command, without narration. Curves: `length` of a still, number
of `scenes`, share of `moving` frames, `resolution`, `workers`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from report import ROOT, put, svg, text
from running import RENDER, taken, told
from works import photo

RESULTS = Path(__file__).parent / "curve.json"
PAGE, PICTURE = ROOT / "docs" / "performance.md", ROOT / "docs" / "images" / "curve.svg"
BEGIN, END = "<!-- curve: written by `python benchmarks/curve.py` -->\n", "<!-- /curve -->"
_SIZES = ("360p", "720p", "1080p", "1440p", "4k")
_PANEL, _HIGH, _ACROSS = 330, 210, 2
Point = tuple[str, str, list[str]]
"""What stands under a point, its spec, and options of the command."""


def _head(size: str) -> str:
    return f"version: 1\nsize: {size}\nvoice: {{engine: silent}}\nscenes:\n"


def _still(seconds: int) -> str:
    return f"  - {{text: One picture, duration: {seconds}s}}\n"


def _drift(seconds: int, number: int = 0) -> str:
    """Return a scene that drifts; those of other numbers are others, for equal ones are one."""
    zoom = f"zoom: ['100%', '{112 + number}%']"
    return f"  - {{duration: {seconds}s, layers: [{{image: photo.png, {zoom}}}]}}\n"


def _scenes(count: int) -> str:
    return "".join(f"  - {{text: Scene {number}, duration: 2s}}\n" for number in range(count))


def _lengths() -> list[Point]:
    each = {"1 min": 60, "10 min": 600, "1 h": 3600, "10 h": 36000}
    return [(name, _head("1080p") + _still(seconds), []) for name, seconds in each.items()]


def _counts() -> list[Point]:
    return [
        (str(count), _head("720p") + _scenes(count), []) for count in (1, 10, 100, 500, 1000, 2000)
    ]


def _shares() -> list[Point]:
    drifts = ["".join(_drift(5, number) for number in range(count)) for count in range(5)]
    return [
        (f"{25 * count} %", _head("1080p") + moving + (4 - count) * _still(5), [])
        for count, moving in enumerate(drifts)
    ]


def _sizes() -> list[Point]:
    return [
        (size, _head(size) + _drift(6), []) for size in ("360p", "720p", "1080p", "1440p", "4k")
    ]


def _workers() -> list[Point]:
    return [(str(count), _head("1080p") + _drift(12), ["-j", str(count)]) for count in (1, 2, 4)]


CURVES: dict[str, tuple[str, Callable[[], list[Point]]]] = {
    "length": ("A picture that stands, by its length", _lengths),
    "scenes": ("Scenes of 2 s at 720p, by their number", _counts),
    "moving": ("20 s at 1080p, by the share that moves", _shares),
    "resolution": ("6 s of a photograph that drifts", _sizes),
    "workers": ("12 s that drift at 1080p, by processes", _workers),
}


def measured(point: Point, folder: Path) -> dict[str, Any]:
    """Return what one cold run takes."""
    _, spec, options = point
    photo(0).save(folder / "photo.png", compress_level=1)
    (folder / "film.yaml").write_text(spec, encoding="utf-8")
    line = [*RENDER, str(folder / "film.yaml"), "-q", "-o", str(folder / "film.mp4"), *options]
    return told([taken(line, folder / "log")])


def table(every: dict[str, dict[str, Any]]) -> list[str]:
    """Return the results as lines of Markdown."""
    lines = [f"![Seconds of each curve](images/{PICTURE.name})"]
    for name, points in every.items():
        head = [CURVES[name][0], *points]
        rows = {
            "seconds": [f"{one['seconds']:.1f}" for one in points.values()],
            "seconds of processors": [str(one["cpu"]) for one in points.values()],
            "MB at most": [str(one["memory"]) for one in points.values()],
        }
        lines += ["", _line(head), _line(["---"] * len(head))]
        lines += [_line([what, *cells]) for what, cells in rows.items()]
    return [*lines, ""]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def picture(every: dict[str, dict[str, Any]]) -> str:
    """Return a small panel for each curve as an SVG; each has a scale of its own."""
    parts: list[str] = []
    for number, (name, points) in enumerate(every.items()):
        left, top = number % _ACROSS * _PANEL, number // _ACROSS * _HIGH
        parts += _panel(CURVES[name][0], points, left + 20, top + 24)
    rows = -(-len(every) // _ACROSS)
    return svg(_ACROSS * _PANEL + 20, rows * _HIGH, parts)


def _panel(title: str, points: dict[str, Any], left: int, top: int) -> list[str]:
    seconds = [one["seconds"] for one in points.values()]
    most, step = max(seconds), (_PANEL - 90) / max(1, len(seconds) - 1)
    places = [
        (round(left + 20 + index * step), round(top + 130 - 90 * each / most))
        for index, each in enumerate(seconds)
    ]
    line = " ".join(f"{x},{y}" for x, y in places)
    parts = [text(left, top, title, "font-weight='bold' font-size='13'")]
    parts.append(f"<polyline points='{line}' fill='none' stroke='#e08a1e' stroke-width='2.5'/>")
    middle = "text-anchor='middle' font-size='11'"
    for (x, y), label, each in zip(places, points, seconds, strict=True):
        parts.append(f"<circle cx='{x}' cy='{y}' r='3.5' fill='#e08a1e'/>")
        parts.append(text(x, y - 9, f"{each:.1f} s", middle))
        parts.append(text(x, top + 152, label, middle))
    return parts


def main() -> None:
    """Measure the curves that are named, all by default, and write the page and its picture."""
    every = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for name in sys.argv[1:] or CURVES:
        every[name] = {}
        for point in CURVES[name][1]():
            with tempfile.TemporaryDirectory(prefix="curve-") as folder:
                every[name][point[0]] = measured(point, Path(folder))
            print(name, point[0], every[name][point[0]], flush=True)
        RESULTS.write_text(json.dumps(every, indent=1) + "\n")
    ordered = {name: every[name] for name in CURVES if name in every}
    put(PAGE, BEGIN, END, table(ordered))
    PICTURE.write_text(picture(ordered), encoding="utf-8")


if __name__ == "__main__":
    main()
