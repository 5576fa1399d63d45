"""Beats → scenes: the template that suits each, and its parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from reelspec.author.notes import Beat, Research
from reelspec.author.plain import screen_text, spoken_text
from reelspec.author.segmentation import base
from reelspec.author.wording import CREDITS

Scene = dict[str, Any]
"""One scene as it is written in a spec."""

_MOST_CREDITS = 12


def scenes(beats: Sequence[Beat], research: Research) -> list[Scene]:
    """Return the scenes of a script, each with an id of its own, and credits where it cites."""
    made = [_scene(beat, research) for beat in beats]
    names: set[str] = set()
    for scene, beat in zip(made, beats, strict=True):
        scene["id"] = _unique(beat.kind if beat.kind != "list" else "points", names)
    cited = [name for beat in beats for name in beat.cite if research.source(name)]
    return [*made, _credits(research)] if cited else made


def _unique(name: str, names: set[str]) -> str:
    count = 1
    while f"{name}-{count}" in names:
        count += 1
    found = name if name in ("opening", "close") and name not in names else f"{name}-{count}"
    names.add(found)
    return found


def _scene(beat: Beat, research: Research) -> Scene:
    template, given = _staged(beat, research.lang)
    scene: Scene = {"id": "", "template": template, "with": given}
    said = [spoken_text(sentence) for sentence in beat.say]
    if any(said):
        scene["say"] = "\n".join(filter(None, said))
    cite = [name for name in dict.fromkeys(beat.cite) if research.source(name)]
    if cite:
        scene["cite"] = cite
    if beat.notes:
        scene["notes"] = spoken_text(beat.notes)
    return scene


def _staged(beat: Beat, lang: str) -> tuple[str, dict[str, Any]]:
    """Return the template of a beat and its parameters; a statement where what it needs is not."""
    template, given = _STAGES[beat.kind](beat, lang)
    if template and all(given.get(name) for name in _NEEDED[template]):
        return template, given
    words = screen_text(beat.title or beat.value or (beat.say[0] if beat.say else "…"), lang)
    return "statement", {"text": words or "…"}


def _title(beat: Beat, lang: str) -> tuple[str, dict[str, Any]]:
    return "title", _with(lang, title=beat.title, subtitle=beat.value)


def _statement(beat: Beat, lang: str) -> tuple[str, dict[str, Any]]:
    return "statement", {"text": screen_text(beat.value or beat.title, lang)}


def _list(beat: Beat, lang: str) -> tuple[str, dict[str, Any]]:
    items = [item for each in beat.items if (item := screen_text(each, lang))]
    return "steps" if beat.ordered else "bullets", {**_with(lang, title=beat.title), "items": items}


def _number(beat: Beat, lang: str) -> tuple[str, dict[str, Any]]:
    return "stat", {"value": screen_text(beat.value, lang), **_with(lang, label=beat.title)}


def _quote(beat: Beat, lang: str) -> tuple[str, dict[str, Any]]:
    return "quote", {"text": screen_text(beat.value, lang), **_with(lang, author=beat.author)}


def _contrast(beat: Beat, lang: str) -> tuple[str, dict[str, Any]]:
    """Return two sides; an item `name: point; point` has its name over its points."""
    if len(beat.items) != 2:
        return "", {}
    left, right = (_side(item, lang) for item in beat.items)
    if not left["items"] or not right["items"]:
        return "", {}
    return "compare", {**_with(lang, title=beat.title), "left": left, "right": right}


def _side(item: str, lang: str) -> dict[str, Any]:
    name, colon, rest = item.partition(":")
    points = (rest if colon else name).split(";")
    shown = [text for point in points if (text := screen_text(point, lang))][:5]
    return {**_with(lang, title=name if colon else ""), "items": shown}


def _code(beat: Beat, lang: str) -> tuple[str, dict[str, Any]]:
    return "code", {"code": spoken_text(beat.value, lines=True), **_with(lang, title=beat.title)}


def _chart(beat: Beat, lang: str) -> tuple[str, dict[str, Any]]:
    """Return the chart of a series with its rows written out; nothing where a name is lost."""
    found = beat.series
    if found is None:
        return "", {}
    name, *columns = [screen_text(text, lang) for text in (found.name, *found.columns)]
    rows = [
        {name: _plain(key, lang)}
        | {column: n for column, n in zip(columns, numbers, strict=True) if n is not None}
        for key, numbers in found.rows
    ]
    given: dict[str, Any] = {"kind": found.kind, "data": rows, "x": name}
    given |= {"y": columns[0] if len(columns) == 1 else columns}
    whole = all((name, *columns)) and len({name, *columns}) == 1 + len(columns)
    named = len({str(row[name]) for row in rows} - {""}) == len(rows)
    shown = given | _with(lang, title=beat.title, unit=found.unit)
    return ("chart", shown) if whole and named else ("", {})


def _plain(name: str | int, lang: str) -> str | int:
    return name if isinstance(name, int) else screen_text(name, lang)


def _with(lang: str, **texts: str) -> dict[str, Any]:
    """Return the texts that there are, as they may stand on screen."""
    return {name: text for name, raw in texts.items() if (text := screen_text(raw, lang))}


_STAGES: Mapping[str, Callable[[Beat, str], tuple[str, dict[str, Any]]]] = {
    "opening": _title,
    "close": _statement,
    "point": _statement,
    "list": _list,
    "number": _number,
    "series": _chart,
    "quote": _quote,
    "contrast": _contrast,
    "code": _code,
}


_NEEDED = {
    "title": ("title",),
    "statement": ("text",),
    "bullets": ("items",),
    "steps": ("items",),
    "stat": ("value",),
    "quote": ("text",),
    "compare": ("left", "right"),
    "code": ("code",),
    "chart": ("data",),
}
"""Template → the parameters without which it shows nothing."""


def _credits(research: Research) -> Scene:
    title = CREDITS.get(base(research.lang))
    scene: Scene = {"id": "credits", "template": "credits"}
    if title:
        scene["with"] = {"title": title}
    return scene


def sources(beats: Iterable[Beat], research: Research) -> dict[str, dict[str, str]]:
    """Return the sources that beats cite as a spec lists them, in the order of the research."""
    cited = {name for beat in beats for name in beat.cite}
    found: dict[str, dict[str, str]] = {}
    for source in research.sources:
        if source.id in cited:
            keys = ("title", "url", "seen", "licence")
            given = {key: spoken_text(getattr(source, key)) for key in keys}
            found[source.id] = {key: text for key, text in given.items() if text}
    return found
