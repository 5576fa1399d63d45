"""Parts of the command that need an extra: loaded when they are asked for, or what is missing."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from types import ModuleType

from renderer.errors import MissingError, Problem

EXTRAS = {
    "otio": ("renderer.editing", ("opentimelineio",)),
    "preview": ("renderer.cli.preview", ("starlette", "uvicorn")),
}
"""Extra → the module that needs it, and the libraries that it installs."""


def load(extra: str, what: str) -> ModuleType:
    """Return the module that needs an extra; raises MissingError where it is not installed.

    `what` is what was asked for, such as `--open`.
    """
    module, libraries = EXTRAS[extra]
    require(extra, what, *libraries)
    return importlib.import_module(module)


def require(extra: str, what: str, *libraries: str) -> None:
    """Raise MissingError, with the line that installs them, where libraries are not there."""
    absent = [name for name in libraries if find_spec(name) is None]
    if absent:
        says = f"{what} needs {' and '.join(absent)}"
        hint = f"pip install 'reelspec[{extra}]'"
        raise MissingError(Problem("missing-extra", says, hint=hint))
