"""Documents of several types → readings, or the problem with each."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reelspec.author.reading.language import guess
from reelspec.author.reading.markdown import Prose, prose
from reelspec.author.reading.tables import of_csv
from renderer.child import Ended, run_module
from renderer.errors import Problem

TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf",
}
"""Suffix of a file → its media type."""

LONGEST = 1_000_000
"""Characters of prose that one document may have."""

_NEEDS = {"text/html": "trafilatura", "application/xhtml+xml": "trafilatura"}
_NEEDS |= {"application/pdf": "pypdf"}
_MOST = 4 * LONGEST  # with the marks around the prose
_START = 30.0
_EACH = 15.0


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes that are to be read; `name` is what problems call them, `charset` may be empty."""

    name: str
    data: bytes = field(repr=False)
    type: str
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says, in simple Markdown; `published` is an ISO 8601 day, or empty."""

    text: str
    title: str = ""
    published: str = ""
    lang: str = ""
    licence: str = ""


def type_of(name: str) -> str:
    """Return the media type that a file's suffix stands for, or an empty string."""
    return TYPES.get(Path(name).suffix.lower(), "")


def read(documents: Sequence[Document]) -> list[Reading | Problem]:
    """Return for each document its reading, or what is wrong with it."""
    found: dict[int, Reading | Problem] = {}
    foreign: dict[int, Document] = {}
    for number, document in enumerate(documents):
        needs = _NEEDS.get(document.type)
        if needs is None:
            found[number] = _plain(document)
        elif find_spec(needs) is None:
            found[number] = _missing(document, needs)
        else:
            foreign[number] = document
    found |= _foreign(foreign)
    return [found[number] for number in range(len(documents))]


def _missing(document: Document, needs: str) -> Problem:
    says = f"reading '{document.name}' needs {needs}"
    return Problem("missing-extra", says, hint="pip install 'reelspec[author]'")


def _plain(document: Document) -> Reading | Problem:
    try:
        text = document.data.decode(document.charset or "utf-8-sig")
    except (UnicodeError, LookupError):
        says = f"'{document.name}' is not UTF-8 text"
        return Problem("not-utf8", says, hint="save it as UTF-8")
    if "\0" in text:
        return Problem("not-text", f"'{document.name}' holds something else than text")
    if len(text) > _MOST:
        return _too_large(document, len(text))
    if document.type == "text/csv":
        return _table(document, text)
    return _checked(document, prose(text))


def _table(document: Document, text: str) -> Reading | Problem:
    """Return a table as it is; names and numbers are of no language."""
    try:
        found = of_csv(text)
    except csv.Error as error:
        return Problem("unreadable", f"'{document.name}' cannot be read: {error}")
    if not found:
        return Problem("no-text", f"'{document.name}' has no table of two columns and a row")
    if len(found) > LONGEST:
        return _too_large(document, len(found))
    return Reading(found)


def _checked(
    document: Document, found: Prose, lang: str = "", licence: str = ""
) -> Reading | Problem:
    if len(found.text) > LONGEST:
        return _too_large(document, len(found.text))
    if not any(sign.isalpha() for sign in found.text):
        return Problem("no-text", f"there is no text in '{document.name}'")
    lang = lang or guess(found.text)
    return Reading(found.text, found.title, found.published, lang, licence)


def _too_large(document: Document, length: int) -> Problem:
    says = f"'{document.name}' has {length:,} characters; at most {LONGEST:,} are read"
    return Problem("too-large", says, hint="give the part that matters")


def _foreign(documents: dict[int, Document]) -> dict[int, Reading | Problem]:
    """Read documents in children: one for all, and a new one after each that it breaks at."""
    found: dict[int, Reading | Problem] = {}
    left = dict(documents)
    while left:
        with tempfile.TemporaryDirectory(prefix="reelspec-") as folder:
            found |= _round(left, Path(folder))
        left = {number: document for number, document in left.items() if number not in found}
    return found


def _round(documents: dict[int, Document], folder: Path) -> dict[int, Reading | Problem]:
    """Return what one child has read; where it broke, the next document has a problem."""
    for number, document in documents.items():
        (folder / f"{number}.in").write_bytes(document.data)
    asked = [
        {"number": number, "type": document.type, "charset": document.charset}
        for number, document in documents.items()
    ]
    (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    seconds = _START + _EACH * len(documents)
    arguments = [str(folder), str(seconds)]
    ended = run_module("reelspec.author.reading.foreign", arguments, folder=folder, seconds=seconds)
    return _replies(documents, folder, ended, seconds)


def _replies(
    documents: dict[int, Document], folder: Path, ended: Ended, seconds: float
) -> dict[int, Reading | Problem]:
    found: dict[int, Reading | Problem] = {}
    for number, document in documents.items():
        reply = folder / f"{number}.out"
        if not reply.is_file():
            why = ended.reason(seconds)
            found[number] = Problem("unreadable", f"'{document.name}' cannot be read: {why}")
            break
        found[number] = _reply(document, json.loads(reply.read_text(encoding="utf-8")))
    return found


def _reply(document: Document, said: dict[str, Any]) -> Reading | Problem:
    if "error" in said:
        return Problem("unreadable", f"'{document.name}' cannot be read: {said['error']}")
    written = prose(said["text"])
    found = Prose(written.text, said["title"] or written.title, said["published"])
    return _checked(document, found, said["lang"], said["licence"])
