"""How signs are said: units, percentages, money, dates and ranges, in the language of the voice.

Voices read plain numbers well and signs badly: eSpeak says `5 km/h` letter by letter and leaves
`40%` out in Arabic. So what stands around numbers is spelled out before a voice gets it. Numbers
themselves are left to the voice, in the digits and with the signs that it knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from renderer.pronounce.arabic import TABLE as ARABIC
from renderer.pronounce.english import TABLE as ENGLISH
from renderer.pronounce.european import FRENCH, GERMAN, SPANISH
from renderer.pronounce.ordinals import german_day, ordinals
from renderer.pronounce.signs import signs
from renderer.pronounce.table import Forms, Table

Reading = tuple[int, int, str]
"""The characters `text[first:last]`, and what is said for them."""

TABLES = {"en": ENGLISH, "ar": ARABIC, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
"""Language → its table; in other languages nothing is spelled out."""

_DIGIT = "0-9٠-٩"
_NUMBER = rf"[{_DIGIT}]+(?:[.,٫٬\u00a0\u202f][{_DIGIT}]+)*"
_DATE = re.compile(r"(?<![\w.-])(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w-])")
_EASTERN = re.compile(r"[٠-٩]+(?:[٫٬][٠-٩]+)*")
_YEAR = re.compile(
    r"(?i)(?:(?<=\bin )|(?<=\bby )|(?<=\bof )|(?<=\bfrom )|(?<=\bsince )|(?<=\buntil ))"
    r"(1[1-9])(\d\d)(?![\w%°€-]|[.,]\d| ?[%°€])"
)
_DECADE = re.compile(r"(?<!\w)(1[1-9]|20|)['’]?([1-9])0s(?!\w)")
_CENTURY = re.compile(r"(?<!\w)(1[1-9])00s(?!\w)")
_PER = re.compile(r"/([^\W\d_]+[²³]?)(?!\w)")
_METRES = re.compile(r"(?<=\d[.,٫]\d)(?:\d*)(?P<space>\s?)م(?!\w)")
_TENS = ("tens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties")
_TO_WEST = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.", "٬")


def readings(text: str, lang: str) -> list[Reading]:
    """Return what is said in place of the signs of a text in a BCP 47 language, in order.

    No two overlap.
    """
    base = lang.replace("_", "-").split("-")[0].lower()
    found: list[Reading] = []
    for one in _each(text, base) if base in TABLES else ():
        if all(one[1] <= first or last <= one[0] for first, last, _ in found):
            found.append(one)
    return sorted(found)


def _each(text: str, base: str) -> Iterator[Reading]:
    """Yield readings, those that count more first."""
    table = TABLES[base]
    for match in _DATE.finditer(text):
        yield *match.span(), _date(match, table, base)
    if base == "en":
        yield from _years(text)
    yield from ordinals(text, base)
    yield from _money(text, base)
    yield from _units(text, base)
    yield from signs(text, base, table)
    for word, said in table.words.items():
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            yield *match.span(), said
    for match in _EASTERN.finditer(text):
        yield *match.span(), match[0].translate(_TO_WEST)


def _date(match: re.Match[str], table: Table, base: str) -> str:
    year, month, number = (int(part) for part in match.groups())
    day = german_day(number, match.string[: match.start()]) if base == "de" else number
    return table.date.format(day=day, month=table.months[month - 1], year=year)


def _years(text: str) -> Iterator[Reading]:
    """Yield years of earlier centuries in pairs of digits, and decades, as English says them."""
    for match in _YEAR.finditer(text):
        rest = match[2]
        low = "hundred" if rest == "00" else f"oh {rest[1]}" if rest[0] == "0" else rest
        yield *match.span(), f"{match[1]} {low}"
    for match in _DECADE.finditer(text):
        tens = "nineties" if match[2] == "9" else _TENS[int(match[2]) - 1]
        yield *match.span(), f"{match[1]} {tens}".strip()
    for match in _CENTURY.finditer(text):
        yield *match.span(), f"{match[1]} hundreds"


def _money(text: str, base: str) -> Iterator[Reading]:
    """Yield sums of money, whose currency is said after the number and its scale."""
    table = TABLES[base]
    for match in _money_pattern(base).finditer(text):
        number = match["after"] or match["before"]
        scale = match["scale"] or match["scale_before"] or ""
        scale = f" {table.short_scales[match['short']]}" if match["short"] else scale
        forms = table.currencies[match["sign"] or match["trailing"]]
        yield *match.span(), _sum(number.translate(_TO_WEST), scale, forms, table)
        yield from _per(match, table)


def _per(match: re.Match[str], table: Table) -> Iterator[Reading]:
    """Yield the unit after a stroke: what the sum or the quantity before it is for."""
    found = _PER.match(match.string, match.end())
    if found:
        one = table.units[found[1]][0] if found[1] in table.units else found[1]
        yield *found.span(), f" {table.per} {one}"


def _sum(number: str, scale: str, forms: Forms, table: Table) -> str:
    whole, _, cents = number.rpartition(table.decimal)
    if scale:
        return f"{number}{scale} {forms[0] if table.arabic else forms[-1]}"
    if whole and len(cents) == 2:
        rest = cents.lstrip("0")
        return _counted(whole, forms, table) + (f"{table.cents}{rest}" if rest else "")
    return _counted(number, forms, table)


def _units(text: str, base: str) -> Iterator[Reading]:
    """Yield units after numbers; in Arabic one and two are part of the noun."""
    table = TABLES[base]
    for match in _unit_pattern(base).finditer(text):
        number, forms = match["number"].translate(_TO_WEST), table.units[match["unit"]]
        if table.arabic and number in ("1", "2") and len(set(forms)) > 1:
            yield *match.span(), _counted(number, forms, table)
        else:
            space = "" if match["space"] else " "
            yield *match.span("unit"), space + _form(number, forms, table)
        yield from _per(match, table)
    if base == "ar":  # after whole numbers the same letter is that of years
        for match in _METRES.finditer(text):
            yield match.end() - 1, match.end(), "متر" if match["space"] else " متر"


def _counted(number: str, forms: Forms, table: Table) -> str:
    """Return a number with a noun in the form that it asks for."""
    if table.arabic and len(set(forms)) > 1 and number in ("1", "2"):
        one = "واحدة" if forms[0].split()[0].endswith("ة") else "واحد"
        return f"{forms[0]} {one}" if number == "1" else forms[1]
    return f"{number} {_form(number, forms, table)}"


def _form(number: str, forms: Forms, table: Table) -> str:
    """Return the form of a noun after a number; fractions take the plural, in Arabic the singular.

    Arabic goes by the last two digits: 3 to 10 the plural, 11 to 99 the accusative of the singular.
    """
    plain = number.replace(table.group, "").replace("\u00a0", "").replace("\u202f", "")
    if not table.arabic:
        return forms[0] if plain == "1" else forms[-1]
    if not plain.isdigit():
        return forms[0]
    last = int(plain[-2:])
    return forms[2] if 3 <= last <= 10 else forms[3] if last >= 11 else forms[0]


def _either(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"


@cache
def _money_pattern(base: str) -> re.Pattern[str]:
    table = TABLES[base]
    currencies, scales = _either(table.currencies), _either(table.scales)
    short = _either(table.short_scales)
    return re.compile(
        rf"(?<!\w)(?P<sign>{currencies})\s?(?P<after>{_NUMBER})(?:(?P<scale>\s(?:{scales}))|(?P<short>{short}))?(?!\w)"
        rf"|(?<![A-Za-zÀ-ÿ\d_.,])(?P<before>{_NUMBER})(?P<scale_before>\s(?:{scales}))?\s?"
        rf"(?P<trailing>{currencies})(?!\w)"
    )


@cache
def _unit_pattern(base: str) -> re.Pattern[str]:
    """Return what finds a unit after a number; one of a single letter stands apart from it."""
    units = TABLES[base].units
    short = [name for name in units if len(name) == 1 and name.isalpha()]
    long = [name for name in units if name not in short]
    return re.compile(
        rf"(?<![A-Za-zÀ-ÿ\d_.,])(?P<number>{_NUMBER})(?P<space>\s?)"
        rf"(?P<unit>{_either(long)}|(?<=\s)(?:{_either(short)}))(?!\w)"
    )
