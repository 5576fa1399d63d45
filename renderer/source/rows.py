"""Data files → rows: CSV by RFC 4180 with a line of names first, or a JSON list.

A plain cell of a CSV file is read as a plain scalar of YAML's core schema, a quoted one is text.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from renderer.errors import Place, Problem
from renderer.source.nodes import DEPTH, NODES, lines_of
from renderer.source.scalars import LONGEST, LONGEST_NUMBER, NotAValue, number_trouble, value_of

LARGEST = 8 << 20
"""Bytes that a data file may have."""

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|\Z)')
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


_BREAK = re.compile(r"\r\n|\n|\r")
_NEXT = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a data file and where it begins; `wrong` says why its data cannot be read."""

    place: Place
    data: Any
    wrong: Problem | None = None


class _Wrong(Exception):
    """A data file cannot be read; carries the code, the words and where: an index in the text."""

    def __init__(self, code: str, says: str, at: int = 0, hint: str = "") -> None:
        super().__init__(says)
        self.code, self.says, self.at, self.hint = code, says, at, hint


def rows(content: bytes, file: str) -> tuple[list[Any], tuple[Problem, ...]]:
    """Return the rows of a data file and what is wrong with it; `file` is its name for problems."""
    text = content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    try:
        _check_text(text)
        return (_of_json(text) if file.lower().endswith(".json") else _of_csv(text)), ()
    except _Wrong as wrong:
        place = _place(text, wrong.at, file)
        return [], (Problem(wrong.code, wrong.says, place, wrong.hint),)


def _check_text(text: str) -> None:
    if not (found := _REFUSED.search(text)):
        return
    if 0xDC80 <= ord(found[0]) <= 0xDCFF:
        says = "the file is not UTF-8 text"
        raise _Wrong("not-utf8", says, found.start(), "save it as UTF-8")
    says = f"the control character U+{ord(found[0]):04X}"
    raise _Wrong("control-character", says, found.start(), "remove it")


def _place(text: str, at: int, file: str) -> Place:
    before, lines = lines_of(text[:at]), lines_of(text)
    shown = lines[len(before) - 1][:1000].encode("utf-8", "replace").decode()
    return Place(file, len(before), len(before[-1]) + 1, 1, shown)


def each_row(content: bytes, file: str) -> tuple[list[Row], tuple[Problem, ...]]:
    """Return the rows of a data file one by one, and what is wrong with it as a whole.

    A row that is wrong by itself is among them, with its problem.
    """
    text = content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    found: list[Row] = []
    try:
        _check_text(text)
        each = _json_rows(text) if file.lower().endswith(".json") else _csv_rows(text)
        places = _Places(text, file)
        for at, data in each:
            place = places.at(at)
            wrong = data if isinstance(data, _Wrong) else None
            problem = Problem(wrong.code, wrong.says, place, wrong.hint) if wrong else None
            found.append(Row(place, None if wrong else data, problem))
    except _Wrong as wrong:
        place = _place(text, wrong.at, file)
        return found, (Problem(wrong.code, wrong.says, place, wrong.hint),)
    return found, ()


