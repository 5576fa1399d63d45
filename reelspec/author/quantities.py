"""Numbers in a sentence: those worth a screen with what they count, and series of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from reelspec.author.grounding import is_month
from reelspec.author.notes import Series
from reelspec.author.segmentation import base, spaced, stop_words
from reelspec.author.series import Amount, number_of, of_pairs
from reelspec.author.wording import BREAKS, LINKS, NOT, PER, UNITS, YEARS, listed

_BEGIN = r"(?:(?<![\w.,٫])|(?<=\s[\u0648\u0628\u0644]))"
"""Where a number begins: at the edge of a word, in Arabic after one of the letters that join it."""

_DIGITS = r"\d(?:[\d.,٬٫’'\u00a0\u202f]*\d)?"
_PERCENT = re.compile(
    r"^(?:per ?cent|por ciento|pour cent|prozent|في المئة|في المائة|بالمئة|بالمائة)$", re.I
)
_YEAR = re.compile(r"^(?:1[0-9]|20)\d\d$")
_YEAR_SIGNS = ("年", "년")
_RANGE = re.compile(
    rf"({_DIGITS})(?:[–-]| (?:to|and|bis|und|à|et|a|y|إلى|و) ?|[至到])(?={_DIGITS})", re.I
)
_CHOICE = re.compile(r"\d (?:or|oder|ou|o|u|أو) \d|\d或\d", re.I)
_DAY = re.compile(r"(?:(\d{1,2})\.?(?: de| of)? )?\b(\w+)(?: de| del| of)?,? $")
_LONGEST_VALUE = 22
_WORD = re.compile(r" ([^\W\d_]+)(?=(\W*)(\w*))")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit as it may stand on screen; `written` is how the sentence has it.

    `year` says that it is a point in time.
    """

    value: str
    digits: str
    written: str
    year: bool = False


@cache
def _number(lang: str) -> re.Pattern[str]:
    units = "|".join(map(re.escape, listed(UNITS, lang)))
    space = r"[ \u00a0-]?" if spaced(lang) else r" ?"
    attached = not spaced(lang) or base(lang) == "ko"  # what follows a unit is written with it
    edge = "" if attached else r"(?!\w)"
    begin = _BEGIN if spaced(lang) else r"(?<![\dA-Za-z.,])"
    unit = rf"{space}(?P<unit>[%٪°](?:[CF])?|(?:{units}){edge})" if units else r"(?P<unit>[%٪])"
    more = rf"(?:{space}(?P<more>(?:{units}){edge})(?! \d))?" if units else "(?P<more>)"
    per = rf"(?P<per>{PER[base(lang)]})?" if base(lang) in PER else "(?P<per>)"
    whole = rf"(?:{unit}{more}{per}|{edge})"
    return re.compile(rf"{begin}(?P<sign>[$€£¥]?)(?P<digits>{_DIGITS}){whole}", re.I)


def number(sentence: str, lang: str) -> Number | None:
    """Return the number of a sentence that is worth a screen: one with a unit, else a year.

    A number that is denied, one of two to choose from, and one whose unit is not known are none.
    """
    if _CHOICE.search(sentence):
        return None
    found = list(_number(lang).finditer(sentence))
    told = [one for each in found if (one := _counted(each, sentence, lang))]
    told = [one for one in told if not _denied(one, sentence, lang)]
    if told:
        percent = [one for one in told if one.value[-1] in "%٪"]
        return (percent or told)[0]
    years = [one for each in found if (one := _dated(each, sentence, lang))]
    return years[0] if len(years) == 1 else None


def _counted(found: re.Match[str], sentence: str, lang: str) -> Number | None:
    """Return a number with its unit, or with the one word that it counts."""
    if _is_year_here(found, sentence, lang):
        return None
    value = _value(found)
    if not (found["unit"] or found["sign"]):
        noun = _noun(found, sentence, lang)
        value = f"{found['digits']}{noun}" if noun else ""
        written = found[0] + noun
    else:
        written = found[0]
    if before := _ranged(found, sentence):
        value, written = f"{before[1]}–{value}", f"{before[0]}{written}"
    if not value or len(value) > _LONGEST_VALUE:
        return None
    return Number(value, found["digits"], written)


def _ranged(found: re.Match[str], sentence: str) -> re.Match[str] | None:
    """Return where a number begins that goes up to the one that was found."""
    return next((one for one in _RANGE.finditer(sentence) if one.end() == found.start()), None)


def _noun(found: re.Match[str], sentence: str, lang: str) -> str:
    """Return the word after a number and its rate, where it surely is what is counted."""
    after = _WORD.match(sentence, found.end())
    if not spaced(lang) or not after:
        return ""
    light = {*stop_words(lang), *listed(LINKS, lang), *listed(BREAKS, lang)}
    ends = after[2].strip() or not after[3] or after[3].lower() in light
    large = len(re.sub(r"\D", "", found["digits"])) > 1
    if not (large and ends) or after[1].isupper() or after[1].lower() in light:
        return ""
    per = re.compile(PER.get(base(lang), r"(?!)")).match(sentence, after.end(1))
    return f"{after[0]}{per[0] if per else ''}"


def _value(found: re.Match[str]) -> str:
    unit = found["unit"] or ""
    if _PERCENT.match(unit):
        unit = "٪" if re.search(r"[\u0600-\u06ff]", unit) else "%"
    joint = "" if not unit or unit[0] in "%٪°" or (not unit.isascii() and len(unit) < 3) else " "
    more = f" {found['more']}" if found["more"] else ""
    return f"{found['sign']}{found['digits']}{joint}{unit}{more}{found['per'] or ''}"


def _denied(one: Number, sentence: str, lang: str) -> bool:
    """Return whether the words before a number deny what is said of it."""
    before = sentence.partition(one.written)[0].rpartition(";")[2]
    words = listed(NOT, lang)
    edge = r"(?<!\w)(?:{})(?!\w)" if spaced(lang) else "(?:{})"
    pattern = edge.format("|".join(map(re.escape, words)))
    return bool(words) and bool(re.search(pattern, before, re.I))


def _dated(found: re.Match[str], sentence: str, lang: str) -> Number | None:
    """Return a year, with its day where that stands before it."""
    digits = found["digits"]
    if not _is_year_here(found, sentence, lang):
        return None
    day = _DAY.search(sentence[: found.start()])
    if day and is_month(day[2]):
        written = sentence[day.start() : found.end()]
        return Number(written, digits, written, year=True)
    sign = found["unit"] if found["unit"] in _YEAR_SIGNS else ""
    return Number(f"{digits}{sign}", digits, digits, year=True)


def _is_year_here(found: re.Match[str], sentence: str, lang: str) -> bool:
    """Return whether digits are a year: four of them after a word that years follow."""
    if not _is_year(found["digits"]) or (found["unit"] and found["unit"] not in _YEAR_SIGNS):
        return False
    words = sentence[: found.start()].split()
    known = listed(YEARS, lang)
    before = words[-1].lower().strip(",(") if words else ""
    return found["unit"] in _YEAR_SIGNS or not known or before in known or is_month(before)


def year(sentence: str, lang: str) -> int | None:
    """Return the year that a sentence tells of, None where it names none or several."""
    found = _number(lang).finditer(sentence)
    years = [one for each in found if (one := _dated(each, sentence, lang))]
    return int(_western(years[0].digits)) if len(years) == 1 else None


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
