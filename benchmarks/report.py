"""The results as the README's table and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from by_ffmpeg import FINER

ROOT = Path(__file__).parent.parent
README, PICTURE = ROOT / "README.md", ROOT / "docs" / "images" / "speed.svg"
BEGIN, END = "<!-- bench: written by `make bench` -->\n", "<!-- /bench -->"
WORKS = {
    "still-120": "three slides of 40 s, narrated",
    "karaoke-120": "the same with karaoke captions",
    "motion-60": "six photographs that drift, texts, dissolves",
}
WHOLE = "ffmpeg, whole pixels"
"""ffmpeg whose zoompan is given pictures as they are: faster, but it trembles, and is not alike."""
WHO = {"ours": "render", "ffmpeg": "ffmpeg", "moviepy": "MoviePy"}
_HUES = {"ours": "#e08a1e", "ffmpeg": "#8a94a6", "moviepy": "#5b6579"}
_WIDE, _ROW, _LEFT, _BAR = 720, 22, 84, 470


def written(every: dict[str, Any]) -> None:
    """Put the table into the README, and the picture beside the other images."""
    put(README, BEGIN, END, table(every))
    PICTURE.write_text(picture(every), encoding="utf-8")


def put(path: Path, begin: str, end: str, lines: Sequence[str]) -> None:
    """Write lines into a document between two of its own."""
    before, rest = path.read_text(encoding="utf-8").split(begin)
    after = rest.split(end, 1)[1]
    told = "\n".join(["", *lines, ""])
    path.write_text(before + begin + told + end + after, encoding="utf-8")


def table(every: dict[str, Any]) -> list[str]:
    """Return the table as lines of Markdown; what was not measured is left out."""
    return [
        "| 1080p, 30 fps, with sound | `render` | plain ffmpeg | MoviePy |",
        "|---|---|---|---|",
        *(_row(every[name], f"{name}: {what}") for name, what in WORKS.items() if name in every),
        *_edits(every.get("edit-1", {})),
        "",
        f"![Seconds of each work](docs/images/{PICTURE.name})",
        "",
        *_notes(every),
    ]


def _row(found: dict[str, Any], name: str) -> str:
    ours = found["ours"]["seconds"]
    cells = [f"**{ours:.1f} s**, {found['ours']['memory']} MB"]
    for who in ("ffmpeg", "moviepy"):
        each = found[who]
        cut = " *" if "excerpt" in each else ""
        ratio = each["seconds"] / ours
        cells.append(f"{each['seconds']:.1f} s{cut} ({ratio:.1f} ×), {each['memory']} MB")
    return f"| {name} | {' | '.join(cells)} |"


def _edits(found: dict[str, Any]) -> list[str]:
    rows = [(name, each) for name, each in found.items() if isinstance(each, dict)]
    return [
        f"| {name} | **{each['seconds']:.1f} s** | everything again | everything again |"
        for name, each in rows
        if "cold" not in name
    ]


def _notes(every: dict[str, Any]) -> list[str]:
    """Return what is to be known of the numbers."""
    told = "Seconds on the clock and peak memory of all processes, medians of the runs, on two "
    told += "cores of a shared machine that is not as fast all day: only the ratios within a row "
    told += "count. Each program is given the same pictures and the same settings of x264, and "
    told += "what it made is compared. The others code sound at 192 kb/s; `render` codes a voice "
    told += "once for both sides, no less finely."
    motion, limit = every.get("motion-60"), every.get("limits")
    if motion and limit:
        alone = limit["x264, two processes"]["seconds"]
        share = motion["ours"]["seconds"] / alone
        told += f" x264 alone, on frames that lie in memory, takes {alone:.1f} s for motion-60: "
        told += f"`render` is at {share:.2f} times that."
    if motion and WHOLE in motion:
        told += _smooth(motion)
    if motion and "excerpt" in motion["moviepy"]:
        told += f" * worked out from the first {motion['moviepy']['excerpt']:.0f} s."
    return [told, ""]


def _smooth(motion: dict[str, Any]) -> str:
    """Return how evenly pictures drift, and what ffmpeg takes where it need not be even."""
    each, whole = {who: motion[who]["trembling"] for who in WHO}, motion[WHOLE]
    told = f" Pictures that drift are {each['ours']:.2f} px (root mean square) from an even path in"
    told += f" `render`, {each['ffmpeg']:.2f} px in ffmpeg, whose zoompan is given pictures made"
    told += f" {FINER} times as large, and {each['moviepy']:.2f} px in MoviePy. Given them as they"
    told += f" are, ffmpeg takes {whole['seconds']:.1f} s"
    told += f" ({whole['seconds'] / motion['ours']['seconds']:.1f} ×) and trembles by"
    return told + f" {whole['trembling']:.2f} px, at a likeness of {whole['ssim']:.2f}."


def picture(every: dict[str, Any]) -> str:
    """Return bars of the seconds of each work as an SVG; each work has a scale of its own."""
    works = [(name, every[name]) for name in WORKS if name in every]
    parts, y = [], 30
    for name, found in works:
        parts.append(text(16, y, f"{name}: {WORKS[name]}", "font-weight='bold'"))
        most = max(found[who]["seconds"] for who in WHO)
        for row, who in enumerate(WHO):
            parts += _bar(who, found[who]["seconds"], most, y + 10 + row * _ROW)
        y += 40 + len(WHO) * _ROW
    return svg(_WIDE, y, parts)


def svg(wide: int, high: int, parts: Sequence[str]) -> str:
    """Return an SVG of some size on white."""
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {wide} {high}' "
    head += "font-family='sans-serif' font-size='14' fill='#39424e'>"
    ground = f"<rect width='{wide}' height='{high}' fill='#ffffff'/>"
    return "\n".join([head, ground, *parts, "</svg>", ""])


def _bar(who: str, seconds: float, most: float, y: int) -> list[str]:
    long = max(2, round(_BAR * seconds / most))
    return [
        text(16, y + 15, WHO[who]),
        f"<rect x='{_LEFT}' y='{y + 2}' width='{long}' height='{_ROW - 6}' rx='2' "
        f"fill='{_HUES[who]}'/>",
        text(_LEFT + long + 8, y + 15, f"{seconds:.1f} s"),
    ]


def text(x: int, y: int, words: str, more: str = "") -> str:
    """Return words at a place of an SVG."""
    return f"<text x='{x}' y='{y}' {more}>{words}</text>"
