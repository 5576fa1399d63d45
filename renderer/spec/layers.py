"""Layers as written → Items: repeated, left out, filled in, checked and resolved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from renderer.errors import Place, Problem, did_you_mean
from renderer.nouns import Item
from renderer.schema import Language, Schema, kind_of, one_of
from renderer.spec.clips import OWN, clip_of
from renderer.spec.context import Context
from renderer.spec.files import file_of
from renderer.spec.glyphs import check_letters, fonts_of
from renderer.spec.instants import check_times
from renderer.spec.motions import MOTIONS, moved
from renderer.spec.pictures import check_picture
from renderer.spec.repeat import repeated
from renderer.spec.tables import charted
from renderer.spec.texts import fitted
from renderer.spec.units import completed, resolved
from renderer.templates import Part, Scope, substituted
from renderer.times import Instant, instant, seconds

MOST = 200
RELATIONS = ("below", "above", "beside")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One layer resolved, and the part that it was made from."""

    item: Item
    part: Part


def items(
    layers: Part, scope: Scope, marks: Collection[str] | None, context: Context, good: bool = False
) -> list[Drawn | None]:
    """Return the items of a list of layers, bottom first; None stands for one that is wrong.

    `marks` are the names of the scene's marks, None where they are not known; layers known to be
    `good` are not checked again before they are filled in. Problems are added.
    """
    found: list[Drawn | None] = []
    for layer in layers.children():
        kind = kind_of(layer.data, {"x-kinds": context.language.layers})
        if kind is None or not (good or context.language.layers[kind].fits(layer.data)):
            found.append(None)
            continue
        for part, names in repeated(layer, scope, context):
            wrong: list[Problem] = []
            filled = substituted(part, names, wrong)
            work = partial(_drawn, kind, filled, part, wrong, marks, context)
            found.append(
                work() if wrong or not good else _alike(kind, filled, marks, context, work)
            )
    return found


def _alike(
    kind: str,
    filled: Part,
    marks: Collection[str] | None,
    context: Context,
    work: Callable[[], Drawn | None],
) -> Drawn | None:
    """Return a template's layer as `work` made it before of the same values, or have it work.

    Many scenes have the same line, or ground, by their template.
    """
    if filled.traces:
        return work()
    place = id(filled.origin.document), filled.origin.path
    key = (kind, *place, repr(filled.data), None if marks is None else tuple(marks))
    known: Drawn | None = context.drawn.get(key)
    if known is None:
        faults, known = len(context.problems), work()
        if len(context.problems) == faults:
            context.drawn[key] = known
    return known


def _drawn(
    kind: str,
    filled: Part,
    part: Part,
    wrong: list[Problem],
    marks: Collection[str] | None,
    context: Context,
) -> Drawn | None:
    """Return a layer whose expressions were replaced, None where it is wrong; problems are added.

    `part` is the layer as it was written, `wrong` what is known to be wrong with it.
    """
    checker = context.language.layers[kind]
    layer = fitted(filled, part, checker.schema)
    for key in _changed(layer, part) if not wrong else ():
        check = checker.key(key)
        wrong += check.problems(layer.data[key], layer.place, (key,), final=True)
    context.problems.extend(wrong)
    if wrong:
        return None
    layer = layer.over(context.defaults[kind]) if kind in context.defaults else layer
    layer = styled(layer, checker.schema, context) if "style" in checker.schema["x-own"] else layer
    check_times(layer, marks, context)
    item = resolved_item(kind, layer, checker.schema, context)
    return Drawn(moved(item, layer, checker.schema, marks, context), layer)


def _changed(layer: Part, written: Part) -> list[str]:
    """Return the keys whose values are not those that were written, and checked."""
    return [key for key, value in layer.data.items() if value is not written.data[key]]


def styled(layer: Part, schema: Mapping[str, Any], context: Context) -> Part:
    """Return a layer over its text style; where none is named, over that of its kind."""
    name = layer.data.get("style", schema["properties"]["style"]["default"])
    if name in context.styles:
        return layer.without("style").over(context.styles[name])
    says = f"no style is named '{name}'"
    where, known = layer.place(("style",)), context.styles
    context.add("unknown-name", says, where, did_you_mean(name, known) or f"known: {one_of(known)}")
    return layer.without("style")


