"""Orders → the spec with them done, and nothing else of it changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ruamel.yaml.scalarstring import LiteralScalarString

from reelspec.author.drafts import Draft
from reelspec.author.editing import Sheet
from reelspec.author.grammar import UNDERSTOOD, understood
from reelspec.author.notes import Beat, Research, Source
from reelspec.author.orders import Order, Told
from reelspec.author.passages import passages
from reelspec.author.phrases import Matter
from reelspec.author.plain import screen_text, spoken_text
from reelspec.author.reviewing import REVIEW, review_lines
from reelspec.author.segmentation import sentences
from reelspec.author.verifying import verified
from renderer.errors import Problem, UsageError
from renderer.templates import library

_TITLES = {"statement": "text", "stat": "label", "image": "caption", "quote": "author"}
"""Template → the parameter that is its title, where that is not `title`."""


_TOLD = re.compile(rf"\s*# (?:rests on |{REVIEW}: )")
_FILM = "this film"


@dataclass(frozen=True, slots=True)
class Revised:
    """A spec that was revised, the ids of sources that it newly rests on, what is to be known."""

    sheet: Sheet
    cited: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def names_of(sheet: Sheet) -> list[str]:
    """Return the ids of a spec's scenes, by place where they have none."""
    return [str(scene.get("id", f"scene-{n}")) for n, scene in enumerate(sheet.scenes, 1)]


def order_of(sheet: Sheet, instruction: str) -> Order | None:
    """Return what an instruction asks for in words that the grammar understands, else None."""
    return understood(instruction, names_of(sheet))


def not_understood(instruction: str) -> UsageError:
    """Return the exception that says what would be understood."""
    says = f"'{instruction}' is not understood"
    hint = f"understood are, in English and Arabic: {'; '.join(UNDERSTOOD)}; `--writer llm` more"
    return UsageError(Problem("not-understood", says, hint=hint))


def told(sheet: Sheet) -> tuple[Told, ...]:
    """Return the scenes as a writer is told of them."""
    return tuple(map(_told, names_of(sheet), sheet.scenes))


def _told(name: str, scene: Any) -> Told:
    said, given = scene.get("say", ""), scene.get("with")
    titled = scene if "text" in scene else given if isinstance(given, dict) else {}
    title = titled.get("text" if "text" in scene else _title_key(scene), "")
    plain = isinstance(said, str)
    return Told(name, str(title), tuple(_sentences(said)) if plain else (), not plain)


def revised(sheet: Sheet, orders: Sequence[Order], research: Research) -> Revised:
    """Return the spec after some orders; `research` is what scenes are filled from and held to.

    A narration with a number or a date that neither the sources nor the film have is not taken; a
    warning says so. Raises UsageError where an order cannot be carried out.
    """
    done = Revised(sheet)
    for order in orders:
        if order.verb == "say":
            done = _narrated(done, order, research)
        else:
            done = replace(done, sheet=_done(done.sheet, order, research))
    return done


def _narrated(before: Revised, order: Order, research: Research) -> Revised:
    sheet, scene = before.sheet, before.sheet.scenes[order.scene]
    known = {name for name in order.cite if research.source(name)}
    cite = (*(scene.get("cite") or ()), *sorted(known - set(scene.get("cite") or ())))
    beat = Beat("point", tuple(map(spoken_text, order.said)), (*cite, _FILM))
    sources = (*research.sources, _film(sheet))
    draft = verified(Draft("", (beat,)), replace(research, sources=sources))
    if any(doubt.kind in ("number", "date") for doubt in draft.doubts):
        name = names_of(sheet)[order.scene]
        says = f"the new narration of '{name}' has a {draft.doubts[0].kind} that no source has"
        left = Problem("unsupported", f"{says}; the scene stays as it is", level="warning")
        return replace(before, problems=(*before.problems, left))
    lines = tuple(review_lines(draft.doubts))
    bare = _without_grounds(sheet, order.scene)
    said = draft.beats[0].say
    changed = bare.changed(order.scene, lambda scene: _rewrite(scene, said, cite, lines))
    cited = before.cited | known
    return Revised(changed, cited, (*before.problems, *draft.problems))


def _film(sheet: Sheet) -> Source:
    """Return what the film says already as a source of its own."""
    said = [sentence for scene in told(sheet) for sentence in (scene.title, *scene.say)]
    return Source(_FILM, "", "\n\n".join(map(spoken_text, said)))


def _without_grounds(sheet: Sheet, index: int) -> Sheet:
    """Return the spec without the comments that tell what a scene's old narration rested on."""
    kept = tuple(line for line in sheet.blocks[index] if not _TOLD.match(line))
    blocks = (*sheet.blocks[:index], kept, *sheet.blocks[index + 1 :])
    return replace(sheet, blocks=blocks)


def _rewrite(scene: Any, said: Sequence[str], cite: Sequence[str], lines: Sequence[str]) -> None:
    _say(scene, said)
    if cite:
        scene["cite"] = list(cite)
    if lines and list(scene).index("say"):
        column = scene.lc.col
        scene.yaml_set_comment_before_after_key("say", "\n".join(lines), indent=column)


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
    return _sentences(said)


def _sentences(said: str) -> list[str]:
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
    given[_title_key(scene)] = text


def _title_key(scene: Any) -> str:
    return _TITLES.get(str(scene.get("template")), "title")
