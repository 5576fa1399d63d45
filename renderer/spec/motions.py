"""How layers come, go and are animated: as written → kinds, moments and values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from renderer.nouns import Coming, Item, Step
from renderer.spec.context import Context, default_of
from renderer.spec.instants import check_moment
from renderer.spec.units import resolved
from renderer.templates import Part
from renderer.times import Instant, instant, seconds

MOTIONS = ("enter", "exit", "animate")
"""The keys of every layer that are read here."""

_ORIGINS = {"rise": "bottom", "drop": "top", "slide": "start", "wipe": "start", "zoom": "center"}
_WITHOUT = ("fade", "type")
_EVEN = "linear"
_SIDES = {"width": "length_x", "height": "length_y"}


def moved(
    item: Item,
    layer: Part,
    schema: Mapping[str, Any],
    marks: Collection[str] | None,
    context: Context,
) -> Item:
    """Return an item that comes, goes and is animated as its layer says; problems are added."""
    found: dict[str, Any] = {}
    for key in ("enter", "exit"):
        if key in layer.data:
            found[key] = _coming(key, layer.child(key), schema, context)
    if "animate" in layer.data:
        told, written = _Told(layer, marks, context), layer.child("animate")
        _check_sides(written, schema, context)
        found["animate"] = {
            name: tuple(_steps(name, written.child(name), told)) for name in written.data
        }
    return replace(item, **found) if found else item


def _coming(key: str, part: Part, schema: Mapping[str, Any], context: Context) -> Coming:
    written = {"kind": part.data} if isinstance(part.data, str) else part.data
    keys = schema["properties"][key]["anyOf"][1]
    kind = written["kind"]
    if kind == "type" and "x-letters" not in schema:
        says = "only what is written can be typed: a `text` or `code` layer"
        context.add("no-letters", says, part.place(), "use another motion, such as `wipe`")
    _check_origin(kind, part, context)
    over = seconds(written.get("over", default_of(keys, "over")), context.fps) or Fraction(0)
    ease = written.get("ease", _EVEN if kind == "type" else default_of(keys, "ease"))
    return Coming(kind, over, ease, written.get("from", _ORIGINS.get(kind, "center")))


def _check_origin(kind: str, part: Part, context: Context) -> None:
    if not isinstance(part.data, dict) or "from" not in part.data:
        return
    where = part.place(("from",))
    if kind in _WITHOUT:
        context.add("conflict", f"`{kind}` comes from no side", where, "leave `from` out")
    elif kind != "zoom" and part.data["from"] == "center":
        says = f"a layer cannot {kind} from the center"
        context.add("bad-value", says, where, "write a side or a corner, such as `start`")


def _check_sides(written: Part, schema: Mapping[str, Any], context: Context) -> None:
    """Add a problem for a side of what is set in type: its lines would break anew as it grows."""
    for name in _SIDES.keys() & written.data if "font" in schema["x-own"] else ():
        says = f"the {name} of what is set in type does not change: its lines would break anew"
        context.add("conflict", says, written.place((name,), key=True), "animate its `scale`")


@dataclass(frozen=True, slots=True)
class _Told:
    """What an animation is read against; `marks` None are not known."""

    layer: Part
    marks: Collection[str] | None
    context: Context


def _steps(name: str, part: Part, told: _Told) -> Iterator[Step]:
    """Yield the values of an animated property, in their order."""
    if isinstance(part.data, dict):
        yield from _pair(name, part, (part.child("from"), part.child("to")), told)
        return
    listed = tuple(part.children())
    keyed = [isinstance(each.data, dict) for each in listed]
    if all(keyed):
        for each in listed:
            check_moment(each.child("at"), told.marks, told.context)
            at = _moment(each, "at", told.context)
            yield _step(name, each.child("value"), at, each, told)
    elif any(keyed) or len(listed) > 2:
        says = "two values, or a list of `{at, value}`, are expected here"
        told.context.add("bad-value", says, part.place())
    else:
        bare = replace(part, data={})
        yield from _pair(name, bare, (listed[0], listed[1]), told)


def _pair(name: str, part: Part, ends: tuple[Part, Part], told: _Told) -> Iterator[Step]:
    """Yield two values: by default from when the layer comes until it goes."""
    if "at" in part.data:
        check_moment(part.child("at"), told.marks, told.context)
    begin = _moment(part if "at" in part.data else told.layer, "at", told.context)
    end = _end(told.layer, told.context)
    if "over" in part.data:
        end = _later(begin, seconds(part.data["over"], told.context.fps))
    yield _step(name, ends[0], begin, part, told)
    yield _step(name, ends[1], end, part, told)


def _step(name: str, value: Part, at: Instant, part: Part, told: _Told) -> Step:
    ease = part.data.get("ease", "in-out")
    if name in _SIDES:
        length = resolved(value, {"x-type": _SIDES[name]}, told.context)
        return Step(at, float(length), ease, value.place())
    if name != "position":
        return Step(at, float(value.data), ease, value.place())
    position = resolved(value, {"x-type": "position"}, told.context)
    named = position if isinstance(position, str) else "center"
    anchor = told.layer.data.get("anchor", named)
    return Step(at, {"position": position, "anchor": anchor}, ease, value.place())


def _moment(part: Part, key: str, context: Context) -> Instant:
    """Return a moment as written; the start where there is none, or none that can be read."""
    return instant(part.data.get(key, "start"), context.fps) or Instant("start")


def _end(layer: Part, context: Context) -> Instant:
    """Return when the layer goes."""
    if "until" in layer.data:
        return _moment(layer, "until", context)
    if "for" in layer.data:
        return _later(_moment(layer, "at", context), seconds(layer.data["for"], context.fps))
    return Instant("end")


def _later(moment: Instant, length: Fraction | None) -> Instant:
    return replace(moment, offset=moment.offset + (length or 0))
