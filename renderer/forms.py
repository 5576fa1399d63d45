"""The formats that there are, known by what their plug-ins say of themselves; none is imported."""

from __future__ import annotations

from renderer.errors import Problem, UsageError, did_you_mean
from renderer.schema import Plugin, one_of, plugins

_FIRST = "mp4"


def form(name: str) -> Plugin:
    """Return a format by its name; raises UsageError where there is none."""
    known = plugins("formats")
    if name not in known:
        hint = did_you_mean(name, known) or f"there are {one_of(sorted(known))}"
        raise UsageError(Problem("unknown-name", f"no format is named '{name}'", hint=hint))
    return known[name]


def form_for(suffix: str, named: str) -> str:
    """Return the format of a file by its suffix: the one that is named, if it may have it."""
    known = plugins("formats")
    if named in known and known[named].suffix == suffix.lower():
        return named
    order = [_FIRST, *(name for name in sorted(known) if name != _FIRST)]
    return next((name for name in order if known[name].suffix == suffix.lower()), named)
