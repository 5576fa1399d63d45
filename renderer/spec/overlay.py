"""The layers over the whole film: their times are the film's."""

from __future__ import annotations

from renderer.nouns import Item
from renderer.spec.context import Context
from renderer.spec.layers import MOST, Drawn, items
from renderer.spec.relations import check_relations
from renderer.templates import Part


def overlay(film: Part, context: Context) -> tuple[Item, ...]:
    """Return the film's overlay, bottom first; problems are added."""
    if not isinstance(film.data.get("overlay"), list):
        return ()
    part = film.child("overlay")
    drawn = items(part, context.scope, None, context)
    if len(drawn) > MOST:
        says = f"{len(drawn):,} layers in the overlay; at most {MOST} are allowed"
        context.add("too-many", says, part.place())
    check_relations(drawn, context)
    for one in drawn:
        _check_times(one, context)
    return tuple(one.item for one in drawn if one)


def _check_times(one: Drawn | None, context: Context) -> None:
    """Add a problem for each time of a layer that waits for a mark."""
    for key in ("at", "until"):
        moment = one.item.keys.get(key) if one else None
        if one and moment and moment.base == "mark":
            says = (
                f"the overlay's times are the film's; a mark such as '{moment.mark}' is a scene's"
            )
            hint = "write a time of the film, such as `10s`, `50%` or `end - 5s`"
            context.add("unknown-mark", says, one.part.place((key,)), hint)
