"""Files that a film names: found from where the text lies that names them, and held to the root."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from renderer.errors import Place, did_you_mean
from renderer.inputs import MEBIBYTE, Input, NotRead, digest_input, read_input
from renderer.profile import profile
from renderer.schema import is_expression
from renderer.spec.context import Context
from renderer.templates import Origin, Part

_LARGEST = {"image": 200 * MEBIBYTE}


def file_of(part: Part, key: str, context: Context) -> dict[str, Any]:
    """Return `file` and `sha256` of the file that a key names; a problem where there is none."""
    folder = folder_of(part.source((key,)), context.root, context.folder)
    named = folder, part.data[key]
    if named not in context.digests:
        context.digests[named] = _digest(context.root, *named, _largest(key))
    found = context.digests[named]
    if isinstance(found, NotRead):
        context.add(*reason(found, *named, part.place((key,))))
        return {}
    return {"file": str(found.path), "sha256": found.sha256}


def _largest(key: str) -> int:
    """Return how many bytes the file of a key may have."""
    return min(profile().file, _LARGEST.get(key, profile().file))


def read_file(part: Part, root: Path, folder: Path, largest: int = MEBIBYTE) -> Input | NotRead:
    """Return the file that a text names, with its content, or why it is refused."""
    try:
        return read_input(root, folder_of(part.source(), root, folder), part.data, largest)
    except NotRead as refused:
        return refused


def reason(refused: NotRead, folder: Path, name: str, where: Place) -> tuple[str, str, Place, str]:
    """Return code, words, place and hint of a file that is refused."""
    hint = refused.hint or (_close(folder / name) if refused.code == "missing-file" else "")
    return refused.code, refused.says, where, hint


def folder_of(origin: Origin, root: Path, folder: Path) -> Path:
    """Return the folder that a path leads from: that of the file in which it is written.

    What a template fills in was written in the spec, whose folder is `folder`.
    """
    document = origin.document
    if document.folder is None or (document.template and is_expression(_written(origin))):
        return folder
    return document.folder if document.folder.is_relative_to(root) else folder


def _written(origin: Origin) -> Any:
    """Return the value as it stands in the document."""
    value: Any = origin.document.data
    for step in origin.path:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return None
    return value


def _digest(root: Path, folder: Path, name: str, largest: int) -> Input | NotRead:
    try:
        return digest_input(root, folder, name, largest)
    except NotRead as refused:
        return refused


def _close(path: Path) -> str:
    """Return a hint at the file beside the one that is missing whose name is closest."""
    try:
        return did_you_mean(
            path.name, [file.name for file in islice(path.parent.iterdir(), 10_000)]
        )
    except OSError:
        return ""
