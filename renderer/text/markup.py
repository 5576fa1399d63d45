"""Light inline markup: `**strong**`, `*emphasis*` and `` `code` `` in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_MARK = re.compile(
    r"\\(?P<escaped>[*`\\])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\*\*(?=\S)(?P<strong>(?:[^*\n]|\*[^*\n]+\*|\*(?!\*))++)(?<=\S)\*\*"
    r"|(?<![\d*])\*(?=[^\s*])(?P<emphasis>[^*\n]+)(?<=\S)\*(?!\*)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text of one look."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False


def spans(written: str) -> tuple[Span, ...]:
    """Return the text in stretches, its marks taken out; a backslash keeps `*`, `` ` `` and `\\`.

    A star between digits or beside a space is a star: `2*3*4` and `a * b` stay as they are.
    """
    return tuple(_spans(written, Span("")))


def _spans(written: str, look: Span) -> list[Span]:
    found: list[Span] = []
    end = 0
    for match in _MARK.finditer(written):
        found += _plain(written[end : match.start()], look)
        found += _marked(match, look)
        end = match.end()
    return found + _plain(written[end:], look)


def _plain(text: str, look: Span) -> list[Span]:
    return [replace(look, text=text)] if text else []


def _marked(match: re.Match[str], look: Span) -> list[Span]:
    kind, text = str(match.lastgroup), match[str(match.lastgroup)]
    if kind == "escaped":
        return _plain(text, look)
    if kind == "code":
        return _plain(text, replace(look, code=True))
    if kind == "strong":
        return _spans(text, replace(look, strong=True))
    return _spans(text, replace(look, emphasis=True))
