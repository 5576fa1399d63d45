"""An order → the spec with that done, and nothing else of it changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ruamel.yaml.scalarstring import LiteralScalarString

from reelspec.author.editing import Sheet
from reelspec.author.grammar import UNDERSTOOD, Order, understood
from reelspec.author.notes import Research
from reelspec.author.passages import passages
from reelspec.author.phrases import Matter
from reelspec.author.plain import screen_text, spoken_text
from reelspec.author.segmentation import sentences
from renderer.errors import Problem, UsageError
from renderer.templates import library

_TITLES = {"statement": "text", "stat": "label", "image": "caption", "quote": "author"}
"""Template → the parameter that is its title, where that is not `title`."""


def revised(sheet: Sheet, instruction: str, research: Research) -> Sheet:
    """Return the spec as an instruction says; `research` is what longer scenes are filled from.

    Raises UsageError where the instruction is not understood or cannot be carried out.
    """
    ids = [str(scene.get("id", f"scene-{n}")) for n, scene in enumerate(sheet.scenes, 1)]
    order = understood(instruction, ids)
    if order is None:
        says = f"'{instruction}' is not understood"
        hint = f"understood are, in English and Arabic: {'; '.join(UNDERSTOOD)}"
        raise UsageError(Problem("not-understood", says, hint=hint))
    return _done(sheet, order, research)


def _done(sheet: Sheet, order: Order, research: Research) -> Sheet:
    if order.verb == "theme":
        return _themed(sheet, order.text)
    if order.verb == "remove":
        if len(sheet.scenes) == 1:
            raise _refused("the only scene of a film cannot be removed")
        return sheet.without(order.scene)
    if order.verb == "move":
        return sheet.moved(order.scene, order.to)
    if order.verb == "retitle":
        return sheet.changed(order.scene, lambda scene: _retitle(scene, order.text, research.lang))
    said = _spoken(sheet.scenes[order.scene])
    kept = _shorter(said, research.lang) if order.verb == "shorter" else _longer(said, research)
    return sheet.changed(order.scene, lambda scene: _say(scene, kept))


def _refused(says: str, hint: str = "") -> UsageError:
    return UsageError(Problem("cannot-revise", says, hint=hint))


def _themed(sheet: Sheet, name: str) -> Sheet:
    known = sorted(library(None).themes)
    if name not in known:
        raise _refused(f"no theme is named '{name}'", f"there are {', '.join(known)}")
    return sheet.written("theme", name)


def _spoken(scene: Any) -> list[str]:
    """Return the sentences of a scene; raises UsageError where it says none in plain text."""
    said = scene.get("say")
    if not isinstance(said, str) or not said.strip():
        raise _refused("that scene says nothing in plain text")
    return [each for line in said.splitlines() for each in sentences(line)]


def _shorter(said: Sequence[str], lang: str) -> list[str]:
    """Return the sentences without the one that says least; the first stays, others lean on it."""
    if len(said) < 2:
        hint = "remove the scene, or shorten the sentence by hand"
        raise _refused("that scene says one sentence, and it is not cut in the middle", hint)
    matter = Matter.of(said, lang)
    least = min(range(1, len(said)), key=lambda at: (matter.weight(said[at]), -at))
    return [sentence for at, sentence in enumerate(said) if at != least]


def _longer(said: Sequence[str], research: Research) -> list[str]:
    """Return the sentences with the one that follows the last of them in its source."""
    known = set(said)
    for source in research.sources:
        for passage in passages(source):
            parts = [spoken_text(part) for part in passage.parts]
            if said[-1] in parts[:-1]:
                following = parts[parts.index(said[-1]) + 1]
                if following not in known:
                    return [*said, following]
    says = "no source goes on where that scene ends"
    raise _refused(says, "name the sources with `--source`, or lengthen it by hand")


def _say(scene: Any, said: Sequence[str]) -> None:
    scene["say"] = LiteralScalarString("\n".join(said)) if len(said) > 1 else said[0]


def _retitle(scene: Any, title: str, lang: str) -> None:
    text = screen_text(title, lang)
    if "text" in scene:
        scene["text"] = text
        return
    given = scene.get("with")
    if not isinstance(given, dict):
        raise _refused("that scene has no template with a title")
    given[_TITLES.get(str(scene.get("template")), "title")] = text
