"""A scene's `say` → its lines, the marks in them and the pause after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from renderer.errors import Place
from renderer.nouns import Line, Take
from renderer.script import Script, script
from renderer.source import BIDI
from renderer.spec.context import Context
from renderer.spec.files import file_of
from renderer.spec.voices import merged, voice
from renderer.templates import Part
from renderer.times import seconds


@dataclass(frozen=True, slots=True)
class Speech:
    """What a scene says, its marks in their order; None are not known, for `say` is wrong."""

    lines: tuple[Line, ...]
    closing_pause: Fraction
    marks: tuple[str, ...] | None


def speech(scene: Part, context: Context) -> Speech:
    """Return the lines of a scene; problems are added."""
    speaker = context.voice
    if "voice" in scene.data:
        speaker = merged(scene.child("voice"), speaker)
    lines: list[Line] = []
    pause = Fraction(0)
    for part, chosen in _said(scene, speaker):
        found = _script(part, chosen, context)
        for index, line in enumerate(found.lines):
            lines.append(replace(line, pause=line.pause + (pause if index == 0 else 0)))
        pause = found.closing_pause + (Fraction(0) if found.lines else pause)
    return Speech(tuple(lines), pause, _marks(lines, context))


def _said(scene: Part, speaker: Part) -> Iterator[tuple[Part, Part]]:
    """Yield each part of what a scene says, a text or a map, with its voice."""
    if "say" not in scene.data:
        return
    said = scene.child("say")
    for part in said.children() if isinstance(said.data, list) else (said,):
        own = part.child("voice") if isinstance(part.data, dict) and "voice" in part.data else None
        yield part, merged(own, speaker) if own else speaker


def _script(part: Part, chosen: Part, context: Context) -> Script:
    """Return the lines of a part of `say`: one for each sentence, or one for a whole recording."""
    told = {"text": part.data} if isinstance(part.data, str) else part.data
    _check_recorded(part, told, context)
    where = part.place(("text",)) if told is part.data else part.place()
    found = script(told.get("text", ""), voice(chosen, context), where, context.fps)
    for written in found.bad_pauses:
        says = f"'{written}' is not a time such as `500ms`"
        context.add("bad-time", says, narrowed(where, written), "write [[pause 500ms]]")
    lines = [replace(line, place=narrowed(line.place, line.text)) for line in found.lines]
    if "audio" in told:
        empty = Line("", voice(chosen, context), part.place(("audio",)))
        whole = together(lines) if lines else empty
        lines = [replace(whole, take=_take(part, context))]
    return replace(found, lines=tuple(lines))


def _check_recorded(part: Part, told: dict[str, Any], context: Context) -> None:
    if "text" not in told and "audio" not in told:
        says = "nothing is said here: neither `text` nor `audio`"
        context.add("missing", says, part.place(), "write `text:` with what is said")
    if "marks" in told and "audio" not in told:
        says = "`marks` are times in a recording, but there is no `audio`"
        hint = "set marks in the text: `[[name]]`"
        context.add("conflict", says, part.place(("marks",), key=True), hint)


def _take(part: Part, context: Context) -> Take:
    """Return the recording of a part; a problem is added for what it has no use for."""
    for key in part.data.get("voice", {}).keys() - {"volume"}:
        says = f"this line is a recording, which has no `{key}`, so it is not used"
        context.warn("unused-key", says, part.place(("voice", key), key=True))
    file = file_of(part, "audio", context)
    times = {name: seconds(time, context.fps) for name, time in part.data.get("marks", {}).items()}
    known = {name: time for name, time in times.items() if time is not None}
    return Take(Path(file.get("file", "")), file.get("sha256", ""), known)


def together(lines: Sequence[Line]) -> Line:
    """Return lines as one, whose pauses within are the recording's."""
    text, marks = "", dict[str, int]()
    for line in lines:
        text += " " if text else ""
        marks |= {name: at + len(text) for name, at in line.marks.items()}
        text += line.text
    return replace(lines[0], text=text, marks=marks)


def _marks(lines: list[Line], context: Context) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for line in lines:
        for name in (*line.marks, *(line.take.marks if line.take else ())):
            if name in seen:
                where = narrowed(line.place, f"[[{name}]]")
                context.add("duplicate-mark", f"the mark '{name}' is set twice", where)
            if BIDI.search(name):
                says = "a mark's name holds a bidirectional control character"
                context.add("bidi-control", says, line.place, "remove it")
            seen[name] = None
    return tuple(seen)


def narrowed(place: Place, text: str) -> Place:
    """Return the place of some text within the value at a place, if it is found there."""
    at = place.text.find(text, place.column - 1) if text else -1
    return place if at < 0 else replace(place, column=at + 1, length=len(text))