def resolved_item(kind: str, layer: Part, schema: Mapping[str, Any], context: Context) -> Item:
    """Return a layer with its style as an item; problems are added."""
    own, keys = _apart(kind, context.language)
    params = completed(layer, {"properties": own}, context)
    if "font" in params:
        params["font"] = fonts_of(layer, params["font"], context)
        for key in (kind, "unit", "to"):
            if key in layer.data:
                check_letters(str(params[key]), layer.place((key,)), params["font"], context)
    for key, inner in own.items():
        if inner.get("x-type") == "file" and key in params:
            params |= file_of(layer, key, context)
            if key == "image" and "file" in params:
                check_picture(params["file"], params["sha256"], layer.place((key,)), context)
        if inner.get("x-type") == "rows":
            params = _drawn_from(layer, params, context)
    name, found = str(layer.data.get("name", "")), _keys(layer, keys, context)
    clip = clip_of(layer, params, found, context) if kind == "video" else None
    if kind == "video":
        params = {key: value for key, value in params.items() if key not in OWN}
    moves = seconds(params.pop(schema.get("x-moves", ""), None), context.fps)
    drifts = any(key in params for key in schema.get("x-drifts", ()))
    return Item(kind, params, found, _where(kind, layer), name, moves, drifts, clip=clip)


@cache
def _apart(kind: str, language: Language) -> tuple[Schema, Schema]:
    """Return the schemas of a kind's own keys, `style` left out, and of those of every layer."""
    schema = language.layers[kind].schema
    own = {key: schema["properties"][key] for key in schema["x-own"] if key != "style"}
    apart = (*schema["x-own"], *MOTIONS)
    return own, {key: part for key, part in schema["properties"].items() if key not in apart}


def _drawn_from(layer: Part, params: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Return the parameters with numbers in place of the names of data and columns."""
    plain = {key: value for key, value in params.items() if key not in ("data", "x", "y")}
    return plain | charted(layer, params["font"], context)


def _where(kind: str, layer: Part) -> Place:
    """Return where a layer is written; for one of a template where its value was given, if so."""
    own, value = layer.place(), layer.place((kind,))
    return own if value.file == own.file else value


def _keys(layer: Part, schema: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Return the keys of every layer, resolved; `anchor` follows the position."""
    found = completed(layer, {"properties": schema}, context)
    position = found["position"]
    found.setdefault("anchor", position if isinstance(position, str) else "center")
    for key in ("name", "when", "for_each"):
        found.pop(key, None)
    if not any(relation in found for relation in RELATIONS):
        found.pop("gap", None)
    return found | _times(found, context)


def _times(keys: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Return `at`, `until` and `for` as moments and seconds; what is neither is told elsewhere."""
    moments = {
        key: instant(keys[key], context.fps) or Instant("start")
        for key in ("at", "until")
        if key in keys
    }
    return moments | ({"for": seconds(keys["for"], context.fps) or 0} if "for" in keys else {})


def decor(scene: Part, context: Context) -> list[Drawn | None]:
    """Return the theme's layers that lie on its background; none on a scene's own."""
    layers = context.theme.decor
    if layers is None or "background" in scene.data:
        return []
    return items(layers, context.scope, None, context, good=True)


def background(part: Part, context: Context) -> Item:
    """Return the layer under all layers: a `fill`, or an `image` that covers the canvas."""
    width, height = map(float, context.size)
    keys = {"position": [width / 2, height / 2], "anchor": "center", "width": width}
    keys |= {"height": height, "opacity": 1, "rotate": 0, "scale": 1}
    if isinstance(part.data, str) and _names_file(part.data, context):
        return _picture(part, keys, context)
    if isinstance(part.data, dict) and "video" in part.data:
        return _playing(part, keys, context)
    fill = context.language.layers["fill"].schema["properties"]["fill"]
    return Item("fill", {"fill": resolved(part, fill, context)}, keys, part.place())


def _names_file(written: str, context: Context) -> bool:
    return not written.startswith("#") and ("." in written or "/" in written)


def _picture(part: Part, keys: dict[str, Any], context: Context) -> Item:
    layer = replace(part, data={"image": part.data}, traces={("image",): part.source()})
    params = _filling("image", layer, context)
    if "file" in params:
        check_picture(params["file"], params["sha256"], part.place(), context)
    return Item("image", params, keys, part.place())


def _playing(part: Part, keys: dict[str, Any], context: Context) -> Item:
    params = _filling("video", part, context) | {"loop": True}
    clip = clip_of(part, params, keys, context)
    params = {key: value for key, value in params.items() if key not in OWN}
    return Item("video", params, keys, part.place(("video",)), clip=clip)


def _filling(kind: str, layer: Part, context: Context) -> dict[str, Any]:
    """Return the parameters of a layer that has nothing but its file."""
    schema = context.language.layers[kind].schema
    own = {key: schema["properties"][key] for key in schema["x-own"]}
    return completed(layer, {"properties": own}, context) | file_of(layer, kind, context)
