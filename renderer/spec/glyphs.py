"""Texts against the fonts: letters that no font has, and scripts that this machine cannot shape.

Text that is ASCII is good in every chain of fonts, and is not looked at.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from renderer import fonts
from renderer.errors import AssetError, Place
from renderer.machine import shaping
from renderer.scripts import WITHOUT_RAQM, extra_for, needs_raqm
from renderer.spec.context import Context
from renderer.spec.files import file_of
from renderer.templates import Part

_HIDDEN = ("Cc", "Cn", "Co", "Cs")


def find_fonts(written: Mapping[str, Part], context: Context) -> None:
    """Fill `context.fonts` with the font files that the film names; problems are added.

    One that cannot be used is replaced, so that the rest is checked.
    """
    for name, part in written.items():
        named = Part({name: part.data}, part.origin, {(name,): part.source()})
        found = file_of(named, name, context)
        context.fonts[name] = found if found and _opens(found, part, context) else fonts.DEFAULT


def _opens(found: Mapping[str, str], part: Part, context: Context) -> bool:
    try:
        fonts.covers(fonts.Face(found["file"], found["sha256"]), ord(" "))
    except AssetError as error:
        for problem in error.problems:
            context.add(problem.code, problem.message, part.place(), problem.hint)
        return False
    return True


def check_styles(context: Context) -> None:
    """Add the problems of the styles' fonts, whether a layer uses the style or not."""
    for style in context.styles.values():
        if "font" in style.data:
            fonts_of(style, style.data["font"], context)


def fonts_of(layer: Part, written: str | list[str], context: Context) -> list[Any]:
    """Return a layer's fonts in order: names of families, and the film's own as `file`, `sha256`.

    Names that are no font are problems, and left out.
    """
    found = []
    for index, name in enumerate([written] if isinstance(written, str) else written):
        wrong = fonts.unknown([name], context.fonts)
        where = layer.place(("font", index))
        context.problems.extend(replace(problem, place=where) for problem in wrong)
        found += [] if wrong else [context.fonts.get(name, name)]
    return found


def check_letters(text: str, place: Place, names: Sequence[Any], context: Context) -> None:
    """Add a problem where some letters of a text cannot be drawn with fonts and their fallbacks."""
    if text.isascii():
        return
    families = [name if isinstance(name, str) else (name["file"], name["sha256"]) for name in names]
    try:
        missing = fonts.missing(text, fonts.faces(families, lang=context.lang))
    except AssetError:
        return
    if missing:
        _add_missing([code for _, code in missing], place, context)
    elif (letter := needs_raqm(text)) and not shaping()["raqm"]:
        says = f"this machine cannot shape the script of {_named(ord(letter))}"
        context.add("needs-raqm", says, _at(place, letter), WITHOUT_RAQM)


def _add_missing(codes: list[int], place: Place, context: Context) -> None:
    first, *others = dict.fromkeys(codes)
    says = f"no font has {_named(first)}"
    if others:
        says += f", nor {_named(others[0])}" if len(others) == 1 else f" and {len(others)} more"
    extra = extra_for(first)
    hint = f"pip install 'reelspec[{extra}]'" if extra else "give a font that has it under `fonts`"
    context.add("missing-glyph", says, _at(place, chr(first)), hint)


def _named(code: int) -> str:
    """Return a character with its code point and name, itself only where it can be seen."""
    character = chr(code)
    seen = "" if unicodedata.category(character) in _HIDDEN else f"'{character}' "
    name = unicodedata.name(character, "")
    return f"{seen}U+{code:04X}" + (f" {name}" if name else "")


def _at(place: Place, character: str) -> Place:
    """Return the place of a character on the line where its text begins, else that of the text."""
    index = place.text.find(character, place.column - 1)
    return place if index < 0 else replace(place, column=index + 1, length=1)
