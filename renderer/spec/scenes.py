"""Scenes as written → Scenes: repeated, left out, merged, with their templates' layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from renderer.errors import Problem
from renderer.nouns import Captions, Enter, Scene
from renderer.source import BIDI
from renderer.spec.canvas import clear_of
from renderer.spec.captions import captions
from renderer.spec.context import Context, default_of
from renderer.spec.layers import MOST, background, decor, items
from renderer.spec.limits import Count
from renderer.spec.recall import (
    keep_sound,
    kept_notes,
    recalled_scene,
    renoted,
    sound_before,
    told_again,
)
from renderer.spec.relations import check_relations
from renderer.spec.repeat import in_row, repeated, row_of, tell_row
from renderer.spec.sounds import effects
from renderer.spec.sources import check_cited, cited
from renderer.spec.speech import Speech, speech
from renderer.spec.texts import fitted_value
from renderer.spec.units import completed
from renderer.spec.use import told_where, use_template
from renderer.templates import Part, Scope, holds_expression, substituted
from renderer.times import LONGEST, clock, seconds


def scenes(written: Sequence[Part], context: Context) -> tuple[Scene, ...]:
    """Return the scenes of a film in their order; problems are added."""
    return told_again(context, lambda: _scenes(written, context))


def _scenes(written: Sequence[Part], context: Context) -> tuple[Scene, ...]:
    found: list[Scene] = []
    rows: list[int | None] = []
    count = Count()
    sound = [(part, scene) for part in written if (scene := _sound(part, context))]
    listed = cited((scene for _, scene in sound), context)
    outer = Scope({"cited": listed, **context.scope.names}, context.scope.origins)
    renoted(context)
    for part, scene in sound:
        whole = len(scene.data) == len(part.data)
        for each, scope in repeated(scene, outer, context):
            before = len(context.problems)
            found.append(_known(each, scope, context, len(found) + 1, whole))
            rows.append(row_of(scene, scope))
            tell_row(context.problems, before, rows[-1])
            count.add(found[-1], context)
            if count.full:
                return tuple(found)
    kept_notes(context)
    _check_ids(found, rows, context)
    if not found and not any(problem.level == "error" for problem in context.problems):
        context.add("empty", "every scene is left out by its `when`", written[0].place())
    return tuple(found)


def _sound(part: Part, context: Context) -> Part | None:
    """Return a scene without the keys that are wrong; problems are added."""
    checker = context.language.scene
    found = () if sound_before(part.data, context) else checker.problems(part.data, part.place)
    if not isinstance(part.data, dict):
        context.problems.extend(found)
        return None
    context.problems.extend(told_where(found, part, context) if found else ())
    _check_together(part, context)
    if not found:
        keep_sound(part.data, context)
    wrong = [key for key in part.data if found and not _fits(key, part.data[key], context)]
    return _without(part, wrong)


def _without(part: Part, wrong: list[str]) -> Part:
    """Return a scene without wrong keys; a template whose parameters are wrong goes with them."""
    return part.without(*wrong, *(("template",) if "with" in wrong else ()))


def _fits(key: str, data: Any, context: Context) -> bool:
    """Return whether a scene's key is one and its value good; layers are looked at one by one."""
    if key not in context.language.scene.schema["properties"]:
        return False
    return context.language.scene.key(key).fits(data) or (
        key == "layers" and isinstance(data, list) and len(data) <= MOST
    )


def _check_together(part: Part, context: Context) -> None:
    if "text" in part.data and "template" in part.data:
        says = "`text` is short for the template `statement`; here is another template"
        context.add("conflict", says, part.place(("text",), key=True), "put it into `with`")
    if "with" in part.data and "template" not in part.data:
        says = "`with` gives the parameters of a template, but there is none"
        context.add("conflict", says, part.place(("with",), key=True), "write `template: …`")


def _known(part: Part, scope: Scope, context: Context, number: int, whole: bool) -> Scene:
    """Return one scene, recalled where it is as it was."""
    counted = number == 1 or ("id" not in part.data and number)
    return recalled_scene(
        *(part, scope, (counted, whole), context),
        work=lambda: _scene(part, scope, context, number, whole),
    )


def _scene(part: Part, scope: Scope, context: Context, number: int, whole: bool) -> Scene:
    """Return one scene; where it is not `whole`, what it lacks is not looked for."""
    scene = _filled(part.without("layers"), scope, context)
    whole = whole and len(part.without("layers").data) <= len(scene.data)
    scene = scene.over(context.defaults["scene"]) if "scene" in context.defaults else scene
    name = str(scene.data.get("id", f"scene-{number}"))
    check_cited(scene, context)
    said = speech(scene, context)
    marks = said.marks if whole else None
    read = captions(scene, said.lines, context)
    drawn = use_template(scene, part, _clear(scope, read), marks, context)
    drawn += [] if whole else [None]
    if "layers" in part.data:
        drawn += items(part.child("layers"), scope, marks, context)
    if len(drawn) > MOST:
        says = f"{len(drawn):,} layers in a scene; at most {MOST} are allowed"
        context.add("too-many", says, part.place())
    check_relations(drawn, context)
    back = scene.child("background") if "background" in scene.data else context.theme.background
    shown = (one.item for one in [*decor(scene, context), *drawn] if one)
    layers = (background(back, context), *shown)
    timed = _timed(scene, name, layers, said, context, number)
    return replace(timed, captions=read, sounds=effects(scene, marks, context))


