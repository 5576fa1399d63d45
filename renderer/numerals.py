"""Numbers in a language's own digits: which it has by default, and its signs between them.

The digits are the default numbering systems of CLDR 48 (`common/main`, `defaultNumberingSystem`);
a tag's `-u-nu-` extension chooses others.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
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


DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0f20-\u0f29\u1040-\u1049"
"""The digits of the numbering systems, as in a class of a regular expression."""

_GROUPS, _POINTS = "\u066c\u00a0\u202f'\u2019 ", ".,\u066b"
_FIGURE = re.compile(f"[{DIGITS}]+(?:[{_GROUPS}{_POINTS}][{DIGITS}]+)*")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written: its value, its decimal places, its signs, the zero of its digits.

    `group` sets off thousands and `point` decimals; each is empty where there is none.
    """

    text: str
    value: Fraction
    places: int
    group: str
    point: str
    zero: int

    def like(self, value: Fraction) -> str:
        """Return another number, not below 0, as this one is written; its own value as it is."""
        if value == self.value:
            return self.text
        whole, rest = divmod(round(value * 10**self.places), 10**self.places)
        text = f"{whole:,}".replace(",", self.group)
        text += f"{self.point}{rest:0{self.places}}" if self.places else ""
        return text.translate({0x30 + digit: self.zero + digit for digit in range(10)})


def figure(text: str) -> Figure | None:
    """Return the number that a text is, None if it is none, or one such as `007`.

    Signs between threes of digits set off thousands, but for one point or Arabic comma.
    """
    if not _FIGURE.fullmatch(text):
        return None
    parts, signs = re.findall(f"[{DIGITS}]+", text), re.sub(f"[{DIGITS}]", "", text)
    meant, first = _meant(parts, signs), unicodedata.decimal(parts[0][0])
    if meant is None or (len(parts[0]) > 1 and first == 0):
        return None
    places = len(parts[-1]) if meant[1] else 0
    plain = "".join(str(unicodedata.decimal(digit)) for digit in "".join(parts))
    value = Fraction(int(plain), 10**places)
    return Figure(text, value, places, *meant, ord(parts[0][0]) - first)


def _meant(parts: list[str], signs: str) -> tuple[str, str] | None:
    """Return what sets off thousands and what decimals; None where the signs make no sense."""
    threes = [len(part) == 3 for part in parts[1:]]
    lone_point = signs in (".", "\u066b") or unicodedata.decimal(parts[0][0]) == 0
    if all(threes) and len(set(signs)) < 2 and not lone_point:
        return signs[:1], ""
    groups, point = signs[:-1], signs[-1:]
    good = all(threes[:-1]) and len(set(groups)) < 2 and point not in groups
    return (groups[:1], point) if good and point in _POINTS else None


def only_figure(text: str) -> tuple[str, str, str] | None:
    """Return what stands before the one number of a text, the number, and what stands after it.

    None where there is none or more than one, where it is part of a name, such as `CO2` or `1st`,
    where it may be a year, and where it is a whole one below 10, to which there is little to count.
    """
    found = list(_FIGURE.finditer(text))
    if len(found) != 1 or (known := figure(found[0][0])) is None:
        return None
    before, after = text[: found[0].start()], text[found[0].end() :]
    named = before[-1:].isalpha() or before.endswith(("#", "\u2116")) or _ORDINAL.match(after)
    dashed = before[-1:] in "-\u2212+" and before[-2:-1].isalnum()
    worded = not (before + after).strip() or any(map(str.isalpha, before + after))
    year = 1000 <= known.value < 3000 and not (known.places or known.group) and worded
    few = known.value < 10 and not known.places
    return None if named or dashed or year or few else (before, found[0][0], after)