class _Places:
    """The places of rising indexes in a text, each line counted once."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file
        self._seen, self._line = 0, 1

    def at(self, index: int) -> Place:
        """Return the place of an index that is no smaller than the one before."""
        self._line += len(_BREAK.findall(self._text, self._seen, index))
        self._seen = index
        end = _BREAK.search(self._text, index)
        shown = self._text[index : end.start() if end else len(self._text)][:1000]
        return Place(self._file, self._line, 1, max(1, len(shown)), shown)


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    """Yield each row of a JSON list, and where it begins."""
    data, decoder = _of_json(text), json.JSONDecoder()
    at = text.index("[") + 1
    for row in data:
        found = _NEXT.match(text, at)
        begin = found.end() if found else at
        at = decoder.raw_decode(text, begin)[1]
        yield begin, row


def _of_csv(text: str) -> list[Any]:
    found = []
    for _, row in _csv_rows(text):
        if isinstance(row, _Wrong):
            raise row
        found.append(row)
    return found


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, Any] | _Wrong]]:
    """Yield each row of a CSV file, or what is wrong with it, and where it begins."""
    records = _records(text)
    names = [_written(cell).strip() for cell in next(records, [])]
    _check_names(names, text)
    for record in records:
        begin = record[0].start()
        if len(record) != len(names):
            says = f"{len(record):,} cells in this line; the first line names {len(names):,}"
            hint = 'quote a cell that holds a comma: "a, b"'
            yield begin, _Wrong("bad-data", says, begin, hint)
            continue
        try:
            yield begin, dict(zip(names, map(_value, record), strict=True))
        except _Wrong as wrong:
            yield begin, wrong


def _check_names(names: list[str], text: str) -> None:
    """Refuse a first line that does not name every column, each differently."""
    if not any(names):
        raise _Wrong("bad-data", "the first line has to name the columns")
    if len(names) == 1 and ";" in names[0]:
        raise _Wrong("bad-data", "the cells are separated by `;`", text.index(";"), "write commas")
    seen: set[str] = set()
    for number, name in enumerate(names, 1):
        if not name:
            raise _Wrong("bad-data", f"column {number} has no name in the first line")
        if name in seen:
            raise _Wrong("bad-data", f"two columns are named '{name[:60]}'")
        seen.add(name)


def _records(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the cells of each line that is not empty, as they were found in the text."""
    at, count, record = 0, 0, list[re.Match[str]]()
    while at < len(text) or record:
        cell = _CELL.match(text, at)
        if cell is None:
            says = (
                "a quoted cell does not end" if text[at] == '"' else "a quote inside a plain cell"
            )
            hint = 'double the quotes inside a quoted cell: "a ""b"" c"'
            raise _Wrong("bad-data", says, at, hint)
        record.append(cell)
        count += 1
        if count > NODES:
            raise _Wrong("too-many", f"more than {NODES:,} cells", at, "use a smaller file")
        at = cell.end()
        if cell[3] != ",":
            if len(record) > 1 or cell[0].strip():
                yield record
            record = []


def _written(cell: re.Match[str]) -> str:
    written: str = cell[2] if cell[1] is None else cell[1].replace('""', '"')
    if len(written) > LONGEST:
        says = f"a cell of {len(written):,} characters; at most {LONGEST:,} are allowed"
        raise _Wrong("too-long", says, cell.start())
    return written


def _value(cell: re.Match[str]) -> Any:
    written = _written(cell)
    if cell[1] is not None:
        return written
    try:
        return value_of(written.strip())
    except NotAValue:
        raise _Wrong("bad-number", number_trouble(written), cell.start(), "quote it") from None


def _of_json(text: str) -> list[Any]:
    try:
        data = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_number,
            parse_float=_number,
            parse_int=_number,
        )
    except json.JSONDecodeError as error:
        raise _Wrong("bad-data", f"not readable as JSON: {error.msg}", error.pos) from None
    except RecursionError:
        raise _Wrong("too-deep", f"nested more than {DEPTH} deep") from None
    if not isinstance(data, list):
        raise _Wrong("wrong-type", "a data file in JSON is a list of rows", 0, "write `[…]`")
    _check_size(data)
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Wrong("duplicate-key", f"'{twice[:60]}' is written twice in one map")
    return found


def _number(written: str) -> int | float:
    if len(written) > LONGEST_NUMBER or not math.isfinite(float(written)):
        raise _Wrong("bad-number", number_trouble(written))
    return int(written) if written.lstrip("-").isdigit() else float(written)


def _check_size(data: Any) -> None:
    """Refuse too many values, values too deep and texts too long."""
    count, waiting = 0, [(data, 1)]
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if count > NODES:
            raise _Wrong("too-many", f"more than {NODES:,} values", 0, "use a smaller file")
        if depth > DEPTH:
            raise _Wrong("too-deep", f"nested more than {DEPTH} deep")
        if isinstance(value, str) and (len(value) > LONGEST or _REFUSED.search(value)):
            says = f"a text of over {LONGEST:,} characters, or with control characters"
            raise _Wrong("too-long", says)
        inner = value.values() if isinstance(value, dict) else value
        waiting += [(one, depth + 1) for one in inner] if isinstance(value, dict | list) else []
