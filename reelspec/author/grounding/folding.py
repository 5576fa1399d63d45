"""Letters and digits that mean the same → one of them, character by character."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = re.compile(r"[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad]")
_SAME = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیئ", "ي"),
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "٫": ".",
        "٬": ",",
        "٪": "%",
        "％": "%",
        "．": ".",
        "，": "，",
        "’": "'",
        "‘": "'",
        "‐": "-",
        "‑": "-",
    }
)


def plain(text: str) -> str:
    """Return a text composed, without vowel marks, tatweel and marks that are not seen."""
    return _DROPPED.sub("", unicodedata.normalize("NFC", text))


def fold(text: str) -> str:
    """Return a plain text in small letters, ASCII digits and one form of each Arabic letter.

    Each character stays at its place.
    """
    return "".join(map(_folded, text)).translate(_SAME)


def _folded(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    if value is not None:
        return str(value)
    small = sign.lower()
    return small if len(small) == 1 else sign
