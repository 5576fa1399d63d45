"""Numbers in a language's own digits: which it has by default, and its signs between them.

The digits are the default numbering systems of CLDR 48 (`common/main`, `defaultNumberingSystem`);
a tag's `-u-nu-` extension chooses others.
"""

from __future__ import annotations

import re
from fractions import Fraction

_SYSTEMS = {"latn": 0x30, "arab": 0x660, "arabext": 0x6F0, "deva": 0x966, "beng": 0x9E6}
_SYSTEMS |= {"tibt": 0xF20, "mymr": 0x1040}
_DEFAULT = {
    **dict.fromkeys(["ar", "ckb", "sd"], "arab"),
    **dict.fromkeys(["ar-ae", "ar-dz", "ar-eh", "ar-ly", "ar-ma", "ar-tn"], "latn"),
    **dict.fromkeys(["fa", "ks", "lrc", "mzn", "pa-arab", "ps", "ur-in", "uz-arab"], "arabext"),
    **dict.fromkeys(["bgc", "bho", "mr", "ne", "raj", "sa"], "deva"),
    **dict.fromkeys(["as", "bn", "mni"], "beng"),
    "dz": "tibt",
    "my": "mymr",
}
_ARABIC = ("arab", "arabext")
_MINUS = "\u2212"
_NARROW_SPACE = "\u202f"


def system(lang: str) -> str:
    """Return the numbering system that a BCP 47 tag has by default or asks for: `latn`, `arab` …"""
    tag = lang.lower().replace("_", "-")
    asked = re.search(r"-u(?:-\w+)*?-nu-(\w+)", tag)
    if asked and asked[1] in _SYSTEMS:
        return asked[1]
    parts = tag.split("-")
    named = (_DEFAULT.get(f"{parts[0]}-{part}") for part in parts[1:])
    return next(filter(None, named), None) or _DEFAULT.get(parts[0], "latn")


def digits(text: object, lang: str) -> str:
    """Return a text whose digits 0 to 9 are those of the language; all else stays."""
    zero = _SYSTEMS[system(lang)]
    return str(text).translate({0x30 + value: zero + value for value in range(10)})


def number(value: Fraction, places: int, lang: str) -> str:
    """Return a number rounded half to even, with so many decimal places, as the language writes it.

    Thousands are set off by a comma in English, by a narrow space elsewhere and by the Arabic sign
    among Arabic digits; four digits stay together but in those two.
    """
    rounded = round(value * 10**places)
    whole, rest = divmod(abs(rounded), 10**places)
    decimals = f".{rest:0{places}}" if places else ""
    text = digits(f"{_grouped(whole, lang)}{decimals}", lang)
    text = text.replace(".", "\u066b") if system(lang) in _ARABIC else text
    return f"{_MINUS}{text}" if rounded < 0 else text


def _grouped(whole: int, lang: str) -> str:
    if system(lang) in _ARABIC:
        return f"{whole:,}".replace(",", "\u066c")
    if lang.lower().startswith("en"):
        return f"{whole:,}"
    return str(whole) if whole < 10_000 else f"{whole:,}".replace(",", _NARROW_SPACE)
