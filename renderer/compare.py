"""Two timelines compared in words, scene by scene."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from renderer.plain import plain
from renderer.timeline import Layer, Shot, Timeline

_SHOWN = 48


def differences(before: Timeline, after: Timeline) -> list[str]:
    """Return a line for each thing that differs: of the film first, then scene by scene.

    Scenes are matched by their id.
    """
    return [*_of_film(before, after), *_of_scenes(before, after)]


def _of_film(before: Timeline, after: Timeline) -> Iterator[str]:
    for name in ("title", "description", "author", "loudness"):
        yield from _changed(f"film: {name}", getattr(before, name), getattr(after, name))
    for name in ("width", "height", "fps", "lang"):
        yield from _changed(
            f"film: {name}", getattr(before.canvas, name), getattr(after.canvas, name)
        )
    length = _seconds(before.frames, before.canvas.fps), _seconds(after.frames, after.canvas.fps)
    if length[0] != length[1]:
        yield f"film: {_longer(length[1] - length[0])}, now {_shown(length[1])} s"


def _of_scenes(before: Timeline, after: Timeline) -> Iterator[str]:
    old, new = ({shot.id: shot for shot in film.shots} for film in (before, after))
    for name in old:
        if name not in new:
            yield f"scene {name}: removed"
    for name, shot in new.items():
        changes = list(_of_scene(old[name], shot, before, after)) if name in old else ["new"]
        if changes:
            yield f"scene {name}: {', '.join(changes)}"
    kept_before, kept_after = ([n for n in one if n in old and n in new] for one in (old, new))
    if kept_before != kept_after:
        yield f"film: the scenes come in another order: {', '.join(kept_after)}"


def _of_scene(old: Shot, new: Shot, before: Timeline, after: Timeline) -> Iterator[str]:
    was, now = _seconds(old.frames, before.canvas.fps), _seconds(new.frames, after.canvas.fps)
    if was != now:
        yield _longer(now - was)
    yield from _changed("chapter", old.title, new.title)
    yield from _of_speech(old, new)
    yield from _of_enter(old, new)
    if len(old.layers) != len(new.layers):
        yield f"{len(old.layers)} layers → {len(new.layers)}"
    for number, (first, second) in enumerate(zip(old.layers, new.layers, strict=False), start=1):
        yield from _of_layer(number, first, second)


def _of_speech(old: Shot, new: Shot) -> Iterator[str]:
    said, says = ([spoken.cue.text for spoken in shot.cues] for shot in (old, new))
    if said != says:
        changed = [text for text in says if text not in said]
        yield f"says {_shown(' '.join(changed))}" if changed else "says less"
    elif [one.cue.voice for one in old.cues] != [one.cue.voice for one in new.cues]:
        yield "another voice"


def _of_enter(old: Shot, new: Shot) -> Iterator[str]:
    was, now = (shot.enter.kind if shot.enter else "cut" for shot in (old, new))
    yield from _changed("transition", was, now)
    if old.enter and new.enter and was == now:
        yield from _changed("transition's frames", old.enter.over, new.enter.over)


def _of_layer(number: int, old: Layer, new: Layer) -> Iterator[str]:
    where = f"layer {number}" + (f" ({new.name})" if new.name else "")
    if old.kind != new.kind:
        yield f"{where} {old.kind} → {new.kind}"
        return
    yield from _values(where, plain(old.params), plain(new.params))
    for name in ("first", "last", "position", "width", "height", "opacity", "rotate", "scale"):
        yield from _changed(f"{where} {name}", getattr(old, name), getattr(new, name))


def _values(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        yield from _changed(f"{where} {name}", old.get(name), new.get(name))


def _changed(what: str, old: object, new: object) -> Iterator[str]:
    if old != new:
        yield f"{what} {_shown(old)} → {_shown(new)}"


def _seconds(frames: int, fps: Fraction) -> Fraction:
    return frames / fps


def _longer(by: Fraction) -> str:
    return f"{float(by):+.2f}".rstrip("0").rstrip(".") + " s"


def _shown(value: object) -> str:
    if isinstance(value, Fraction | float):
        return f"{float(value):.3f}".rstrip("0").rstrip(".")
    if isinstance(value, tuple):
        return f"({', '.join(map(_shown, value))})"
    text = f"'{value}'" if isinstance(value, str) else "none" if value is None else str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
