"""The language of a prompt, told by the script that most of its letters are of."""

from __future__ import annotations

import unicodedata
from collections import Counter

_LANGUAGES = {
    "ARABIC": "ar",
    "HEBREW": "he",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "DEVANAGARI": "hi",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
}


def language_of(text: str) -> str:
    """Return the BCP 47 tag of the language that most people would write a text's script in.

    Latin letters count as English: who writes another language in them has to say so.
    """
    names = (unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
    scripts = Counter(name for name in names)
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:
        return "ja"
    found = scripts.most_common(1)
    return _LANGUAGES.get(found[0][0], "en") if found else "en"
