"""SVG → PNG, without network, files, fonts or scripts; the only door to resvg.

What would reach out of the file is refused before it is drawn: the drawing library is given no
folder and no fonts, and here is a second lock.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Any
from xml.parsers import expat

LONGEST_SIDE = 3840
"""Pixels of the longer side that a drawing is made with."""

_MOST_BYTES = 16 * 1024 * 1024
_MOST_ELEMENTS = 200_000
_DEEPEST = 256
_PICTURE = re.compile(r"data:image/(png|jpe?g|gif|webp)(;[\w=.-]+)*[;,]", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\(([^)]*)|(@import|\\)", re.IGNORECASE)


class Refused(Exception):
    """A picture cannot be used; `says` is why, `hint` what to do."""

    def __init__(self, says: str, hint: str = "") -> None:
        super().__init__(says)
        self.says, self.hint = says, hint


def installed() -> bool:
    """Return whether the library that draws SVG is there."""
    return find_spec("resvg_py") is not None


def rasterised(data: bytes) -> bytes:
    """Return a drawing as PNG, its longer side LONGEST_SIDE pixels; raises Refused."""
    if not installed():
        raise Refused("SVG needs resvg_py", "pip install 'reelspec[svg]'")
    width, height = _checked(data)
    import resvg_py

    wide = width >= height
    try:
        drawn = resvg_py.svg_to_bytes(
            data.decode("utf-8"),
            skip_system_fonts=True,
            width=LONGEST_SIDE if wide else None,
            height=None if wide else LONGEST_SIDE,
        )
        return bytes(drawn)
    except (ValueError, TypeError, UnicodeDecodeError, RuntimeError) as error:
        raise Refused(f"it cannot be drawn: {error}") from error


class _Reader:
    """Reads a drawing's elements and refuses what would reach out of it."""

    def __init__(self) -> None:
        self.elements, self.depth = 0, 0
        self.size = (1.0, 1.0)
        self._style = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2].lower()
        if self.elements == 0:
            self._root(kind, attributes)
        self.elements += 1
        self.depth += 1
        if self.elements > _MOST_ELEMENTS or self.depth > _DEEPEST:
            raise Refused(f"it has over {_MOST_ELEMENTS:,} elements, or {_DEEPEST} in one another")
        if kind in ("script", "foreignobject", "iframe"):
            raise Refused(f"it holds a <{kind}>", "save it as a plain SVG")
        if kind == "text":
            raise Refused("it holds text, but brings no letters", "convert its text to paths")
        self._style = kind == "style"
        for key, value in attributes.items():
            if kind != "a":
                _refuse_reference(key.rpartition(":")[2].lower(), value)

    def end(self, name: str) -> None:
        self.depth -= 1
        self._style = False

    def text(self, written: str) -> None:
        if self._style:
            _refuse_outside(written)

    def refuse(self, *_: Any) -> None:
        raise Refused("it declares entities or style sheets", "save it as a plain SVG")

    def instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            self.refuse()

    def _root(self, kind: str, attributes: dict[str, str]) -> None:
        if kind != "svg":
            raise Refused("it is not an SVG")
        box = re.findall(r"-?[\d.]+(?:e-?\d+)?", attributes.get("viewBox", ""))
        sides = box[2:4] if len(box) == 4 else [attributes.get(k, "1") for k in ("width", "height")]
        found = [re.match(r"[\d.]+", side) for side in sides]
        try:
            width, height = (float(one[0]) if one else 1.0 for one in found)
        except ValueError:
            return
        self.size = width, height


def _checked(data: bytes) -> tuple[float, float]:
    """Return width and height of a drawing, in its units; raises Refused if it is not plain."""
    if len(data) > _MOST_BYTES:
        raise Refused("it is larger than 16 MiB")
    reader, parser = _Reader(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.buffer_text = True
    parser.EntityDeclHandler = reader.refuse
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Refused(f"it is not readable as XML: {error}") from error
    return reader.size


def _refuse_reference(key: str, value: str) -> None:
    if key in ("href", "src") and not value.startswith("#") and not _PICTURE.match(value.strip()):
        says = f"it refers to '{value[:60]}', which lies outside of it"
        raise Refused(says, "put everything into the SVG")
    _refuse_outside(value)


def _refuse_outside(written: str) -> None:
    for inner, other in _OUTSIDE.findall(written):
        target = inner.strip(" \t\r\n'\"")
        if not other and (target.startswith("#") or _PICTURE.match(target)):
            continue
        raise Refused("its styles refer to what lies outside of it", "put everything into the SVG")
