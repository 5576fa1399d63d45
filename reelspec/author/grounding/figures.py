"""Numbers and dates in a sentence, by value, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from reelspec.author.grounding.wordlists import (
    FRACTIONS,
    HUNDREDS,
    MONTHS,
    MULTIPLES,
    NUMBERS,
    PARTS,
    PERCENT,
)

Values = frozenset[Fraction | tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date and its stretch of the text; `values` are all that it may mean.

    A day of a year's month is a pair of month and day, day 0 for the whole month. What is not
    `sure` may be no number at all, as `two` and `一` often are.
    """

    values: Values
    begin: int
    end: int
    percent: bool = False
    date: bool = False
    sure: bool = True


def _longest_first(words: Iterable[str]) -> str:
    """Return a pattern of any of the words."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_GAP = "[ \u00a0\u202f]"
_DIGITS = re.compile(
    rf"(?<![a-z0-9à-ÿ])(?<!\d[.,])(?:\d{{1,3}}(?:{_GAP}\d{{3}})+|\d+(?:[.,']\d+)*)(?![a-z]{{3}}\d)"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th|º|ª|\.º)\b")
_PERCENT = re.compile(rf"{_GAP}?(?:%|(?:{'|'.join(PERCENT)})(?!\w))")
_PERCENT_BEFORE = re.compile(r"(?:百分之|%)$")
_MULTIPLE = re.compile(
    rf"{_GAP}?(?:(?P<han>[千万萬亿億])|(?P<word>{_longest_first(MULTIPLES)})(?!\w))"
)
_MONTH = _longest_first(MONTHS)
_TH = "(?:st|nd|rd|th|º)"
_DATES = (
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th|º)?{_GAP}(?:de |of )?(?P<m>{_MONTH})(?!\w)"
    ),
    re.compile(rf"(?<!\w)(?P<m>{_MONTH}){_GAP}(?P<d>\d{{1,2}}){_TH}?(?!\d)"),
    re.compile(rf"(?<!\w)(?P<m>{_MONTH})(?=,?{_GAP}(?:de |del |of )?\d{{4}}(?!\d))"),
    re.compile(r"(?P<n>\d{1,2})月(?:(?P<d>\d{1,2})[日号號])?"),
    re.compile(r"(?<!\d)(?:(?P<y>\d{4})-(?P<n>\d\d)-(?P<d>\d\d))(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[/.](?P<n>\d{1,2})[/.](?P<y>\d{4})(?!\d)"),
)
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[零〇一二两兩三四五六七八九十百千万萬亿億]+")
_PART = re.compile(r"([零一二两三四五六七八九十百\d]+)分之([零一二两三四五六七八九十百\d]+)")
_COUNTED = "年月日天个個只片层倍次种種度克米里小分秒人岁世周星公项座条步块粒千万亿%"
_HAN_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_HAN_DIGITS |= {"〇": 0, "两": 2, "兩": 2}
_ROMAN = re.compile(r"(?<=siglo )[ivx]{1,5}\b")
_CLITIC = re.compile(r"^(?:و|ف)?(?:ب|ل|ك)?(?:ال)?")


def figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers and dates in a folded text, in order, none within another."""
    found: list[Figure] = []
    for finder in (_dates, _parts, _digits, _han, _roman, _words):
        for figure in finder(text):
            if all(figure.end <= one.begin or figure.begin >= one.end for one in found):
                found.append(figure)
    return tuple(sorted(found, key=lambda figure: figure.begin))


def _dates(text: str) -> Iterator[Figure]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            named = match.groupdict()
            month = MONTHS[named["m"]] if named.get("m") else int(named["n"])
            day = int(named.get("d") or 0)
            pairs = {(month, day), (day, month)} if "/" in match[0] else {(month, day)}
            yield Figure(frozenset(pairs), match.start(), match.end(), date=True)
            if named.get("y"):
                year = frozenset({Fraction(int(named["y"]))})
                yield Figure(year, match.end(), match.end(), date=True)


def _parts(text: str) -> Iterator[Figure]:
    """Yield fractions such as 三分之一; 百分之 is a percentage."""
    for match in _PART.finditer(text):
        below, above = _han_value(match[1]), _han_value(match[2])
        if match[1] == "百":
            yield Figure(frozenset({above}), match.start(), match.end(), percent=True)
        elif below:
            yield Figure(frozenset({above / below}), match.start(), match.end())


def _digits(text: str) -> Iterator[Figure]:
    for match in _DIGITS.finditer(text):
        values, end = _read(match[0]), match.end()
        ordinal = _ORDINAL.match(text, end)
        end = ordinal.end() if ordinal else end
        if len(values) > 1 and not _MULTIPLE.match(text, end):
            values = {max(values)}  # 1,420 and 1.420 alone are more than a thousand
        while multiple := _MULTIPLE.match(text, end):
            factor = MULTIPLES[multiple["han"] or multiple["word"]]
            values, end = {value * factor for value in values}, multiple.end()
        percent = _PERCENT.match(text, end)
        before = _PERCENT_BEFORE.search(text, 0, match.start())
        year = bool(re.fullmatch(r"1\d{3}|20\d\d", match[0])) and end == match.end()
        yield Figure(
            frozenset(values),
            before.start() if before else match.start(),
            percent.end() if percent else end,
            percent=bool(percent or before),
            date=year and not percent,
        )


