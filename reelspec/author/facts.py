"""What a sentence tells: a number and what it counts, a quotation, a list, two sides, a series."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from reelspec.author.notes import Series
from reelspec.author.phrases import closed
from reelspec.author.segmentation import base, spaced
from reelspec.author.series import Amount, number_of, of_pairs
from reelspec.author.wording import CONTRAST, UNITS, listed

_BEGIN = r"(?:(?<![\w.])|(?<=\s[\u0648\u0628\u0644]))"
"""Where a number begins: at the edge of a word, in Arabic after one of the letters that join it."""

_DIGITS = r"\d(?:[\d.,٬٫’'\u00a0\u202f]*\d)?"
_PERCENT = re.compile(
    r"^(?:per ?cent|por ciento|pour cent|prozent|في المئة|في المائة|بالمئة|بالمائة)$", re.I
)
_YEAR = re.compile(r"^(?:1[0-9]|20)\d\d$")
_QUOTED = re.compile(r"[“\"«「]([^“”\"«»「」]{12,220})[”\"»」]")
_NAME = r"((?:[A-ZÀ-ÞА-Я][\w’'-]+ ?){1,4})"
_SAID = r"(?:said|wrote|says|dijo|escribió|schrieb|sagte|a dit)"
_SAYING = re.compile(rf"{_SAID}\s+{_NAME}|{_NAME}\s?{_SAID}\b")
_ARABIC_SAYING = re.compile(
    r"(?:قال|قالت|كتب|كتبت|يقول|تقول)\s+((?:[\u0621-\u064a]+ ?){1,3}?)\s*[:،]"
)
_LONGEST_VALUE = 18
_COMMA = re.compile(r"\s*[,،;؛、，；]\s*")
_AND = {
    "en": "and|or",
    "ar": "و",
    "es": "y|e|o",
    "fr": "et|ou",
    "de": "und|oder",
    "zh": "和|以及|与",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit as it may stand on screen; `written` is how the sentence has it."""

    value: str
    digits: str
    written: str


@cache
def _number(lang: str) -> re.Pattern[str]:
    units = "|".join(map(re.escape, listed(UNITS, lang)))
    space = r"[ \u00a0-]?" if spaced(lang) else r" ?"
    edge = r"(?!\w)" if spaced(lang) else ""
    unit = rf"{space}(?P<unit>[%٪°](?:[CF])?|(?:{units}){edge})" if units else r"(?P<unit>[%٪])"
    more = rf"(?:{space}(?P<more>(?:{units}){edge})(?! \d))?" if units else "(?P<more>)"
    return re.compile(rf"{_BEGIN}(?P<sign>[$€£¥]?)(?P<digits>{_DIGITS})(?:{unit}{more})?", re.I)


def number(sentence: str, lang: str) -> Number | None:
    """Return the number of a sentence that is worth a screen: one with a unit, else a year."""
    found = list(_number(lang).finditer(sentence))
    told = [each for each in found if each["unit"] or each["sign"]]
    if told:
        percent = [each for each in told if _told(each).value[-1] in "%٪"]
        made = _told((percent or told)[0])
        return made if len(made.value) <= _LONGEST_VALUE else None
    years = [each["digits"] for each in found if _is_year(each["digits"])]
    return Number(years[0], years[0], years[0]) if len(found) == 1 and years else None


def _told(found: re.Match[str]) -> Number:
    unit = found["unit"] or ""
    if _PERCENT.match(unit):
        unit = "٪" if re.search(r"[\u0600-\u06ff]", unit) else "%"
    joint = "" if not unit or unit[0] in "%٪°" or (not unit.isascii() and len(unit) < 3) else " "
    more = f" {found['more']}" if found["more"] else ""
    value = f"{found['sign']}{found['digits']}{joint}{unit}{more}"
    return Number(value, found["digits"], found[0])


def series(sentence: str, lang: str) -> Series | None:
    """Return the series of a sentence whose numbers are years and amounts in turn, else None."""
    found = list(_number(lang).finditer(sentence))
    years = [not (one["unit"] or one["sign"]) and _is_year(one["digits"]) for one in found]
    in_turn = all(a != b for a, b in pairwise(years))
    if len(found) < 6 or len(found) % 2 or not in_turn:
        return None
    first, second = found[::2], found[1::2]
    named = zip(first, second, strict=True) if years[0] else zip(second, first, strict=True)
    pairs = [(year["digits"], _amount(one, lang)) for year, one in named]
    return (
        of_pairs([(year, one) for year, one in pairs if one]) if all(x for _, x in pairs) else None
    )


def _is_year(digits: str) -> bool:
    return bool(_YEAR.match(_western(digits)))


def _amount(found: re.Match[str], lang: str) -> Amount | None:
    number = number_of(found["digits"], lang)
    unit = " ".join(filter(None, (found["sign"], found["unit"], found["more"])))
    return None if number is None else Amount(number, "%" if _PERCENT.match(unit) else unit)


def _western(digits: str) -> str:
    return "".join(str(int(sign)) if sign.isdigit() else sign for sign in digits)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that are quoted in a sentence, and who said them where the sentence names it."""

    text: str
    author: str = ""


def quotation(sentence: str) -> Quotation | None:
    """Return the quotation in a sentence, None where it has none of several words."""
    found = _QUOTED.search(sentence)
    if not found:
        return None
    outside = f"{sentence[: found.start()]} {sentence[found.end() :]}"
    said = _SAYING.search(outside) or _ARABIC_SAYING.search(sentence)
    author = next((group for group in said.groups() if group), "") if said else ""
    return Quotation(closed(found[1].strip()), author.strip())


def enumeration(sentence: str, lang: str) -> tuple[str, tuple[str, ...]] | None:
    """Return what stands before a colon, and the three or more things listed after it."""
    lead, colon, rest = re.sub(r"[：]", ":", sentence).partition(":")
    if not colon or len(lead) < 4 or re.match(r"\d", rest):
        return None
    items = [piece for piece in _COMMA.split(closed(rest)) if piece]
    joined = _AND.get(base(lang), "and")
    last = (
        re.split(rf"\s+(?:{joined})\s+" if spaced(lang) else rf"(?:{joined})", items[-1])
        if items
        else []
    )
    items = [*items[:-1], *last]
    cleaned = tuple(re.sub(rf"^(?:{joined})\s*(?=\w{{3}})", "", item.strip()) for item in items)
    good = 3 <= len(cleaned) <= 6 and all(2 <= len(item) <= 48 for item in cleaned)
    return (lead.strip(), cleaned) if good else None


def contrast(sentence: str, lang: str) -> tuple[str, str] | None:
    """Return the two sides of a sentence that sets one thing against another."""
    for between in CONTRAST.get(base(lang), ()):
        left, found, right = sentence.partition(between)
        if found and min(len(left), len(right)) >= (12 if spaced(lang) else 5):
            return closed(left), closed(right)
    return None
