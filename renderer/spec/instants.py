"""When a layer is there: its moments are moments, and the marks in them are set."""

from __future__ import annotations

from collections.abc import Collection

from renderer.errors import did_you_mean
from renderer.spec.context import Context
from renderer.templates import Part
from renderer.times import instant


def check_times(layer: Part, marks: Collection[str] | None, context: Context) -> None:
    """Add what is wrong with a layer's `at`, `until` and `for`; `marks` None are not known."""
    if "until" in layer.data and "for" in layer.data:
        where = layer.place(("for",), key=True)
        says = "`until` and `for` both say when the layer goes"
        context.add("conflict", says, where, "keep one of them")
    for key in ("at", "until"):
        if key in layer.data:
            check_moment(layer.child(key), marks, context)


def check_moment(part: Part, marks: Collection[str] | None, context: Context) -> None:
    """Add what is wrong with a moment as written; `marks` None are not known."""
    written, where = part.data, part.place()
    moment = instant(written, context.fps)
    if moment is None:
        says = f"'{written}' is not a moment such as `2s`, `50%`, a mark or `mark + 500ms`"
        context.add("bad-time", says, where)
    elif moment.base == "mark" and marks is not None and moment.mark not in marks:
        hint = did_you_mean(moment.mark, {*marks, "start", "end"})
        hint = hint or f"set it in `say` with [[{moment.mark}]]"
        context.add("unknown-mark", f"no mark '{moment.mark}' is set in this scene", where, hint)
