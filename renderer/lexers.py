"""The programming languages that can be coloured, by the names that Pygments gives them.

Read from the table that Pygments keeps of its lexers, as a literal; Pygments is not imported.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from renderer.errors import did_you_mean

PLAIN = "text"


@cache
def names() -> frozenset[str]:
    """Return every name of a language in small letters; only `text` where Pygments is not found."""
    found = find_spec("pygments")
    if found is None or found.origin is None:
        return frozenset([PLAIN])
    table = Path(found.origin).parent / "lexers" / "_mapping.py"
    for statement in ast.parse(table.read_text("utf-8")).body:
        if isinstance(statement, ast.Assign):
            lexers = ast.literal_eval(statement.value).values()
            return frozenset([PLAIN, *(alias.lower() for lexer in lexers for alias in lexer[2])])
    return frozenset([PLAIN])


def unknown(name: str) -> str | None:
    """Return None for a language's name, a hint for any other."""
    if name.lower() in names():
        return None
    return did_you_mean(name.lower(), sorted(names())) or "write `text` for text without colours"
