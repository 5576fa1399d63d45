"""A spec as it is and as it would be written today → the spec with what is its author's kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reelspec.author.composing import dumped
from reelspec.author.editing import Sheet, untouched


def updated(old: Sheet, new: Sheet) -> Sheet:
    """Return the old spec with its generated scenes as the new one has them.

    A scene that somebody has changed or added stays as it is, where it is. A generated one that the
    new spec does not have goes; one that is new comes after the scene that it follows there.
    """
    fresh = {_id(scene): index for index, scene in enumerate(new.scenes)}
    kept: list[tuple[Any, tuple[str, ...]]] = []
    for index, (scene, block) in enumerate(zip(old.scenes, old.blocks, strict=True)):
        at = fresh.get(_id(scene))
        if not untouched(old, index) or (at is not None and new.scenes[at] == scene):
            kept.append((scene, block))
        elif at is not None:
            kept.append((new.scenes[at], new.blocks[at]))
    _insert(kept, new)
    scenes, blocks = zip(*kept, strict=True)
    return replace(old, scenes=scenes, blocks=tuple(map(_parted, blocks)))


def _insert(kept: list[tuple[Any, tuple[str, ...]]], new: Sheet) -> None:
    """Add the scenes of the new spec that are not there, each after the one before it."""
    before = ""
    for scene, block in zip(new.scenes, new.blocks, strict=True):
        names = [_id(each) for each, _ in kept]
        if _id(scene) not in names:
            kept.insert(names.index(before) + 1 if before in names else 0, (scene, block))
        before = _id(scene)


def _id(scene: Any) -> str:
    return str(scene.get("id", "")) if isinstance(scene, dict) else ""


def _parted(block: tuple[str, ...]) -> tuple[str, ...]:
    return block if block and not block[-1].strip() else (*block, "")


def with_sources(sheet: Sheet, old: dict[str, Any], new: dict[str, Any]) -> Sheet:
    """Return the spec with the sources that its scenes cite: new ones as they are read today."""
    cited = {name for scene in sheet.scenes for name in scene.get("cite", ()) or ()}
    wanted = {**{n: s for n, s in old.items() if n in cited or n not in new}, **new}
    wanted = {name: source for name, source in wanted.items() if name in cited or name in old}
    if wanted == old:
        return sheet
    text = dumped({"sources": wanted}).rstrip("\n").split("\n")
    head = list(sheet.head)
    first = next((at for at, line in enumerate(head) if line.startswith("sources:")), None)
    if first is None:
        return replace(sheet, head=(*head[:-1], *text, head[-1]))
    last = first + 1
    while last < len(head) and head[last][:1] in (" ", ""):
        last += 1
    return replace(sheet, head=(*head[:first], *text, *head[last:]))
