"""Which letters a text is written in, and which a language is written in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import islice

LATIN = "latin"

_ENOUGH = 400
_ARABIC = ("ar", "arc", "ckb", "fa", "pnb", "ps", "sd", "ug", "ur")
_CYRILLIC = ("ba", "be", "bg", "cv", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk")
_OF = {
    **dict.fromkeys(_ARABIC, ("arabic",)),
    **dict.fromkeys(_CYRILLIC, ("cyrillic", LATIN)),
    **dict.fromkeys(("he", "iw", "yi"), ("hebrew",)),
    **dict.fromkeys(("hi", "mr", "ne", "sa", "kok"), ("devanagari",)),
    **dict.fromkeys(("zh", "cmn", "yue", "hak", "wuu"), ("cjk", "bopomofo")),
    **dict.fromkeys(("am", "ti"), ("ethiopic",)),
    **dict.fromkeys(("as", "bn", "bpy"), ("bengali",)),
    "ja": ("cjk", "hiragana", "katakana"),
    "ko": ("hangul", "cjk"),
    "el": ("greek",),
    "grc": ("greek",),
    "gu": ("gujarati",),
    "hy": ("armenian",),
    "hyw": ("armenian",),
    "ka": ("georgian",),
    "km": ("khmer",),
    "kn": ("kannada",),
    "lo": ("lao",),
    "ml": ("malayalam",),
    "my": ("myanmar",),
    "or": ("oriya",),
    "pa": ("gurmukhi",),
    "shn": ("myanmar",),
    "si": ("sinhala",),
    "ta": ("tamil",),
    "te": ("telugu",),
    "th": ("thai",),
}


def letters_of(text: str) -> str:
    """Return the script of most letters of a text, such as `latin` or `arabic`; `latin` of none.

    The names are the first words of Unicode's names of letters.
    """
    letters = islice((one for one in text if one.isalpha()), _ENOUGH)
    found = Counter(unicodedata.name(one, LATIN).split()[0].lower() for one in letters)
    return found.most_common(1)[0][0] if found else LATIN


def written_in(lang: str) -> tuple[str, ...]:
    """Return the scripts that a BCP 47 language is written in; `latin` where it is not listed."""
    return _OF.get(lang.replace("_", "-").split("-")[0].lower(), (LATIN,))
