"""A scene's template: its parameters checked and those beside `with` told, its layers made."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from renderer.errors import Problem
from renderer.spec.context import Context
from renderer.spec.layers import Drawn, items
from renderer.spec.texts import fitted
from renderer.templates import Origin, Part, Scope, Steps, Template, substituted

_SHORT = "statement"
"""The template that a scene's `text` is short for."""

_BELOW = "it is a parameter of the template; write it below `with:`"


def use_template(
    whole: Part, written: Part, scope: Scope, marks: Collection[str] | None, context: Context
) -> list[Drawn | None]:
    """Return the layers of a scene's template, none where it has none; problems are added.

    `written` is the scene as it was before its expressions were replaced.
    """
    name = whole.data.get("template", _SHORT if "text" in whole.data else None)
    if name not in context.library.scenes:
        return []
    template = context.library.template(name, context.problems)
    if template is None:
        return [None]
    checker = context.library.params(template)
    given = fitted(_given(whole), _given(written), checker.schema)
    wrong = checker.problems(given.data, given.place, final=True)
    context.problems.extend(wrong)
    if wrong:
        return [None]
    inner = scope.having({"marks": list(marks or ())})
    names = _named(template, _scope(template, given, inner), context)
    if names is None:
        return [None]
    drawn = items(template.layers, names, marks, context, good=True)
    return [one and _used(one, template, given) for one in drawn]


def told_where(found: Iterable[Problem], scene: Part, context: Context) -> list[Problem]:
    """Return a scene's problems; a parameter beside `with` is told where it belongs."""
    name = scene.data.get("template")
    known = isinstance(name, str) and name in context.library.scenes
    template = context.library.template(name, context.problems) if known else None
    takes = template.params.get("properties", {}) if template else {}
    own = {scene.place((key,), key=True) for key in scene.data if key in takes}
    return [
        replace(one, hint=_BELOW) if one.code == "unknown-key" and one.place in own else one
        for one in found
    ]


def _used(one: Drawn, template: Template, given: Part) -> Drawn:
    """Return a layer of a template whose place is in the spec: where the template is used."""
    if one.item.place.file != template.layers.place().file:
        return one
    return replace(one, item=replace(one.item, place=given.place()))


def _named(template: Template, scope: Scope, context: Context) -> Scope | None:
    """Return the scope with the template's own names, None where one of them has no value."""
    wrong: list[Problem] = []
    for name in template.let.data:
        value = substituted(template.let.child(name), scope, wrong).data
        scope = Scope({**scope.names, name: value}, scope.origins)
        if wrong:
            context.problems.extend(wrong)
            return None
    return scope


def _given(whole: Part) -> Part:
    """Return the parameters of a scene's template, those of `text` too."""
    if "template" not in whole.data:
        origins: dict[Steps, Origin] = {("text",): whole.source(("text",))}
        return Part({"text": whole.data["text"]}, whole.source(), origins)
    if "with" in whole.data:
        return whole.child("with")
    return Part({}, whole.source(("template",)))


def _scope(template: Template, given: Part, scope: Scope) -> Scope:
    """Return the scope of a template's layers; a parameter not given is there as nothing."""
    properties = template.params["properties"]
    values = {name: schema.get("default") for name, schema in properties.items()} | given.data
    origins: dict[str, Origin] = {name: given.source((name,)) for name in given.data}
    return Scope({**scope.names, **values, "with": values}, {**scope.origins, **origins})
