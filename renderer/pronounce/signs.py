"""Signs between and around numbers: times of day, ratios, ranges, minus, powers, number signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from renderer.pronounce.table import Table

Found = Iterator[tuple[int, int, str]]

_CLOCK = re.compile(
    r"(?:(?<![\w:.,٫-])|(?<=\bو))([01]?\d|2[0-4]|[٠١]?[٠-٩]|٢[٠-٤]):([0-5٠-٥]\d)"
    r"(?![\w:]|[.,]\d)(?P<sign>\s?Uhr\b)?(?P<half>(?=\s?[ap]\.?m\b))?"
)
_FRENCH_CLOCK = re.compile(r"(?<![\w:.,])([01]?\d|2[0-4])\s?h\s?([0-5]\d)(?!\w)")
_RATIO = re.compile(r"(?<![\w:.,])\d+(?::)\d+(?![\w:]|[.,]\d)")
_RANGE = re.compile(r"(?<=\d)\s?[–—]\s?(?=\d)")
_HYPHEN = re.compile(r"(?<![\w.,٫-])(\d+(?:[.,٫]\d+)?)(-)(\d+(?:[.,٫]\d+)?)(?![\d-]|[.,٫]\d)")
_MINUS = re.compile(r"(?:^|(?<=[\s(]))[-−](?=\d)")
_POWER = re.compile(r"(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|(?<=[A-Za-z])[²³](?!\w)")
_NEAR = 40  # characters before a range that are looked at
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_HOURS = (
    *("الواحدة", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة"),
    *("التاسعة", "العاشرة", "الحادية عشرة", "الثانية عشرة"),
)


def signs(text: str, base: str, table: Table) -> Found:
    """Yield what is said for the signs of numbers in a language, those that count more first."""
    yield from _clocks(text, base)
    for match in _RATIO.finditer(text):
        at = match.start() + match[0].index(":")
        yield at, at + 1, f" {table.ratio} "
    yield from _ranges(text, table)
    for match in _MINUS.finditer(text):
        yield *match.span(), f"{table.minus} "
    for match in _POWER.finditer(text):
        raised = match[0].translate(_RAISED)
        yield *match.span(), f" {table.powers.get(raised, f'{table.power} {raised}')}"
    for match in re.finditer(rf"(?<!\w)(?:{table.number_signs})\s?(?=\d)", text):
        yield *match.span(), f"{table.number} "


def _ranges(text: str, table: Table) -> Found:
    """Yield what joins the ends of ranges; a hyphen does where the second number is larger."""
    after, joined = table.between
    between = re.compile(rf"(?i)\b{after}\s[\d.,٫]+\Z")
    spans = [match.span() for match in _RANGE.finditer(text)]
    larger = (each for each in _HYPHEN.finditer(text) if _value(each[1]) < _value(each[3]))
    for first, last in (*spans, *(match.span(2) for match in larger)):
        word = joined if between.search(text[max(0, first - _NEAR) : first]) else table.to
        yield first, last, f" {word} "


def _value(written: str) -> float:
    return float(written.replace(",", ".").replace("٫", "."))


def _clocks(text: str, base: str) -> Found:
    """Yield times of day, `14:30`, in French `14 h 30` as well."""
    for match in _CLOCK.finditer(text):
        hour, minute = int(match[1]), int(match[2])
        if base == "en" and match["half"] is not None and not minute:
            yield *match.span(), f"{hour}"
        else:
            yield *match.span(), _TOLD[base](hour, minute)
    if base == "fr":
        for match in _FRENCH_CLOCK.finditer(text):
            yield *match.span(), _french(int(match[1]), int(match[2]))


def _english(hour: int, minute: int) -> str:
    return (
        f"{hour} {minute}" if minute > 9 else f"{hour} oh {minute}" if minute else f"{hour} o'clock"
    )


def _german(hour: int, minute: int) -> str:
    return f"{'ein' if hour == 1 else hour} Uhr" + (f" {minute}" if minute else "")


def _french(hour: int, minute: int) -> str:
    return ("une heure" if hour == 1 else f"{hour} heures") + (f" {minute}" if minute else "")


def _spanish(hour: int, minute: int) -> str:
    told = "una" if hour == 1 else hour
    return f"{told} y {minute}" if minute else f"{told} en punto"


def _arabic(hour: int, minute: int) -> str:
    """Return a time with its hour as an ordinal; a half and a quarter have words of their own."""
    told = _HOURS[hour - 1] if 1 <= hour <= len(_HOURS) else f"{hour}"
    if not minute:
        return told
    if minute in (15, 30) and told != f"{hour}":
        return f"{told} {'والنصف' if minute == 30 else 'والربع'}"
    return f"{told} و{minute} {'دقائق' if 3 <= minute <= 10 else 'دقيقة'}"


_TOLD: dict[str, Callable[[int, int], str]] = {
    "en": _english,
    "de": _german,
    "fr": _french,
    "es": _spanish,
    "ar": _arabic,
}
