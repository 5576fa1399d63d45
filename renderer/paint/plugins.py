"""Layer kinds and transitions: modules found by file name or entry point, imported when named."""

from __future__ import annotations

import importlib
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from renderer import paths
from renderer.errors import MissingError, Problem, did_you_mean


@cache
def plugin(family: str, name: str) -> Any:
    """Return the module of a plug-in of a family (`layers`, `transitions`), imported.

    Our own come first; other distributions add theirs by the entry point group
    `renderer.<family>`. Raises MissingError if there is none.
    """
    own = paths.own_plugins(family)
    if name in own:
        return importlib.import_module(f"renderer.{family}.{name}")
    others = {point.name: point for point in entry_points(group=f"renderer.{family}")}
    if name in others:
        return others[name].load()
    hint = did_you_mean(name, [*own, *others])
    raise MissingError(Problem("unknown-name", f"no {family[:-1]} is named '{name}'", hint=hint))
