"""The plain text or Markdown of a source → passages: what stands together, under its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reelspec.author.boilerplate import closes_text, is_boilerplate, is_byline
from reelspec.author.notes import Source
from reelspec.author.segmentation import sentences

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$|^(={2,6})\s*(.+?)\s*={2,6}$")
_BULLET = re.compile(r"^\s*[-*+•]\s+(.+)$")
_NUMBERED = re.compile(r"^\s*[\d٠-٩۰-۹]{1,2}[.)]\s+(.+)$")
_QUOTED = re.compile(r"^>\s?(.*)$")
_FENCE = re.compile(r"^(?:```|~~~)\s*([\w+-]*)\s*$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]|\[\^[^\]]*\]")
_EMPHASIS = re.compile(
    r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1|(?<!\w)[*_](?=\S)([^*_]+?)(?<=\S)[*_](?!\w)"
)
_ROW = re.compile(r"^(\|.*\|)$")
_LINES = (("bullets", _BULLET), ("steps", _NUMBERED), ("quote", _QUOTED), ("table", _ROW))
_LONGEST_TITLE = 70

Kind = Literal["prose", "bullets", "steps", "quote", "code", "table"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a list, a quotation, a table or a piece of code.

    `parts` are its sentences, its items, or the lines of the table in simple Markdown. Code has one
    part, and its programming language in `language`.
    """

    kind: Kind
    parts: tuple[str, ...]
    source: str
    heading: str = ""
    language: str = ""


def passages(source: Source) -> tuple[Passage, ...]:
    """Return the passages of a source in their order.

    Headings are not passages, nor is what a page has around its text.
    """
    return tuple(_passages(source))


def _passages(source: Source) -> Iterator[Passage]:
    heading = ""
    for kind, lines, language in _blocks(source.text):
        if kind == "heading" or _is_title(kind, lines):
            title = plain(lines[0]).rstrip(".:")
            heading = heading if is_byline(title) else title
            continue
        parts = () if closes_text(heading) else _parts(kind, lines)
        if parts:
            yield Passage(kind, parts, source.id, heading, language)  # type: ignore[arg-type]


def _is_title(kind: str, lines: list[str]) -> bool:
    """Return whether a paragraph of plain text is a heading: one short line that ends openly."""
    line = lines[0].strip() if kind == "prose" and len(lines) == 1 else ""
    return 0 < len(line) <= _LONGEST_TITLE and line[-1].isalnum()


def _parts(kind: str, lines: list[str]) -> tuple[str, ...]:
    if kind == "code":
        return ("\n".join(lines),) if lines else ()
    if kind == "table":
        return tuple(lines)
    if kind in ("bullets", "steps"):
        said = list(filter(None, map(plain, lines)))
    else:
        said = sentences(plain(" ".join(lines)))
    return tuple(part for part in said if not is_boilerplate(part))


def plain(text: str) -> str:
    """Return text without the marks of Markdown and wikis, on one line."""
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", text))
    text = _EMPHASIS.sub(lambda found: found[2] or found[3], text)
    return " ".join(text.split())


def _blocks(text: str) -> Iterator[tuple[str, list[str], str]]:
    """Yield each block of a text: what it is, its lines, and the language of code."""
    kind, block = "prose", list[str]()
    fenced: str | None = None
    for line in text.splitlines():
        if fence := _FENCE.match(line):
            yield ("code", block, fenced) if fenced is not None else (kind, block, "")
            fenced = None if fenced is not None else fence[1] or "text"
            kind, block = "prose", []
        elif fenced is not None:
            block.append(line)
        else:
            found, said = _read(line)
            if found != kind or found == "heading" or not said:
                yield kind, block, ""
                block = []
            kind = found
            block += [said] if said else []
    yield ("code", block, fenced) if fenced is not None else (kind, block, "")


def _read(line: str) -> tuple[str, str]:
    """Return what a line is and what it says."""
    if found := _HEADING.match(line):
        return "heading", found[2] or found[4]
    for kind, pattern in _LINES:
        if found := pattern.match(line):
            return kind, found[1]
    return "prose", line.strip()
