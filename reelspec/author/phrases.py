"""Sentences → the few words of them that may stand on screen.

A phrase is a piece of the sentence as it was written: runs of words that carry matter, joined by
small words, in the manner of RAKE (S. Rose and others, 2010).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reelspec.author.segmentation import base, content_words, spaced, stop_words, words
from reelspec.author.wording import BREAKS, JOINTS, LEANING, LINKS, OPENERS, listed

_CLAUSE = re.compile(
    r"\s*[,;:،؛，；：、]\s+|[，；：、]|\s+[–—-]\s+|[–—]{1,2}|[()（）\[\]«»“”\"「」]"
)
_END = re.compile(r"[.!?…؟۔।。！？,;:،؛，；：、\s]+$")
_TOKEN = re.compile(r"\S+")
_FUNCTION_SIGNS = re.compile(
    "[的了是在和与及或而但也就都很被把从到对为以其这那会能可个中上下后前等着使让由于向]+"
)


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

    A clause is taken whole where it fits, or up to a word at which it may end; else a run of words.
    What was `taken` is not taken again. Empty where nothing fits.
    """
    used = {each.casefold() for each in taken}
    for found in (_clauses(sentence, matter.lang, most), _runs(sentence, matter.lang)):
        good = [each for each in found if 1 < len(each) <= most and each.casefold() not in used]
        if good:
            best = max(good, key=lambda each: (matter.weight(each), -len(each)))
            return capital(begun(best, matter))
    return ""


def clauses(sentence: str) -> list[str]:
    """Return what stands between the commas, dashes, brackets and the like of a sentence."""
    return [piece.strip() for piece in _CLAUSE.split(closed(sentence)) if piece.strip()]


def begun(clause: str, matter: Matter) -> str:
    """Return a clause without the word that only joins it to what stands before it."""
    first, _, rest = clause.partition(" ")
    if rest and first.lower() in listed(JOINTS, matter.lang):
        return rest
    bare = first.removeprefix("و")
    return clause[1:] if bare != first and matter.counts[bare] else clause


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
    leaning, ends = set(listed(LEANING, lang)), {*listed(LINKS, lang), *stop_words(lang)}
    for piece in _CLAUSE.split(closed(sentence)):
        tokens = piece.split()
        if not tokens or tokens[0].lower() in leaning | set(listed(OPENERS, lang)):
            continue
        if not spaced(lang):
            yield from [piece.strip()] if len(piece.strip()) >= 4 else []
            continue
        shown = _ending(tokens, set(listed(BREAKS, lang)), ends, most)
        if len(content_words(" ".join(shown), lang)) >= 2 and len(shown) >= 3:
            yield " ".join(shown)


def _ending(tokens: list[str], breaks: set[str], ends: set[str], most: int) -> list[str]:
    """Return the first words of a clause, up to the last word before a break that still fits."""
    cuts = [len(tokens), *(at for at in range(len(tokens) - 1, 2, -1) if tokens[at] in breaks)]
    for cut in cuts:
        shown = tokens[:cut]
        if len(" ".join(shown)) <= most and shown[-1].lower() not in ends:
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
