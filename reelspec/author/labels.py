"""What a number on screen is said of, in words that stand beside it in its sentence."""

from __future__ import annotations

import re

from reelspec.author.leaning import leans
from reelspec.author.phrases import Matter, begun, capital, clauses, ending, phrase, points
from reelspec.author.quantities import Number
from reelspec.author.segmentation import content_words, spaced, stop_words
from reelspec.author.wording import ABOUT, BREAKS, LINKS, OF, listed

_BEFORE_YEAR = r"(?:\b(?:in|on|by|since|en|el|de|im|jahre?)|(?:و?في)?\s?(?:عام|سنة))?"
"""What stands before a year and goes with it."""


def label(sentence: str, told: Number, matter: Matter, short: int, long: int) -> str:
    """Return what a number counts or what happened in a year; empty where no piece says it.

    It is what follows the number where that names a whole (`of the light`), at most `short`
    characters; else the clause of the number, at most `long`, cut behind it where it is longer.
    """
    if told.year:
        return _happened(sentence, told, matter, long)
    clause = next((each for each in clauses(sentence) if told.written in each), "")
    share = _share(clause, told, matter, short)
    whole = len(content_words(share, matter.lang)) > 1
    return share if whole else _clause(clause, told, matter, long) or share


def _share(clause: str, told: Number, matter: Matter, most: int) -> str:
    after = clause.partition(told.written)[2].strip(" ,،，")
    words = after.split()
    if not words or words[0].lower() not in listed(OF, matter.lang):
        return ""
    shown = " ".join(ending(words, matter.lang, most, least=3))
    digits = any(map(str.isdigit, shown))
    return shown if content_words(shown, matter.lang) and not digits else ""


def _clause(clause: str, told: Number, matter: Matter, most: int) -> str:
    if not clause or leans(clause, matter.lang) or points(clause):
        return ""
    words = clause.split() if spaced(matter.lang) else [clause]
    shown = " ".join(ending(words, matter.lang, most))
    if told.written not in shown:
        return ""
    return capital(begun(_led(shown, told, matter.lang) or shown, matter))


def _led(shown: str, told: Number, lang: str) -> str:
    """Return what leads to a number that a preposition joins to it, where that says enough.

    Without one it is an object, and what leads to it would end in its verb.
    """
    if not shown.endswith(told.written) or not spaced(lang):
        return ""
    words = shown.removesuffix(told.written).split()
    joints = {*listed(LINKS, lang), *listed(BREAKS, lang)}
    weak, dropped = {*stop_words(lang), *listed(ABOUT, lang), *joints}, set[str]()
    while words and words[-1].lower() in weak:
        dropped.add(words.pop().lower())
    led = " ".join(words)
    whole = len(content_words(led, lang)) > 1 and not any(map(str.isdigit, led))
    return led if whole and dropped & joints else ""


def _happened(sentence: str, told: Number, matter: Matter, most: int) -> str:
    """Return what happened in a year, without the year."""
    return phrase(without_year(sentence, told), matter, most)


def without_year(sentence: str, told: Number) -> str:
    """Return a sentence without the year at its beginning or end, and the word before it."""
    when = rf"{_BEFORE_YEAR}\s*{re.escape(told.written)}"
    begins = re.compile(
        rf"^\W*{when}(?:[年년]에?(?:\d+月)?(?:\d+日)?)?\s*[,،，]?\s*", re.IGNORECASE
    )
    ends = re.compile(rf"[\s,،]*{when}(?=\s*(?:[.。;؛]|$))", re.IGNORECASE)
    return begins.sub("", ends.sub("", sentence, count=1), count=1)
