"""The film's data: the rows of the files that its `data` names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from renderer.errors import Problem
from renderer.inputs import NotRead
from renderer.source.rows import LARGEST, rows
from renderer.spec.files import folder_of, read_file, reason
from renderer.templates import Part

KINDS = (".csv", ".json")
"""How the names of data files end."""


def rows_of(named: Part, root: Path, folder: Path, problems: list[Problem]) -> list[Any] | None:
    """Return the rows of the CSV or JSON file that a text names; None and a problem where wrong."""
    if not named.data.lower().endswith(KINDS):
        says = f"'{named.data}' is neither a .csv nor a .json file"
        problems.append(Problem("bad-data", says, named.place()))
        return None
    found = read_file(named, root, folder, LARGEST)
    if isinstance(found, NotRead):
        start = folder_of(named.source(), root, folder)
        problems.append(Problem(*reason(found, start, named.data, named.place())))
        return None
    beside = Path(named.source().document.file).parent
    listed, wrong = rows(found.data, os.path.normpath(beside / named.data))
    problems += wrong
    return None if wrong else listed
