"""Numbers that rank, and the days of German dates, where voices read them as plain numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

Found = Iterator[tuple[int, int, str]]

_FRENCH = (
    *("deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième"),
    *("neuvième", "dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième"),
    *("seizième", "dix-septième", "dix-huitième", "dix-neuvième", "vingtième", "vingt et unième"),
)  # from the second on
_SPANISH = (
    *("primer", "segund", "tercer", "cuart", "quint", "sext", "séptim", "octav", "noven"),
    *("décim", "undécim", "duodécim"),
)
_ARABIC = (
    *("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"),
    *("العاشر", "الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر"),
    *("السادس عشر", "السابع عشر", "الثامن عشر", "التاسع عشر", "العشرين", "الحادي والعشرين"),
)
_GERMAN = (
    *("erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"),
    *("elft", "zwölft", "dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt"),
    *("achtzehnt", "neunzehnt", "zwanzigst", "einundzwanzigst", "zweiundzwanzigst"),
    *("dreiundzwanzigst", "vierundzwanzigst", "fünfundzwanzigst", "sechsundzwanzigst"),
    *("siebenundzwanzigst", "achtundzwanzigst", "neunundzwanzigst", "dreißigst"),
    "einunddreißigst",
)
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"

_OF_FRENCH = re.compile(r"(?<![\w.,])(\d{1,2})(?:e|ème|nd|nde)(?!\w)")
_OF_SPANISH = re.compile(r"(?<![\w.,])(\d{1,2})\.?([ºª])(?!\w)")
_OF_ARABIC = re.compile(
    r"\b[وفبك]?(?:القرن|المركز|الفصل|الصف|اليوم) ((?:الـ ?)?(\d{1,2}))(?!\w|[.,٫]\d|\s?[%٪])"
)
_OF_GERMAN = re.compile(rf"(?<![\w.,])(\d{{1,2}})\.(?= (?:{_MONTHS}))")
_BENT = re.compile(r"(?i)\b(?:am|vom|zum|dem|den|bis|seit|ab)\s$")


def ordinals(text: str, base: str) -> Found:
    """Yield what is said for the ordinal numbers of a text in a language."""
    if base == "fr":
        for match in _OF_FRENCH.finditer(text):
            yield from _told(match.span(), _FRENCH, int(match[1]) - 2)
    elif base == "es":
        for match in _OF_SPANISH.finditer(text):
            yield from _told(
                match.span(), _SPANISH, int(match[1]) - 1, "o" if match[2] == "º" else "a"
            )
    elif base == "ar":
        for match in _OF_ARABIC.finditer(text):
            yield from _told(match.span(1), _ARABIC, int(match[2]) - 1)
    elif base == "de":
        for match in _OF_GERMAN.finditer(text):
            yield *match.span(), german_day(int(match[1]), text[: match.start()])


def _told(span: tuple[int, int], words: tuple[str, ...], index: int, ending: str = "") -> Found:
    if 0 <= index < len(words):
        yield *span, words[index] + ending


def german_day(day: int, before: str) -> str:
    """Return the day of a date in words, in the case that what stands before it asks for."""
    if not 1 <= day <= len(_GERMAN):
        return f"{day}."
    return _GERMAN[day - 1] + ("en" if _BENT.search(before) else "er")
