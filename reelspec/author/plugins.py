"""Plug-ins of the author: modules found by file name, and others by entry points.

Nothing is imported until it is named.
"""

from __future__ import annotations

import importlib
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from renderer.errors import MissingError, Problem, UsageError, did_you_mean

_PACKAGE = Path(__file__).resolve().parent
EXTRA = "reelspec[author]"


def known(family: str) -> dict[str, str]:
    """Return name → module of the plug-ins of a family such as `writers`; ours win.

    Those of other distributions come by the entry points `reelspec.<family>`.
    """
    files = sorted((_PACKAGE / family).glob("*.py"))
    ours = {
        file.stem: f"reelspec.author.{family}.{file.stem}"
        for file in files
        if not file.stem.startswith("_")
    }
    others = {each.name: each.module for each in metadata.entry_points(group=f"reelspec.{family}")}
    return {**others, **ours}


def load(family: str, name: str) -> ModuleType:
    """Return a plug-in's module.

    Raises UsageError where none has that name, MissingError where a library of it is missing.
    """
    names = known(family)
    if name not in names:
        hint = did_you_mean(name, names) or f"there are {', '.join(names)}"
        raise UsageError(
            Problem("unknown-name", f"no {family.removesuffix('s')} is named '{name}'", hint=hint)
        )
    try:
        return importlib.import_module(names[name])
    except ModuleNotFoundError as error:
        raise missing(
            f"the {family.removesuffix('s')} '{name}'", error.name or "a library"
        ) from error


def missing(what: str, library: str) -> MissingError:
    """Return the exception for a library that an extra brings."""
    says = f"{what} needs {library}"
    return MissingError(Problem("missing-extra", says, hint=f"pip install '{EXTRA}'"))


def require(what: str, *libraries: str) -> None:
    """Raise MissingError, with the line that installs them, where libraries are not there."""
    absent = [name for name in libraries if find_spec(name) is None]
    if absent:
        raise missing(what, " and ".join(absent))
