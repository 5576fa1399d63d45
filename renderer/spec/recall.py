"""Scenes as they were worked out the last time: taken again where they stand as they did.

A scene is what its text, its row and its ground make it; where it only stands further up or down
than before, its places are moved. The ground is all that it is
resolved against: what the spec says outside its scenes, what was asked of the program, and every
file that was read before the scenes. Files that scenes read themselves are noted again; who
watches them forgets the memory when one of them is another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

from renderer.errors import Place
from renderer.inputs import notes
from renderer.memory import memory
from renderer.nouns import Scene
from renderer.paths import digest, templates
from renderer.profile import profile
from renderer.relocation import Shift
from renderer.source import Document
from renderer.spec.context import Context
from renderer.templates import Part, Scope, left, spend

_SHIPPED = templates("scenes").parent


def ground_of(document: Document, path: Path, cut: str, given: object) -> str:
    """Return a digest of all that a spec's scenes are resolved against; empty without a memory.

    `cut` is the film's cut that is made, `given` what else was asked of the program; what has been
    noted so far counts as read.
    """
    if memory() is None or not isinstance(document.data, dict):
        return ""
    apart = ("scenes", "cuts") if not cut else ("scenes",)
    around = {key: value for key, value in document.data.items() if key not in apart}
    places = [document.places((key,)) for key in around]
    read = sorted((file, content) for file, content in notes().items() if not _shipped(file))
    other = [pair for pair in read if pair[0] != path.absolute()]
    return digest(repr((around, places, given, profile(), other)).encode())


def _shipped(file: Path) -> bool:
    """Return whether a file came with the program, which reads such once."""
    return file.is_relative_to(_SHIPPED)


def told_again(context: Context, work: Callable[[], tuple[Scene, ...]]) -> tuple[Scene, ...]:
    """Return what `work` makes of all scenes; where a fault of the last time is gone, made anew.

    What several scenes share is told of once. When the scene is gone that it was told of, another
    one has it now, which would be recalled without.
    """
    kept, steps, before = memory(), left(), len(context.problems)
    found = work()
    if kept is None or not context.ground:
        return found
    key = ("faults", context.ground)
    if any(fault not in context.problems for fault in kept.get(key) or ()):
        kept.forget()
        spend(left() - steps)
        found = work()
    kept.keep(key, tuple(context.problems[before:]))
    return found


def renoted(context: Context) -> None:
    """Note the files again that scenes on this ground have read."""
    kept = memory()
    known = kept.get(("notes", context.ground)) if kept and context.ground else None
    for path, content in (known or {}).items():
        notes().setdefault(path, content)


def kept_notes(context: Context) -> None:
    """Keep what was noted until now for the next time."""
    kept = memory()
    if kept and context.ground:
        kept.keep(("notes", context.ground), dict(notes()))


def sound_before(data: Any, context: Context) -> bool:
    """Return whether a scene's data were found without fault on this ground."""
    kept = memory()
    return bool(kept and context.ground and kept.get(("sound", context.ground, repr(data))))


def keep_sound(data: Any, context: Context) -> None:
    """Remember that a scene's data are without fault."""
    kept = memory()
    if kept and context.ground:
        kept.keep(("sound", context.ground, repr(data)), True)


def recalled_scene(
    part: Part, scope: Scope, more: Hashable, context: Context, work: Callable[[], Scene]
) -> Scene:
    """Return the scene that `work` has made of the same before, or have it work.

    `more` is what else the scene depends on. One that has a problem is not remembered. The steps
    that expressions take are spent all the same, so a film is refused whether recalled or not.
    """
    kept = memory()
    if kept is None or not context.ground or part.traces:
        return work()
    line, last, standing = _standing(part)
    key = ("scene", context.ground, more, repr(part.data), standing, _row(scope, context))
    known: tuple[Scene, int, int] | None = kept.get(key)
    if known and known[1] <= left():
        scene, steps, before = known
        spend(steps)
        if line != before:
            shift = Shift(part.place().file, before, before + last - line, line - before)
            scene = kept.moved(scene, (shift,))
            kept.keep(key, (scene, steps, line))
        return scene
    faults, steps = len(context.problems), left()
    scene = work()
    if len(context.problems) == faults:
        kept.keep(key, (scene, steps - left(), line))
    return scene


def _standing(part: Part) -> tuple[int, int, Hashable]:
    """Return the first and the last line of a scene, and where in them its values stand.

    Where some of them stand further up, for they are aliases, it is where they stand in the file.
    """
    places = part.origin.document.places(part.origin.path)
    line, last = part.place().line, max((place.line for place in places), default=0)
    base = line if all(place.line >= line for place in places) else 0
    return line, last, (base == 0 and line, *(_from(place, base) for place in places))


def _from(place: Place, line: int) -> Hashable:
    return place.file, place.line - line, place.column, place.length, place.text


def _row(scope: Scope, context: Context) -> str:
    """Return the names of a scope that are not those of the film."""
    names, film = scope.names, context.scope.names
    return repr({name: value for name, value in names.items() if film.get(name) is not value})
