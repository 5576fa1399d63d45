"""What YAML reads otherwise than its writer meant: found, and said in words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from renderer.errors import Place, Problem
from renderer.source.nodes import QUOTE_BRACES, Node

_PROSE = {"say", "text", "with"}
_COLOUR = re.compile(r"\s+(#[0-9a-fA-F]{3,8})\b")
_COMMENT = re.compile(r"\s+#")
_LIST_OF_MARK = re.compile(r"(?:^|[\s{,])say:\s*(\[\[)")
_BRACES = re.compile(r"(?:[:,\[-]\s+|[\[{,]\s*)(\{\{)")
_SECOND_COLON = re.compile(r"^\s*(?:- )?[\w-]+:\s+([^'\"\[{|>\s].*?:(?:\s|$))")


def explained(place: Place, says: str) -> Problem:
    """Return the problem for text that YAML cannot read, in words of its own where one is known."""
    for pattern, code, message, hint in _KNOWN:
        if found := pattern.search(place.text):
            spot = Place(place.file, place.line, found.start(1) + 1, 2, place.text)
            return Problem(code, message, spot, hint)
    if "\t" in place.text[: place.column]:
        return Problem("yaml", "YAML does not allow a tab here", place, "indent with spaces")
    return Problem("yaml", f"not readable as YAML: {says}", place)


UNCLOSED = (
    "while scanning a quoted scalar",
    "while parsing a flow mapping",
    "while parsing a flow sequence",
)
"""What libyaml says that it was doing where something that had begun was not closed."""

_CLOSE = "write the same quote where the text ends"
_CLOSERS = {"{": "}", "[": "]"}


def unclosed(begun: Place, found: Place, says: str) -> Problem:
    """Return the problem for what begins at a place and is not closed where something is found.

    A quote runs on to the end of the file, so it is told where it begins.
    """
    opener = begun.text[begun.column - 1 : begun.column]
    if opener not in _CLOSERS:
        return Problem("yaml", "the quote that begins here is not closed", begun, _CLOSE)
    problem = explained(found, says)
    where = f"the `{opener}` in line {begun.line}, column {begun.column}"
    hint = f"{where} may lack its `{_CLOSERS[opener]}`, or what is in it a comma"
    return replace(problem, hint=problem.hint or hint)


_KNOWN = (
    (
        _LIST_OF_MARK,
        "unquoted-mark",
        "`[[mark]]` begins a list here",
        'quote it: say: "[[mark]] …"',
    ),
    (_BRACES, "unquoted-expression", "`{{ … }}` is not quoted", QUOTE_BRACES),
    (_SECOND_COLON, "unquoted-colon", "a colon in plain text begins a map", 'quote it: "…: …"'),
)


def cautions(root: Node, lines: list[str]) -> Iterator[Problem]:
    """Yield the problems and warnings of a document that was read, in no order."""
    seen: set[int] = set()
    waiting = [(root, False)]
    while waiting:
        node, prose = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        for key, child in node.children.items():
            yield from _of_child(node, key, child, prose or key in _PROSE, lines)
            waiting.append((child, prose or key in _PROSE))


def _of_child(
    node: Node, key: object, child: Node, prose: bool, lines: list[str]
) -> Iterator[Problem]:
    if child.data is None and child.plain and isinstance(key, str):
        yield from _of_nothing(node, node.keys[key], child)
    if key == "say" and _is_mark(child.data):
        says = "YAML reads `[[mark]]` as a list"
        yield Problem("unquoted-mark", says, child.place, 'quote it: say: "[[mark]] …"')
    if prose and child.plain and isinstance(child.data, str):
        yield from _of_prose(child, lines)


def _is_mark(data: object) -> bool:
    return (
        isinstance(data, list) and len(data) == 1 and isinstance(data[0], list) and len(data[0]) < 2
    )


def _of_nothing(node: Node, key: Node, child: Node) -> Iterator[Problem]:
    """Yield what is wrong where a key has no value, and take it out: something was cut off."""
    line = key.place
    after = line.column - 1 + line.length
    rest = line.text[after:].lstrip("'\"")
    if found := _COLOUR.match(rest.removeprefix(":")):
        colour = found[1]
        says = f"YAML reads `{colour}` as a comment, so '{key.data}' is empty"
        spot = Place(line.file, line.line, line.text.index("#", after) + 1, len(colour), line.text)
        node.data.pop(key.data)
        yield Problem("comment-not-colour", says, spot, f'quote it: {key.data}: "{colour}"')
    elif child.place.line == line.line and re.match(r"\s*[,}]", rest):
        says = "a comma ends plain text inside `{ }`"
        node.data.pop(key.data)
        yield Problem("comma-in-text", says, line, 'quote the whole text: "…, …"')


def _of_prose(node: Node, lines: list[str]) -> Iterator[Problem]:
    place = node.place
    end = place.column - 1 + place.length
    if place.text[place.column - 1 : end] != node.data:
        return
    if _COMMENT.match(lines[place.line - 1][end:]):
        says = "YAML ends the text at ` #`; the rest is a comment"
        spot = Place(place.file, place.line, place.text.index("#", end) + 1, 1, place.text)
        yield Problem("comment-in-text", says, spot, 'quote the text: "… # …"', "warning")
