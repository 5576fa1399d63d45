"""What plug-ins say of themselves, read from their source as literals; none is imported."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from renderer import paths

_LITERALS = {
    "PARAMS": "params",
    "EXAMPLE": "example",
    "TAKES": "takes",
    "STYLE": "style",
    "IGNORES": "ignores",
    "MOVES": "moves",
    "DRIFTS": "drifts",
    "LETTERS": "letters",
    "SUFFIX": "suffix",
    "JOINS": "joins",
    "FOLDER": "folder",
}


@dataclass(frozen=True, slots=True)
class Plugin:
    """One plug-in: its name, its docstring, the JSON Schemas of its parameters, a valid use.

    A layer kind that is set in type names the text style that it has by default, and the keys of
    styles that it `ignores`; one that moves names the parameter that says for how long. With one
    of the parameters in `drifts` it moves as long as its scene; one with `letters` can be typed.
    A voice `takes` some of the keys that the language has for all voices; `params` are its own.
    A format has the `suffix` of its files, `joins` segments or is made of pictures, and may be a
    `folder`.
    """

    name: str
    about: str
    params: Mapping[str, Any]
    example: Any
    takes: tuple[str, ...] = ()
    style: str = ""
    ignores: tuple[str, ...] = ()
    moves: str = ""
    drifts: tuple[str, ...] = ()
    letters: bool = False
    suffix: str = ""
    joins: bool = False
    folder: bool = False


def plugins(family: str) -> dict[str, Plugin]:
    """Return the plug-ins of a family (`layers transitions voices formats`) by name."""
    return {name: _plugin(name, file) for name, file in paths.plugins(family).items()}


@cache
def _plugin(name: str, file: Path) -> Plugin:
    tree = ast.parse(file.read_text("utf-8"), str(file))
    found: dict[str, Any] = {"params": {}, "example": {}}
    for statement in tree.body:
        for target in _targets(statement):
            if target in _LITERALS:
                found[_LITERALS[target]] = ast.literal_eval(statement.value)  # type: ignore[attr-defined]
    return Plugin(name, ast.get_docstring(tree) or "", **found)


def _targets(statement: ast.stmt) -> list[str]:
    """Return the names that a statement at the top of a module assigns a value to."""
    if isinstance(statement, ast.Assign):
        named = statement.targets
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        named = [statement.target]
    else:
        return []
    return [target.id for target in named if isinstance(target, ast.Name)]
