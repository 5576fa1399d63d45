"""Sentences → the few words of them that may stand on screen.

A phrase is a piece of the sentence as it was written: runs of words that carry matter, joined by
small words, in the manner of RAKE (S. Rose and others, 2010).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reelspec.author.segmentation import base, content_words, spaced, stop_words, words
from reelspec.author.wording import (
    BREAKS,
    JOINTS,
    LEANING,
    LINKS,
    OPENERS,
    PRONOUNS,
    RELATIVES,
    listed,
)

_CLAUSE = re.compile(
    r"\s*[,;:،؛，；：、]\s+|[，；：、]|\s+[–—-]\s+|[–—]{1,2}|[()（）\[\]«»“”\"「」]"
)
_STRONG = re.compile(r"\s*[;:؛]\s+|\s+[–—-]\s+|[–—]{1,2}|[()\[\]«»“”\"]")
_PAIRED = re.compile(r"the (?:more|less|\w+er)\b.*, the (?:more|less|\w+er)\b", re.IGNORECASE)
_END = re.compile(r"[.!?…؟۔।。！？,;:،؛，；：、\s]+$")
_ARABIC_BEGIN = re.compile(
    r"(?:و\w{3}|ال\w{3}|[يت]\w{2}|في$|من$|عن$|عند$|على$|إلى$|بعد$|قبل$|قد$|لا$|لم$)"
)
"""What follows a joining `و` where it is no letter of the word itself."""

_YEAR = r"(?:1\d|20)\d\d"
_IN = "in|since|en|desde|im jahre?|عام|و?في عام|ففي عام|في سنة"
_WHEN = re.compile(rf"^(?:(?:{_IN}) {_YEAR}|{_YEAR}年)[,،，]? ?", re.IGNORECASE)
_TOKEN = re.compile(r"\S+")
_FUNCTION_SIGNS = re.compile(
    "[的了是在和与及或而但也就都很被把从到对为以其这那会能可个中上下后前等着使让由于向]+"
)


_STANDS_FOR = frozenset(["it", "them", "they", "him", "he", "she", "these", "those", "this"])
"""Words that mean something only beside another sentence."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a text is about: how often each of its words occurs."""

    lang: str
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, texts: Iterable[str], lang: str) -> Matter:
        """Return the matter of some texts."""
        return cls(lang, Counter(word for text in texts for word in content_words(text, lang)))

    def weight(self, text: str) -> float:
        """Return how much matter a piece of text carries; each word counts once."""
        found = dict.fromkeys(content_words(text, self.lang))
        return sum(1.0 + min(self.counts[word], 8) / 8 for word in found)


def phrase(sentence: str, matter: Matter, most: int, taken: Iterable[str] = ()) -> str:
    """Return the piece of a sentence that says most in at most `most` characters.

    A clause is taken whole where it fits, or up to a word at which it may end. What was `taken` is
    not taken again, nor a number alone. Empty where nothing fits.
    """
    return _best(_clauses(sentence, matter.lang, most), matter, most, taken)


def nouns(sentence: str, matter: Matter, most: int, taken: Iterable[str] = ()) -> str:
    """Return a run of words of a sentence that is likely to be a noun with its own; or nothing."""
    return _best(_runs(sentence, matter.lang), matter, most, taken)


def _best(found: Iterable[str], matter: Matter, most: int, taken: Iterable[str]) -> str:
    used = {each.casefold() for each in taken}
    fit = [each for each in found if len(each) <= most and each.casefold() not in used]
    good = [each for each in fit if sum(map(str.isalpha, each)) > 1]
    if not good:
        return ""
    return capital(begun(max(good, key=lambda each: (matter.weight(each), -len(each))), matter))


def clauses(sentence: str) -> list[str]:
    """Return what stands between the commas, dashes, brackets and the like of a sentence."""
    return [piece.strip() for piece in _CLAUSE.split(closed(sentence)) if piece.strip()]


def begun(clause: str, matter: Matter) -> str:
    """Return a clause without the word that only joins it to what stands before it."""
    first, _, rest = clause.partition(" ")
    if rest and first.lower() in listed(JOINTS, matter.lang):
        return rest
    bare = first[1:] if first[:1] in ("و", "ف") else ""
    known = bare in stop_words(matter.lang) or matter.counts[bare]
    joined = bare and (known or (first[0] == "و" and _ARABIC_BEGIN.match(bare)))
    return clause[1:] if joined else clause


def capital(text: str) -> str:
    """Return the text with a capital letter where it begins with a small one."""
    return text[:1].upper() + text[1:] if text[1:2] == text[1:2].lower() else text


def closed(text: str) -> str:
    """Return the text without the punctuation at its end."""
    return _END.sub("", text)


