"""Text and Markdown → simple Markdown: headings, lists, quotations, code and plain paragraphs.

Each block but code stands on one line, so that any sentence of it is an exact piece of the text;
marks inside the lines, links, pictures, comments and metadata are gone. A table has a row a line.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from reelspec.author.reading.tables import is_rule, table

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date)[ \t]*:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|(\d{1,3})[.)])[ \t]+(.*)")
_FENCE = re.compile(r"[ \t]*(```+|~~~+)(.*)")
_UNDERLINE = re.compile(r"(=+|-{3,})[ \t]*")
_ADDRESS = r"\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)"
_RUNS = (
    re.compile(r"([.!?…؟۔।。！？]{8})[.!?…؟۔।。！？]+"),
    re.compile(r"([\"'”’»)\]]{8})[\"'”’»)\]]+"),
    re.compile(r"( {64}) +"),
)
_MARKS = (
    (re.compile(rf"!\[[^\[\]\n]{{0,300}}\]{_ADDRESS}"), ""),
    (re.compile(rf"\[([^\[\]\n]{{0,300}})\]{_ADDRESS}"), r"\1"),
    (re.compile(r"\[(?:\^[^\]\n]{1,40}|\d{1,3})\]:?"), ""),
    (re.compile(r"</?[A-Za-z][^<>\n]{0,300}>|<https?://[^<>\s]{1,2000}>"), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500})(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500})(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,500})(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
)
_LONGEST_TITLE = 120
_LONGEST_LINE = 10_000


@dataclass(frozen=True, slots=True)
class Prose:
    """Simple Markdown, the title that it gives itself and the day in its metadata; or empty."""

    text: str
    title: str = ""
    published: str = ""


def prose(text: str) -> Prose:
    """Return a text as simple Markdown."""
    clean = _clean(text)
    front = _FRONT.match(clean)
    fields = (
        {k.lower(): v.strip().strip("\"'") for k, v in _FIELD.findall(front[1])} if front else {}
    )
    body = clean[front.end() :] if front else clean
    blocks = list(_blocks(_COMMENT.sub("", body).split("\n")))
    day = _DAY.search(fields.get("date", ""))
    return Prose(_joined(blocks), fields.get("title") or _title(blocks), day[0] if day else "")


def _clean(text: str) -> str:
    """Return a text with plain line ends, composed, without characters that control something."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = re.sub("[\u2028\u2029\x0b\x0c\x85]", "\n", lines).expandtabs(4)
    kept = _kept(lines)
    for run in _RUNS:
        kept = run.sub(r"\1", kept)
    return kept


def _kept(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\u200c\u200d" or _is_plain(sign))


def _is_plain(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _inline(text: str) -> str:
    for pattern, kept in _MARKS:
        text = pattern.sub(kept, text)
    return " ".join(_kept(html.unescape(text)).split())


def _blocks(lines: list[str]) -> Iterator[str]:
    """Yield the blocks of a text as single lines; code and tables as several."""
    open_: list[str] = []
    rest = deque(lines)
    while rest:
        line = rest.popleft()
        fence = _FENCE.fullmatch(line)
        if fence:
            yield from _closed(open_)
            yield _code(fence, rest)
        elif open_ and _UNDERLINE.fullmatch(line) and not _begins(open_[0]):
            title, open_ = _inline(" ".join(open_)), []
            yield f"{'#' if line[0] == '=' else '##'} {title}"
        elif rows := _rows(line, rest):
            yield from _closed(open_)
            yield from filter(None, [table(rows, _inline)])
        elif not line.strip() or _UNDERLINE.fullmatch(line):
            yield from _closed(open_)
        else:
            yield from _closed(open_) if _begins(line) else ()
            open_ = [line] if _begins(line) else [*open_, line]
            continue
        open_ = []
    yield from _closed(open_)


def _rows(line: str, rest: deque[str]) -> list[str]:
    """Return the lines of the table that begins with a line, taken from the rest; or none."""
    rows = [line]
    if "|" in line and rest and is_rule(rest[0]):
        while rest and "|" in rest[0]:
            rows.append(rest.popleft())
        return rows
    return rows if line.lstrip().startswith("|") or is_rule(line) else []


def _begins(line: str) -> bool:
    """Return whether a line begins a block even without an empty line before it."""
    return bool(_HEADING.fullmatch(line) or _ITEM.fullmatch(line))


def _closed(lines: list[str]) -> Iterator[str]:
    """Yield the block that some lines are, nothing where they say nothing."""
    if not lines:
        return
    heading = _HEADING.fullmatch(lines[0])
    if heading:
        yield from _said(f"{heading[1]} ", heading[2].rstrip(" #"))
        yield from _closed(lines[1:])
    elif item := _ITEM.fullmatch(lines[0]):
        begin = f"{item[1]}. " if item[1] else "- "
        yield from _said(begin, " ".join([item[2], *lines[1:]]))
    elif lines[0].lstrip().startswith(">"):
        yield from _said("> ", " ".join(line.lstrip().removeprefix(">") for line in lines))
    else:
        yield from _said("", _one_line(lines))


def _one_line(lines: list[str]) -> str:
    """Return lines as one; Chinese and Japanese have no space where a line ends."""
    whole = lines[0].strip()
    for line in map(str.strip, lines[1:]):
        joined = _wide(whole[-1:]) and _wide(line[:1])
        whole += line if joined else f" {line}"
    return whole


def _wide(sign: str) -> bool:
    return bool(sign) and unicodedata.east_asian_width(sign) in "WF" and not "가" <= sign <= "힣"


def _said(begin: str, text: str) -> Iterator[str]:
    said = _inline(text)
    while said:
        cut = said.find(" ", _LONGEST_LINE)
        yield f"{begin}{said[:cut]}" if cut > 0 else f"{begin}{said}"
        said = said[cut + 1 :] if cut > 0 else ""


def _code(fence: re.Match[str], rest: deque[str]) -> str:
    inner = []
    while rest:
        line = rest.popleft()
        if line.strip().startswith(fence[1]):
            break
        inner.append(line)
    return "\n".join([f"```{fence[2].strip()}", *inner, "```"])


def _joined(blocks: list[str]) -> str:
    """Return blocks with an empty line between them, items of one list without."""
    text = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        between = "\n" if _ITEM.fullmatch(before) and _ITEM.fullmatch(block) else "\n\n"
        text += f"{between if text else ''}{block}"
    return text


def _title(blocks: list[str]) -> str:
    """Return the first heading; a short first line that does not end a sentence is one too."""
    heading = next((block for block in blocks if block.startswith("#")), "").lstrip("# ")
    first = blocks[0] if blocks and blocks[0][0] != "|" else ""
    open_end = first[-1:].isalnum() or first[-1:] in "?؟？)"
    short = len(first) <= _LONGEST_TITLE and open_end and not _ITEM.fullmatch(first)
    return first.lstrip("# ") if short and not first.startswith(">") else heading[:_LONGEST_TITLE]
