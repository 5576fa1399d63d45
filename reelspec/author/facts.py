"""What a sentence tells besides numbers: a quotation, a list, two sides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reelspec.author.phrases import closed
from reelspec.author.segmentation import base, spaced
from reelspec.author.wording import CONTRAST

_QUOTED = re.compile(r"[“\"«「]([^“”\"«»「」]{12,220})[”\"»」]")
_PARTICLE = r"(?:(?:von|van|der|de|del|di|da|la|bin|ibn|al|el) ){0,2}"
_NAME = rf"([A-ZÀ-ÞА-Я][\w’'-]*\.?(?: {_PARTICLE}[A-ZÀ-ÞА-Я][\w’'-]*\.?){{0,3}})"
_ROLE = r"(?:(?:the|a|der|die|el|la|le) (?:[a-zà-þ-]+ ){1,3})?"
_SAID = r"(?:said|says|wrote|writes|dijo|dice|escribió|schrieb|sagte|sagt|a dit|a écrit|écrit)"
_SAYING = re.compile(rf"\b{_SAID} {_ROLE}{_NAME}|{_NAME} (?:once )?{_SAID}\b")
_SIGNED = re.compile(r"^(.{12,}?)\s+[—–-]{1,2}\s*([^\W\d_a-z][^.!?—–]{2,60})\.?$", re.DOTALL)
_ARABIC_SAYING = re.compile(
    r"(?:قال|قالت|كتب|كتبت|يقول|تقول)\s+((?:[\u0621-\u064a]+ ?){1,3}?)\s*[:،]"
)
_MOST_WORDS = 6
_COMMA = re.compile(r"\s*(?:[;؛、，；]|[,،](?!\d)|(?<!\d)[,،])\s*")
_AND = {
    "en": "and|or",
    "ar": "و",
    "es": "y|e|o",
    "fr": "et|ou",
    "de": "und|oder",
    "zh": "和|以及|与",
}


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
    return Quotation(closed(found[1].strip()), author.strip(" .,"))


def block_quotation(text: str) -> Quotation:
    """Return what a block of quoted text quotes: the words in its marks, or all but its sign."""
    found = quotation(text)
    if found and 2 * len(found.text) > len(text) - len(found.author):
        return found
    signed = _SIGNED.match(text)
    if not signed:
        return Quotation(text.strip('“”"«»「」 '))
    return Quotation(signed[1].strip('“”"«»「」 '), signed[2].strip())


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
    short = all(2 <= len(item) <= 48 and len(item.split()) <= _MOST_WORDS for item in cleaned)
    good = 3 <= len(cleaned) <= 6 and short
    return (lead.strip(), cleaned) if good else None


def contrast(sentence: str, lang: str) -> tuple[str, str] | None:
    """Return the two sides of a sentence that sets one thing against another."""
    for between in CONTRAST.get(base(lang), ()):
        left, found, right = sentence.partition(between)
        if found and min(len(left), len(right)) >= (12 if spaced(lang) else 5):
            return closed(left), closed(right)
    return None
