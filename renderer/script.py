"""`say` → lines to speak: sentences told apart, marks and pauses taken out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from renderer.errors import Place
from renderer.nouns import Line, Voice
from renderer.times import seconds

_COMMAND = re.compile(r"\[\[\s*(?:pause\s+(?P<pause>[^\]\[]*?)|(?P<mark>[^\]\[]*?))\s*\]\]")
_MARKUP = re.compile(
    r"\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])|`([^`]+)`"
)
_MARK = "\ue000"
_PAUSE = "\ue001"
_END = re.compile(rf"[.!?…؟۔।。！？]+[\"'”’»)\]]*(?=[\s{_MARK}]|$)")
_ABBREVIATIONS = {
    *("dr", "mr", "mrs", "ms", "prof", "st", "jr", "sr", "vs", "approx", "ca", "cf", "dept", "د"),
    *("e.g", "i.e", "a.m", "p.m", "u.s", "u.k", "u.n", "al", "inc", "ltd", "co"),
}
_LONGEST_WORD = 40
_BEFORE_NUMBERS = {"no", "fig", "vol", "p", "pp", "ch"}


@dataclass(frozen=True, slots=True)
class Script:
    """What one text says: its lines, the pause after them in seconds, and pauses it cannot read."""

    lines: tuple[Line, ...]
    closing_pause: Fraction
    bad_pauses: tuple[str, ...] = ()


def script(text: str, voice: Voice, place: Place, fps: Fraction) -> Script:
    """Return the lines of a narration, one for each sentence; what cannot be spoken is dropped."""
    plain, marks, pauses, bad = _commands(text, fps)
    drafts, closing = _drafts(plain, pauses)
    names = iter(marks)
    lines = [
        _line(sentence, names, Line("", voice, place, {}, pause)) for sentence, pause in drafts
    ]
    return Script(tuple(lines), closing, tuple(bad))


def _drafts(plain: str, pauses: list[Fraction]) -> tuple[list[tuple[str, Fraction]], Fraction]:
    """Return the sentences, each with the pause before it, and the pause after the last.

    Marks of what is dropped go to the sentence after it, at the end to the one before.
    """
    drafts: list[tuple[str, Fraction]] = []
    pause, carried, lengths = Fraction(0), "", iter(pauses)
    for piece in re.split(f"({_PAUSE})", plain):
        if piece == _PAUSE:
            pause += next(lengths)
            continue
        for sentence in sentences(piece):
            if _speakable(sentence):
                drafts.append((carried + sentence, pause))
                pause, carried = Fraction(0), ""
            else:
                carried += _MARK * sentence.count(_MARK)
    if carried and drafts:
        drafts[-1] = (drafts[-1][0] + carried, drafts[-1][1])
    return drafts, pause if drafts else Fraction(0)


def _commands(text: str, fps: Fraction) -> tuple[str, list[str], list[Fraction], list[str]]:
    """Return the text with one character for each mark and pause, and what they stand for."""
    marks: list[str] = []
    pauses: list[Fraction] = []
    bad: list[str] = []

    def token(match: re.Match[str]) -> str:
        if match["mark"] == "":
            return " "
        if match["pause"] is None:
            marks.append(match["mark"])
            return _MARK
        length = seconds(match["pause"], fps)
        if length is None:
            bad.append(match["pause"])
            return " "
        pauses.append(length)
        return _PAUSE

    clean = re.sub(f"[{_MARK}{_PAUSE}]", "", text)
    plain = _COMMAND.sub(token, clean)
    plain = _MARKUP.sub(lambda match: match[1] or match[2] or match[3], plain)
    return re.sub(r"\s+", " ", plain), marks, pauses, bad


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text on one line, stripped; numbers and abbreviations stay whole."""
    begin = 0
    for found in _END.finditer(text):
        if not _is_inner(text, begin, found):
            yield text[begin : found.end()].strip()
            begin = found.end()
    if text[begin:].strip():
        yield text[begin:].strip()


def _is_inner(text: str, begin: int, end: re.Match[str]) -> bool:
    """Return whether a full stop belongs to an abbreviation or an initial and ends no sentence."""
    after = text[end.end() :].lstrip(f" {_MARK}")
    if not after or set(end[0]) - {".", "…"}:
        return False
    near = text[max(begin, end.start() - _LONGEST_WORD) : end.start()]
    word = re.split(rf"[\s(\"'“‘«{_MARK}]", near)[-1]
    if word.lower() in _BEFORE_NUMBERS:
        return after[0].isdigit()
    initial = len(word) == 1 and word.isupper()
    return initial or word.lower() in _ABBREVIATIONS or after[0].islower()


def _line(sentence: str, names: Iterator[str], empty: Line) -> Line:
    """Return the line of a sentence; a mark's index is that of the next character but spaces."""
    text, marks, waiting = "", dict[str, int](), list[str]()
    for character in sentence:
        if character == _MARK:
            waiting.append(next(names))
        elif character != " ":
            marks |= dict.fromkeys(waiting, len(text))
            waiting, text = [], text + character
        elif text and text[-1] != " ":
            text += character
    text = text.rstrip()
    return replace(empty, text=text, marks={**marks, **dict.fromkeys(waiting, len(text))})


def _speakable(text: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in text)