def _clauses(sentence: str, lang: str, most: int) -> Iterator[str]:
    """Yield the clauses that stand by themselves, those that are too long up to where they may end.

    Each has several words, leans on nothing before it, and ends in a word that carries matter.
    """
    for piece in _pieces(closed(undated(sentence)), lang, most):
        tokens = piece.split()
        if not spaced(lang):
            weak = (*listed(LEANING, lang), *listed(OPENERS, lang))
            yield from [piece] if len(piece) >= 4 and not piece.startswith(weak) else []
            continue
        shown = ending(tokens, lang, most)
        text = " ".join(shown)
        if len(content_words(text, lang)) >= 2 and len(shown) >= 3 and not points(text):
            yield text


def points(text: str) -> bool:
    """Return whether a text has a word that means something only beside another sentence."""
    return not _STANDS_FOR.isdisjoint(text.lower().split())


def _pieces(sentence: str, lang: str, most: int) -> Iterator[str]:
    """Yield the parts of a sentence that may stand by themselves.

    Between commas these are the first piece, the one after a circumstance (`in summer, …`), and
    those that are joined to it (`…, and …`); others may be items of a list. A part that fits is
    given as a whole too.
    """
    if not spaced(lang):
        yield from (piece.strip() for piece in _CLAUSE.split(sentence) if piece.strip())
        return
    weak = {*listed(LEANING, lang), *listed(PRONOUNS, lang), *listed(OPENERS, lang)}
    weak -= set(listed(JOINTS, lang))
    for part in filter(None, map(str.strip, _STRONG.split(sentence))):
        good = (piece for piece in _of_part(part, lang, most) if _first(piece) not in weak)
        yield from good


def _of_part(part: str, lang: str, most: int) -> Iterator[str]:
    pieces = [] if _PAIRED.match(part) else clauses(part)
    yield from [part] if len(part) <= most else []
    yield from pieces[:1]
    if len(pieces) > 1 and _first(pieces[0]) in listed(OPENERS, lang):
        yield pieces[1]
    joints = listed(JOINTS, lang)
    yield from (each for each in pieces[1:] if _first(each) in joints and len(each.split()) > 4)


def _first(piece: str) -> str:
    word = piece.split(maxsplit=1)[0].lower() if piece.strip() else ""
    joined = word[:1] in ("و", "ف") and word[1:] in listed(OPENERS, "ar")
    return word[1:] if joined else word


def undated(sentence: str) -> str:
    """Return a sentence without the year that it begins with."""
    return _WHEN.sub("", sentence.lstrip(), count=1)


def ending(tokens: Sequence[str], lang: str, most: int, least: int = 4) -> Sequence[str]:
    """Return a clause, or its first words up to the last at which it may be cut and still fits.

    No clause is cut within another, and none down to fewer than `least` words.
    """
    if len(" ".join(tokens)) <= most:
        return tokens if tokens[-1].lower() not in listed(LINKS, lang) else []
    breaks, opens = set(listed(BREAKS, lang)), set(listed(RELATIVES, lang))
    ends = {*listed(LINKS, lang), *stop_words(lang), *opens}
    for cut in range(len(tokens) - 1, least - 1, -1):
        shown = tokens[:cut]
        if tokens[cut].lower() not in breaks or shown[-1].lower() in ends:
            continue
        near = [token.lower() for token in (*shown, *tokens[cut : cut + 4])]
        if len(" ".join(shown)) <= most and opens.isdisjoint(near):
            return shown
    return []


def _runs(sentence: str, lang: str) -> Iterator[str]:
    pieces = (piece for piece in _CLAUSE.split(closed(sentence)) if piece.strip())
    for piece in pieces:
        yield from _spaced_runs(piece, lang) if spaced(lang) else _unspaced_runs(piece, lang)


def _unspaced_runs(piece: str, lang: str) -> Iterator[str]:
    """Yield what stands between the signs of grammar of Chinese, or between spaces."""
    cut = _FUNCTION_SIGNS.split(piece) if base(lang) in ("zh", "yue") else piece.split()
    yield from (run.strip() for run in cut if len(run.strip()) >= 2)
    yield piece.strip()


def _spaced_runs(piece: str, lang: str) -> Iterator[str]:
    """Yield every run of words that begins and ends with matter; links may stand inside.

    Runs that follow a link are the object of something, and likely to be a noun with its own: only
    they are given.
    """
    links, stop = set(listed(LINKS, lang)), stop_words(lang)
    runs: list[list[str]] = [[]]
    for token in _TOKEN.findall(piece):
        word = "".join(words(token, lang))
        runs += [[]] if word in stop and word not in links else []
        if word in links or word not in stop:
            runs[-1].append(token)
    objects = [run for run in runs if run and "".join(words(run[0], lang)) in links]
    for run in objects:
        yield from _trimmed(run, links | stop, lang)


def _trimmed(run: list[str], weak: set[str], lang: str) -> Iterator[str]:
    """Yield a run and, where it is long, its ends, without weak words at the edges."""
    strong = [index for index, token in enumerate(run) if "".join(words(token, lang)) not in weak]
    for first in strong:
        if 0 < strong[-1] - first < 7:
            yield " ".join(run[first : strong[-1] + 1])
