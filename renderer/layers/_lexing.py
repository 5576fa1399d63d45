"""Program text to stretches of one kind each, by Pygments. The only door to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pygments.lexers import get_lexer_by_name
from pygments.token import Token
from pygments.util import ClassNotFound

from renderer.errors import MissingError, Problem

Stretch = tuple[str, str]
"""A kind (`plain`, `keyword`, `string`, `number` or `comment`), and the text."""

_TAB = "    "
_KINDS = (
    (Token.Comment, "comment"),
    (Token.Keyword.Constant, "number"),
    (Token.Keyword.Type, "plain"),
    (Token.Keyword, "keyword"),
    (Token.Operator.Word, "keyword"),
    (Token.Name.Tag, "keyword"),
    (Token.Name.Decorator, "keyword"),
    (Token.Literal.String, "string"),
    (Token.Literal.Number, "number"),
    (Token.Generic.Heading, "keyword"),
    (Token.Generic.Prompt, "comment"),
)


@lru_cache(maxsize=32)
def lexed(code: str, language: str) -> tuple[tuple[Stretch, ...], ...]:
    """Return the lines of a program in stretches; empty lines at its ends are left out.

    Raises MissingError where no lexer has the language's name.
    """
    text = code.expandtabs(len(_TAB)).replace("\r\n", "\n").strip("\n").rstrip()
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        says = f"no programming language is named '{language}'"
        raise MissingError(Problem("unknown-name", says)) from None
    lines: list[list[Stretch]] = [[]]
    for kind, part in _kinds(lexer.get_tokens(text)):
        first, *rest = part.split("\n")
        lines[-1] += [(kind, first)] if first else []
        lines += [[(kind, each)] if each else [] for each in rest]
    return tuple(map(tuple, lines))


def _kinds(tokens: Iterator[tuple[object, str]]) -> Iterator[Stretch]:
    for token, text in tokens:
        yield next((kind for ancestor, kind in _KINDS if token in ancestor), "plain"), text
