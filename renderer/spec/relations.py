"""Layers that stand below, above or beside others: the others have to be there."""

from __future__ import annotations

from collections.abc import Sequence

from renderer.errors import did_you_mean
from renderer.spec.context import Context
from renderer.spec.layers import RELATIONS, Drawn


def check_relations(drawn: Sequence[Drawn | None], context: Context) -> None:
    """Add a problem for each name that two layers have, and each relation to none or a circle."""
    whole = [one for one in drawn if one]
    named: dict[str, int] = {}
    for index, one in enumerate(whole):
        if one.item.name and named.setdefault(one.item.name, index) != index:
            says = f"two layers of a scene are named '{one.item.name}'"
            context.add("duplicate-name", says, one.part.place(("name",)))
    if len(whole) < len(drawn):
        return
    targets: dict[int, int] = {}
    for index, one in enumerate(whole):
        for relation in RELATIONS:
            if relation in one.item.keys:
                _check(index, relation, one, named, targets, context)
    _check_circles(whole, targets, context)


def _check(
    index: int,
    relation: str,
    one: Drawn,
    named: dict[str, int],
    targets: dict[int, int],
    context: Context,
) -> None:
    """Note which layer a relation leads to, or add what is wrong with it."""
    written, where = one.item.keys[relation], one.part.place((relation,))
    if index in targets:
        says = "a layer stands below, above or beside one other layer"
        context.add("conflict", says, one.part.place((relation,), key=True), "keep one of them")
    elif written == "previous" and index > 0:
        targets[index] = index - 1
    elif written == "previous":
        context.add("unknown-name", "no layer comes before the first one", where)
    elif written in named:
        targets[index] = named[written]
    else:
        says = f"no layer of this scene is named '{written}'"
        context.add("unknown-name", says, where, did_you_mean(written, {*named, "previous"}))


def _check_circles(whole: Sequence[Drawn], targets: dict[int, int], context: Context) -> None:
    done: set[int] = set()
    for index in targets:
        via: list[int] = []
        at: int | None = index
        while at is not None and at not in done:
            if at in via:
                says = "layers stand below, above or beside one another in a circle"
                context.add("layer-circle", says, whole[at].part.place())
                break
            via.append(at)
            at = targets.get(at)
        done.update(via)
