"""Files and folders of texts: plain text, Markdown, HTML and PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reelspec.author.desk import Desk, Found
from reelspec.author.notes import Source
from reelspec.author.reading import TYPES, Document, Reading, read, type_of
from renderer.errors import Problem
from renderer.inputs import NotRead, read_ordinary
from renderer.paths import digest

PARAMS = {
    "paths": {
        "title": "Paths",
        "description": "Files, or folders whose files are read in order of name.",
        "type": "array",
        "items": {"type": "string"},
        "examples": [["notes/solar.md", "papers"]],
    },
}

EXAMPLE = {"paths": ["solar.md"]}

_LARGEST = 50 << 20
_MOST = 200


def find(topic: str, params: Mapping[str, Any], desk: Desk) -> Found:
    """Return the files as sources, in the order in which they are named."""
    documents: list[Document] = []
    problems: list[Problem] = []
    paths = list(_files([desk.folder / name for name in params["paths"]]))
    if len(paths) > _MOST:
        says = f"{len(paths)} files are more than the {_MOST} that are read at once"
        return Found(problems=(Problem("too-many-files", says),))
    for path in paths:
        try:
            documents.append(_document(path))
        except NotRead as error:
            problems.append(Problem(error.code, error.says, hint=error.hint))
        except OSError as error:
            says = f"'{path}' cannot be read: {error.strerror or error}"
            problems.append(Problem("unreadable-file", says))
    return _sources(documents, problems)


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(inner for inner in path.glob("*") if inner.suffix.lower() in TYPES)
        else:
            yield path


def _document(path: Path) -> Document:
    """Return a file's content; raises NotRead and OSError."""
    kind = type_of(path.name)
    if not kind:
        hint = f"known are {', '.join(TYPES)}"
        raise NotRead("unknown-type", f"'{path}' is of no type that can be read", hint)
    data = read_ordinary(path, _LARGEST)
    if len(data) > _LARGEST:
        raise NotRead("too-large", f"'{path}' is larger than {_LARGEST:,} bytes")
    return Document(str(path), data, kind)


def _sources(documents: list[Document], problems: list[Problem]) -> Found:
    sources = []
    for document, reading in zip(documents, read(documents), strict=True):
        if isinstance(reading, Reading):
            sources.append(_source(document, reading))
        else:
            problems.append(reading)
    return Found(tuple(sources), tuple(problems))


def _source(document: Document, reading: Reading) -> Source:
    stem = Path(document.name).stem
    return Source(
        re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "file",
        reading.title or stem,
        reading.text,
        published=reading.published,
        revision=f"sha256:{digest(document.data)[:16]}",
        licence=reading.licence,
        lang=reading.lang,
    )
