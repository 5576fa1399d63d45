"""Texts → sentences → words, in any language; with the words that carry no subject matter.

Sentences are told apart as the renderer tells them apart, so that what is counted here is what is
spoken there. Languages written without spaces are counted by character.
"""

from __future__ import annotations

import re
from functools import cache

from sumy.utils import get_stop_words

from renderer.script import sentences as spoken_sentences

SPACELESS = frozenset(["zh", "yue", "ja", "th", "lo", "km", "my", "bo"])
"""Languages whose words are not told apart by spaces."""

_CJK_END = re.compile(r"([。！？]+[”’」』）]*)(?=\S)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")


def base(lang: str) -> str:
    """Return the language of a BCP 47 tag without script and region, in small letters."""
    return lang.replace("_", "-").split("-")[0].lower()


def spaced(lang: str) -> bool:
    """Return whether the words of a language are told apart by spaces."""
    return base(lang) not in SPACELESS


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each on one line."""
    line = " ".join(text.split())
    return list(spoken_sentences(_CJK_END.sub(r"\1 ", line)))


def words(text: str, lang: str) -> list[str]:
    """Return the words of a text, folded: small letters, without Arabic vowel marks.

    Where words are not told apart by spaces these are the pairs of neighbouring characters, which
    serve as well to compare sentences.
    """
    found = [_MARKS.sub("", word.lower()) for word in _WORD.findall(text)]
    if spaced(lang):
        return found
    return [pair for word in found for pair in _pairs(word)]


def _pairs(word: str) -> list[str]:
    if word.isascii() or len(word) < 2:
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]


def length(text: str, lang: str) -> int:
    """Return how long a text is: words, or letters where words are not told apart by spaces."""
    found = _WORD.findall(text)
    return len(found) if spaced(lang) else sum(map(len, found))


@cache
def stop_words(lang: str) -> frozenset[str]:
    """Return the words of a language that carry no subject matter; none where none are known."""
    try:
        listed = get_stop_words(base(lang))
    except LookupError:
        return frozenset()
    return frozenset(_MARKS.sub("", word.strip().lower()) for word in listed)


def content_words(text: str, lang: str) -> list[str]:
    """Return the words of a text that carry subject matter."""
    stop = stop_words(lang)
    return [word for word in words(text, lang) if word not in stop and not word.isdigit()]
