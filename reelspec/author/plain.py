"""Text from elsewhere → text that means itself in a spec: no expression, mark, markup or control.

What a source or a model has written is data. In a spec `{{ … }}` is worked out, `[[ … ]]` is a mark
and `**…**` is markup, so none of them may come from outside.
"""

from __future__ import annotations

import re
import unicodedata

from reelspec.author.phrases import closed
from renderer.errors import AssetError, Problem
from renderer.fonts import faces, missing
from renderer.scripts import extra_for

_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\[\[|\]\]")
_MARKUP = re.compile(r"[*`]")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_LONGEST = 4000


def spoken_text(text: str, lines: bool = False) -> str:
    """Return text fit for narration and notes: on one line unless `lines`, at most 4,000 signs."""
    clean = "".join(sign for sign in text if _kept(sign, lines))
    previous = None
    while clean != previous:  # taking a mark out may join the halves of another
        previous, clean = clean, _MARKS.sub("", clean)
    if lines:
        return "\n".join(line.rstrip() for line in clean.split("\n")).strip("\n")[:_LONGEST]
    return " ".join(clean.split())[:_LONGEST]


def _kept(sign: str, lines: bool) -> bool:
    if sign in "\n\t ":
        return True
    if sign == "\u200c":  # the non-joiner is spelling in Persian
        return True
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def screen_text(text: str, lang: str) -> str:
    """Return text fit for the screen: one line without markup, without signs that no font has.

    Letters that only a font package has stay: it is the machine that lacks them, not the text.
    """
    clean = closed(_MARKUP.sub("", spoken_text(text)))
    if clean.isascii():
        return clean
    try:
        lacking = {code for _, code in missing(clean, faces([], lang=lang))}
    except AssetError:
        return clean
    dropped = {code for code in lacking if not _a_letter(code)}
    return " ".join("".join(sign for sign in clean if ord(sign) not in dropped).split())


def drawable(text: str, lang: str) -> str:
    """Return text fit for the screen, as `screen_text` does, or nothing where a letter has no font.

    It is for what may be written in any script, such as the names of people.
    """
    clean = screen_text(text, lang)
    return clean if clean.isascii() or not missing(clean, faces([], lang=lang)) else ""


def undrawable(text: str, lang: str) -> Problem | None:
    """Return the problem of a text with letters that only a font package brings, which is absent.

    The hint is the line that installs it.
    """
    lacking = [chr(code) for _, code in missing(text, faces([], lang=lang)) if extra_for(code)]
    letters = [sign for sign in dict.fromkeys(lacking) if unicodedata.category(sign)[0] in "LMN"]
    if not letters:
        return None
    shown = " ".join(letters[:5])
    says = f"no font here has the letters of '{lang}', such as {shown}: a film would not show them"
    return Problem(
        "missing-extra", says, hint=f"pip install 'reelspec[{extra_for(ord(letters[0]))}]'"
    )


def _a_letter(code: int) -> bool:
    return extra_for(code) == "cjk" or unicodedata.category(chr(code)).startswith(("L", "M", "N"))


def without_thoughts(text: str) -> str:
    """Return a model's text without what it has thought aloud between `<think>` marks."""
    return _THOUGHT.sub("", text).strip()