def _clear(scope: Scope, read: Captions) -> Scope:
    """Return the scope of a scene's template: its content stays clear of captions."""
    return scope.having({"canvas": clear_of(read, scope.names["canvas"])})


def _timed(
    whole: Part, name: str, layers: tuple[Any, ...], said: Speech, context: Context, number: int
) -> Scene:
    times = {key: _time(whole, key, context) for key in ("duration", "lead", "tail")}
    return Scene(
        id=name,
        title=_title(whole, name),
        place=whole.place(),
        layers=layers,
        lines=said.lines,
        duration=times["duration"],
        lead=times["lead"] or Fraction(0),
        tail=times["tail"] or Fraction(0),
        enter=_enter(whole, context, number),
        closing_pause=said.closing_pause,
    )


def _filled(part: Part, scope: Scope, context: Context) -> Part:
    """Return a scene with its expressions replaced, without keys that went wrong."""
    bad: list[str] = []
    data, traces = dict(part.data), dict(part.traces)
    for key in [key for key, value in part.data.items() if holds_expression(value)]:
        wrong: list[Problem] = []
        value = substituted(part.child(key), scope, wrong)
        if not wrong and value.data != part.data[key]:
            checker = context.language.scene.key(key)
            value = fitted_value(value, part.data[key], checker.schema)
            wrong += checker.problems(value.data, value.place, final=True)
        context.problems.extend(wrong)
        bad += [key] if wrong else []
        data[key] = value.data
        traces |= {(key, *path): origin for path, origin in value.traces.items()}
    return _without(Part(data, part.origin, traces), bad)


def _title(whole: Part, name: str) -> str:
    given = whole.data.get("with")
    if isinstance(given, dict) and isinstance(given.get("title"), str):
        return str(given["title"])
    return str(whole.data.get("text", name))[:40]


def _time(whole: Part, key: str, context: Context) -> Fraction | None:
    """Return a scene's time in seconds, None for `auto`; one over a day is a problem."""
    default = default_of(context.language.scene.schema, key)
    length = seconds(whole.data.get(key, default), context.fps)
    if length is not None and length > LONGEST:
        says = f"{clock(length)} is longer than 24 hours"
        context.add("out-of-range", says, whole.place((key,)))
    return length


def _enter(whole: Part, context: Context, number: int) -> Enter:
    """Return how a scene enters; the first one is simply there."""
    own = whole.child("transition") if "transition" in whole.data else None
    if number == 1:
        if own and ("transition",) not in whole.traces and own.data != "cut":
            says = "the first scene has nothing to enter from; its transition is not used"
            context.warn("unused-transition", says, whole.place(("transition",), key=True))
        return Enter("cut", Fraction(0))
    part = own or context.theme.transition
    if part is None:
        return Enter("cut", Fraction(0))
    data = {"kind": part.data} if isinstance(part.data, str) else part.data
    return _transition(Part(data, part.origin, part.traces), context)


def _transition(part: Part, context: Context) -> Enter:
    kinds = context.language.scene.key("transition").schema["anyOf"][1]["x-kinds"]
    schema = kinds.get(part.data["kind"])
    if schema is None or "{{" in part.data["kind"]:
        return Enter("cut", Fraction(0))
    found = completed(part, schema, context)
    kind, over, ease = (found.pop(key) for key in ("kind", "over", "ease"))
    length = seconds(over, context.fps) or Fraction(0)
    return Enter(kind, Fraction(0) if kind == "cut" else length, ease, found)


def _check_ids(found: list[Scene], rows: list[int | None], context: Context) -> None:
    """Add a problem for each id that is not the first of its name, or cannot be seen."""
    seen: dict[str, tuple[Scene, int | None]] = {}
    told: set[str] = set()
    for scene, row in zip(found, rows, strict=True):
        if BIDI.search(scene.id):
            says = "an id holds a bidirectional control character, which cannot be seen"
            context.add("bidi-control", says, scene.place, "remove it")
        first, its_row = seen.setdefault(scene.id, (scene, row))
        if first is not scene and (scene.id not in told or row is None):
            told.add(scene.id)
            says = f"two scenes have the id '{scene.id}'{in_row(row)}; the first is "
            says += f"in line {first.place.line}{in_row(its_row)}"
            context.add("duplicate-id", says, scene.place, "give one of them another `id`")
