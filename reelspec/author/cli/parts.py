"""Parts of the author that need the extra `author`: loaded when they are asked for."""

from __future__ import annotations

import importlib
from types import ModuleType

from reelspec.author.plugins import require

_LIBRARIES = ("sumy", "ruamel.yaml")


def load(part: str) -> ModuleType:
    """Return a module of the author by name; raises MissingError where the extra is missing."""
    require("`author`", *_LIBRARIES)
    return importlib.import_module(f"reelspec.author.{part}")
