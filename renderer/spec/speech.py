"""A scene's `say` → its lines, the marks in them and the pause after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from renderer.errors import Place
from renderer.nouns import Line
from renderer.script import script
from renderer.source import BIDI
from renderer.spec.context import Context
from renderer.spec.voices import merged, voice
from renderer.templates import Part


@dataclass(frozen=True, slots=True)
class Speech:
    """What a scene says; `marks` None says that they are not known, for `say` is wrong."""

    lines: tuple[Line, ...]
    closing_pause: Fraction
    marks: frozenset[str] | None


def speech(scene: Part, context: Context) -> Speech:
    """Return the lines of a scene; problems are added."""
    speaker = context.voice
    if "voice" in scene.data:
        speaker = merged(scene.child("voice"), speaker)
    lines: list[Line] = []
    pause = Fraction(0)
    for text, chosen in _texts(scene, speaker):
        found = script(text.data, voice(chosen, context), text.place(), context.fps)
        for written in found.bad_pauses:
            says = f"'{written}' is not a time such as `500ms`"
            context.add("bad-time", says, narrowed(text.place(), written), "write [[pause 500ms]]")
        for index, line in enumerate(found.lines):
            waiting = line.pause + (pause if index == 0 else 0)
            place = narrowed(line.place, line.text)
            lines.append(replace(line, pause=waiting, place=place))
        pause = found.closing_pause + (Fraction(0) if found.lines else pause)
    return Speech(tuple(lines), pause, _marks(lines, context))


def _texts(scene: Part, speaker: Part) -> Iterator[tuple[Part, Part]]:
    """Yield each text that a scene says, with its voice."""
    if "say" not in scene.data:
        return
    said = scene.child("say")
    for part in said.children() if isinstance(said.data, list) else (said,):
        if isinstance(part.data, str):
            yield part, speaker
        elif "text" in part.data:
            own = part.child("voice") if "voice" in part.data else None
            yield part.child("text"), merged(own, speaker) if own else speaker


def _marks(lines: list[Line], context: Context) -> frozenset[str]:
    seen: set[str] = set()
    for line in lines:
        for name in line.marks:
            if name in seen:
                where = narrowed(line.place, f"[[{name}]]")
                context.add("duplicate-mark", f"the mark '{name}' is set twice", where)
            if BIDI.search(name):
                says = "a mark's name holds a bidirectional control character"
                context.add("bidi-control", says, line.place, "remove it")
            seen.add(name)
    return frozenset(seen)


def narrowed(place: Place, text: str) -> Place:
    """Return the place of some text within the value at a place, if it is found there."""
    at = place.text.find(text, place.column - 1) if text else -1
    return place if at < 0 else replace(place, column=at + 1, length=len(text))
