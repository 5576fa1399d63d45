"""The lines of a film as a list to read aloud from and to record."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from renderer.nouns import Scene
from renderer.spec.takes import numbered
from renderer.words import estimate


@dataclass(frozen=True, slots=True)
class Reading:
    """A line to read: its number, its scene, the name of its recording, about how long it takes.

    `recorded` is the recording that there is, by its file name, empty where there is none.
    """

    number: int
    scene: str
    take: str
    text: str
    seconds: float
    recorded: str


def readings(scenes: Sequence[Scene]) -> list[Reading]:
    """Return every line of some scenes in the order in which they are said."""
    each = [(scene.id, name, line) for scene in scenes for name, line in numbered(scene)]
    return [
        Reading(
            number=number,
            scene=scene,
            take=name,
            text=line.text,
            seconds=round(estimate(line.text, 1.0), 1),
            recorded=line.take.file.name if line.take else "",
        )
        for number, (scene, name, line) in enumerate(each, 1)
    ]


def as_text(lines: Sequence[Reading]) -> str:
    """Return the lines to read from: number, name of the take, seconds, and the words below."""
    parts = [
        f"{one.number}. {one.take}  ({one.seconds:.1f} s){_mark(one)}\n   {one.text}\n"
        for one in lines
    ]
    return "\n".join(parts) + f"\n{_sum(lines)}\n"


def as_markdown(lines: Sequence[Reading]) -> str:
    """Return the lines as Markdown, with a heading for each scene."""
    parts: list[str] = []
    for index, one in enumerate(lines):
        if index == 0 or lines[index - 1].scene != one.scene:
            parts.append(f"## {one.scene}\n")
        parts.append(
            f"{one.number}. {one.text}  \n   `{one.take}` · {one.seconds:.1f} s{_mark(one)}"
        )
        parts.append("")
    return "\n".join([*parts, _sum(lines), ""])


def as_csv(lines: Sequence[Reading]) -> str:
    """Return the lines as CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["number", "scene", "take", "seconds", "recorded", "text"])
    for one in lines:
        row = [one.number, one.scene, one.take, one.seconds, one.recorded, one.text]
        writer.writerow(row)
    return out.getvalue()


def _mark(one: Reading) -> str:
    return f"  recorded: {one.recorded}" if one.recorded else ""


def _sum(lines: Sequence[Reading]) -> str:
    there = sum(bool(one.recorded) for one in lines)
    length = sum(one.seconds for one in lines)
    return f"{len(lines)} lines, about {length:.0f} s; {there} recorded"


FORMATS: dict[str, Callable[[Sequence[Reading]], str]] = {
    "text": as_text,
    "csv": as_csv,
    "markdown": as_markdown,
}
"""Name of a format → what writes it."""
