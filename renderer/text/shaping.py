"""One run of one face and one direction: how wide it is, where its ink lies, and its drawing.

Raqm (HarfBuzz) shapes where Pillow can load FriBiDi. Elsewhere Arabic is shaped by
arabic-reshaper into presentation forms and turned round, and Pillow lays it out glyph by glyph;
scripts that need more than that are an error then.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import Any, Literal

import arabic_reshaper
from PIL import Image, ImageDraw, ImageFont, features

from renderer.errors import MissingError, Problem
from renderer.fonts import Face, covers
from renderer.scripts import WITHOUT_RAQM, needs_raqm
from renderer.text.direction import mirrored

Shaper = Literal["raqm", "basic"]

_PRESENTATION = ((0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
_AGAINST = (("R", "AL"), ("L", "EN", "AN"))
_OVERRIDES = ("\u202d", "\u202e")
_SHADDA = "\u0651"
_RESHAPER = arabic_reshaper.ArabicReshaper(
    {"delete_harakat": False, "delete_tatweel": False, "ARABIC LIGATURE ALLAH": False}
)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in logical order, of one face, size in pixels, direction and stress.

    `word` is the number of the word that they are of, where the words are known, else −1.
    """

    text: str
    face: Face
    size: float
    rtl: bool
    lang: str
    shaper: Shaper
    strong: bool = False
    word: int = -1


def machine_shaper() -> Shaper:
    """Return what shapes text on this machine."""
    return "raqm" if features.check("raqm") else "basic"


@lru_cache(maxsize=48)
def _font(face: Face, size: float, engine: Shaper) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.RAQM if engine == "raqm" else ImageFont.Layout.BASIC
    font = ImageFont.truetype(io.BytesIO(face.data), size, layout_engine=layout)
    if face.weight:
        font.set_variation_by_axes([face.weight])
    return font


@lru_cache(maxsize=128)
def metrics(face: Face, size: float) -> tuple[float, float]:
    """Return the face's ascent and descent in pixels, both positive, unrounded."""
    ascent, descent = _font(face, 1000, "basic").getmetrics()
    return ascent * size / 1000, descent * size / 1000


@lru_cache(maxsize=8192)
def advance(run: Run) -> float:
    """Return the run's advance width in pixels."""
    font = _font(run.face, run.size, run.shaper)
    if run.shaper == "raqm":
        return font.getlength(_told(run.text, run.rtl), **_options(run))
    return font.getlength(_set(run)[0][2])


@lru_cache(maxsize=2048)
def ink(run: Run, stroke: int = 0) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the run's ink, from its origin on the baseline."""
    font = _font(run.face, run.size, run.shaper)
    look: dict[str, Any] = {"stroke_width": stroke, "anchor": "ls"}
    if run.shaper == "raqm":
        return font.getbbox(_told(run.text, run.rtl), **look, **_options(run))
    boxes = [(x, y, font.getbbox(text, **look)) for x, y, text in _set(run)]
    return (
        min(x + box[0] for x, _, box in boxes),
        min(y + box[1] for _, y, box in boxes),
        max(x + box[2] for x, _, box in boxes),
        max(y + box[3] for _, y, box in boxes),
    )


def write(mask: Image.Image, at: tuple[int, int], run: Run, stroke: int = 0) -> None:
    """Draw the run on a mask with its origin, at the left end of its baseline, on a pixel."""
    inked, left, top = _inked(run, stroke)
    mask.paste(255, (at[0] + left, at[1] + top), inked)


@lru_cache(maxsize=128)
def _inked(run: Run, stroke: int) -> tuple[Image.Image, int, int]:
    """Return the run's ink as a mask, and where its left top lies from the run's origin.

    The states of a caption ask for the same words many times.
    """
    left, top, right, bottom = ink(run, stroke)
    x, y = floor(left) - 1, floor(top) - 1
    mask = Image.new("L", (max(1, ceil(right) + 1 - x), max(1, ceil(bottom) + 1 - y)))
    draw, font = ImageDraw.Draw(mask), _font(run.face, run.size, run.shaper)
    look: dict[str, Any] = {"fill": 255, "font": font, "stroke_width": stroke, "anchor": "ls"}
    if run.shaper == "raqm":
        draw.text((-x, -y), _told(run.text, run.rtl), **look, **_options(run))
        return mask, x, y
    for across, down, text in _set(run):
        draw.text((across - x, down - y), text, **look)
    return mask, x, y


@lru_cache(maxsize=2048)
def _set(run: Run) -> tuple[tuple[float, float, str], ...]:
    """Return what the basic layout draws, and where: letters, then the marks over and under them.

    A mark is centred on its letter; one that would touch the mark before it is moved off it.
    """
    text, font = _glyphs(run), _font(run.face, run.size, run.shaper)
    letters = "".join(c for c in text if not unicodedata.combining(c))
    found: list[tuple[float, float, str]] = [(0, 0, letters)]
    for index, cluster in enumerate(_clusters(text)):
        first, last = (font.getlength(letters[:end]) for end in (index, index + 1))
        found += _marks(font, cluster[1:], (first + last) / 2)
    return tuple(found)


def _marks(
    font: ImageFont.FreeTypeFont, marks: str, middle: float
) -> Iterator[tuple[float, float, str]]:
    """Yield a letter's marks, the doubling sign nearest to it, each on the one before."""
    high, low = 0.0, 0.0
    for mark in sorted(marks, key=lambda character: character != _SHADDA):
        mask, offset = font.getmask2(mark, anchor="ls")
        left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
        top, bottom, shift = top + offset[1], bottom + offset[1], 0.0
        if bottom <= 0:
            shift = min(0.0, high - bottom) if high else 0.0
            high = top + shift
        else:
            shift = max(0.0, low - top) if low else 0.0
            low = bottom + shift
        yield middle - offset[0] - (left + right) / 2, shift, mark


def _options(run: Run) -> dict[str, Any]:
    return {"direction": "rtl" if run.rtl else "ltr", "language": run.lang}


@lru_cache(maxsize=8192)
def _told(text: str, rtl: bool) -> str:
    """Return what Raqm is given: letters that an override turned round need one there too."""
    against = _AGAINST[rtl]
    if text.isascii() and not rtl:
        return text
    if not any(unicodedata.bidirectional(character) in against for character in text):
        return text
    return f"{_OVERRIDES[rtl]}{text}\u202c"


@lru_cache(maxsize=2048)
def _glyphs(run: Run) -> str:
    """Return the run as characters to be drawn from left to right, one glyph each."""
    _refuse_complex(run.text)
    if not run.rtl:
        return run.text
    shaped = str(_RESHAPER.reshape(run.text))
    plain = "".join(_drawable(character, run.face) for character in shaped)
    return mirrored("".join(reversed(_clusters(plain))))


def _drawable(character: str, face: Face) -> str:
    """Return a presentation form, or the letter itself where the face has no such form."""
    if not any(first <= ord(character) <= last for first, last in _PRESENTATION):
        return "" if unicodedata.category(character) == "Cf" else character
    if covers(face, ord(character)):
        return character
    return unicodedata.normalize("NFKC", character)


def _clusters(text: str) -> list[str]:
    """Return the text in base characters, each with the marks that follow it."""
    found: list[str] = []
    for character in text:
        if found and unicodedata.combining(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _refuse_complex(text: str) -> None:
    character = needs_raqm(text)
    if character:
        name = unicodedata.name(character, f"U+{ord(character):04X}")
        says = f"this machine cannot shape the script of '{character}' ({name})"
        raise MissingError(Problem("needs-raqm", says, hint=WITHOUT_RAQM))