def _read(written: str) -> set[Fraction]:
    """Return the values of digits with separators; one that may be of two kinds gives two."""
    bare = re.sub(f"{_GAP}|'", "", written)
    signs = re.findall("[.,]", bare)
    if not signs:
        return {Fraction(int(bare))}
    whole, _, rest = bare.rpartition(signs[-1])
    thousands = Fraction(int(re.sub("[.,]", "", bare)))
    decimal = Fraction(f"{re.sub('[.,]', '', whole)}.{rest}")
    grouped = re.fullmatch(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*", bare)
    if grouped and len(signs) > 1:
        return {thousands}
    return {thousands, decimal} if grouped else {decimal}


def _han_value(text: str) -> Fraction:
    """Return the value of Chinese numerals, or of digits."""
    if text.isdecimal():
        return Fraction(int(text))
    total = section = digit = 0
    for sign in text:
        if sign in _HAN_DIGITS:
            digit = digit * 10 + _HAN_DIGITS[sign]
        elif sign in "十百千":
            section += (digit or 1) * 10 ** ("十百千".index(sign) + 1)
            digit = 0
        else:
            total += (section + digit or 1) * MULTIPLES[sign]
            section = digit = 0
    return Fraction(total + section + digit)


def _han(text: str) -> Iterator[Figure]:
    for match in _HAN.finditer(text):
        value = _han_value(match[0])
        after = text[match.end() : match.end() + 1]
        counted = bool(after) and after in _COUNTED and match[0] + after != "十分"
        sure = value > 2 and (counted or len(match[0]) > 1)
        yield Figure(frozenset({value}), match.start(), match.end(), sure=sure)


def _roman(text: str) -> Iterator[Figure]:
    """Yield the Roman numbers of centuries."""
    for match in _ROMAN.finditer(text):
        value, before = 0, 0
        for sign in reversed(match[0]):
            unit = {"i": 1, "v": 5, "x": 10}[sign]
            value += unit if unit >= before else -unit
            before = max(before, unit)
        yield Figure(frozenset({Fraction(value)}), match.start(), match.end())


def _words(text: str) -> Iterator[Figure]:
    """Yield the numbers that are written as words, several joined to one."""
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        near = found and re.fullmatch(rf"[ -]{{1,2}}|{_GAP}", text[found[-1].end() : match.start()])
        if found and not near:
            yield from _said(found, text)
            found = []
        word = _bare(match[0])
        if _is_number(word) or (found and match[0] in ("and", "y")):
            found.append(match)
        else:
            yield from _said(found, text)
            yield from _part(match, text)
            found = []
    yield from _said(found, text)


def _is_number(word: str) -> bool:
    return word in NUMBERS or word in HUNDREDS or word in MULTIPLES


def _bare(word: str) -> str:
    """Return a word without what Arabic writes together with it, where a number is left."""
    bare = "" if word in PERCENT else _CLITIC.sub("", word)
    return word if _is_number(word) or not _is_number(bare) else bare


def _said(found: list[re.Match[str]], text: str) -> Iterator[Figure]:
    while found and found[-1][0] in ("and", "y"):
        found = found[:-1]
    words = [_bare(match[0]) for match in found if match[0] not in ("and", "y")]
    if not words or words == ["mil"]:
        return
    begin, end = found[0].start(), found[-1].end()
    part = PARTS.get(words[0]) if re.search(r"\b(?:a|one) $", text[:begin]) else None
    values = {Fraction(1, part)} if part else {Fraction(_sum(words))}
    percent = _PERCENT.match(text, end)
    sure = bool(percent or part) or max(values) > 2
    last = percent.end() if percent else end
    yield Figure(frozenset(values), begin, last, percent=bool(percent), sure=sure)


def _sum(words: list[str]) -> int:
    total = now = 0
    for word in words:
        if word in HUNDREDS:
            now = now * 100 if 0 < now < 10 else now + 100
        elif word in MULTIPLES:
            total, now = total + (now or 1) * MULTIPLES[word], 0
        else:
            now += NUMBERS[word]
    return total + now


def _part(match: re.Match[str], text: str) -> Iterator[Figure]:
    word = re.sub("^(?:و|ب)?(?:ال)?", "", match[0])
    below = FRACTIONS.get(match[0]) or FRACTIONS.get(word)
    if below is None and re.search(r"\b(?:a|one) $", text[: match.start()]):
        below = PARTS.get(match[0])
    if below:
        twice = re.search(r"\b(?:two|dos) $", text[: match.start()]) or word in ("ثلثي", "ثلثا")
        value = Fraction(2 if twice else 1, below)
        yield Figure(frozenset({value}), match.start(), match.end())
