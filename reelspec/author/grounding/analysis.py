"""A sentence taken apart: its words with the forms they share with kin, its figures, its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from reelspec.author.grounding.figures import Figure, figures
from reelspec.author.grounding.folding import fold, plain
from reelspec.author.grounding.wordlists import HAN_LIGHT, LIGHT, MONTHS, TRANSCRIBING

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN = re.compile(f"[{_CJK}]+")
_LETTERS = rf"[^\W\d_{_CJK}]+"
_WORD = re.compile(rf"[{_CJK}]+|{_LETTERS}(?:['-]{_LETTERS})*")
_HAN_NAME = re.compile(f"[{TRANSCRIBING}]{{1,6}}(?:·[{TRANSCRIBING}]{{1,6}})+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[a-zà-ɏ]")
_PREFIXES = (
    *("وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال", "وبال", "فبال", "وكال", "فكال"),
    *("و", "ف", "ب", "ك", "ل", "س", "وب", "ول", "وك", "فب", "فل", "وس", "فس"),
)
_SUFFIXES = ("تان", "تين", "ها", "هم", "ان", "ين", "ون", "ات", "وا", "ه", "ي", "ا", "ت")
_ENDINGS = ("'s", "ing", "ed", "es", "os", "as", "ly", "s", "d", "e", "a", "o", "n")
_KIN = 6
LONGEST = 2000
"""Characters that a sentence may have."""

_PARTICLES = {"", "von", "van", "de", "del", "di", "da", "du", "der", "bin", "ibn", "al", "el"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word that says something, its stretch of the text, and the forms that it may stand for."""

    text: str
    begin: int
    end: int
    forms: frozenset[str]

    def is_in(self, forms: frozenset[str]) -> bool:
        """Return whether a word of the same form is among some forms."""
        return not self.forms.isdisjoint(forms)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: plain text, the same folded, content words, figures, names, script.

    `forms` are those of all its words, light ones too; `capitals` and `small` its words with and
    without a capital letter.
    """

    text: str
    folded: str
    tokens: tuple[Token, ...]
    figures: tuple[Figure, ...]
    names: tuple[Token, ...]
    script: str
    forms: frozenset[str]
    capitals: frozenset[str]
    small: frozenset[str]

    @property
    def is_question(self) -> bool:
        """Return whether the sentence asks; a question claims nothing."""
        return self.text.rstrip("\"'”’»)」』 ").endswith(("?", "؟", "？"))


@lru_cache(maxsize=4096)
def said(text: str) -> Said:
    """Return a sentence taken apart; of what is longer than any sentence the beginning."""
    clean = plain(text[:LONGEST])
    folded = fold(clean)
    found = figures(folded)
    every = list(_tokens(_without(folded, found)))
    capitals = [token for token in _latin_words(clean, folded) if _is_capital(clean, token)]
    first = min((token.begin for token in every), default=0)
    return Said(
        clean,
        folded,
        tuple(token for token in every if not _is_light(token.text)),
        found,
        (*_names(clean, folded, capitals, first, found), *_han_names(folded)),
        _script(folded),
        frozenset(form for token in every for form in token.forms),
        frozenset(token.text for token in capitals),
        frozenset(token.text for token in every if not clean[token.begin].isupper()),
    )


def _is_light(word: str) -> bool:
    return word in LIGHT or (word[0] in "وف" and word[1:] in LIGHT)


def _without(folded: str, found: tuple[Figure, ...]) -> str:
    """Return a text with spaces in place of what certainly is a figure."""
    for one in found:
        if one.sure:
            folded = folded[: one.begin] + " " * (one.end - one.begin) + folded[one.end :]
    return folded


def _tokens(folded: str) -> Iterator[Token]:
    for match in _WORD.finditer(folded):
        if _HAN.search(match[0]):
            yield from _pairs(match)
        else:
            yield Token(match[0], match.start(), match.end(), forms(match[0]))


def _pairs(match: re.Match[str]) -> Iterator[Token]:
    """Yield pairs of neighbouring characters, none across a character that says little."""
    pieces = re.finditer(f"[^{''.join(HAN_LIGHT)}]+", match[0])
    for piece in pieces:
        begin, text = match.start() + piece.start(), piece[0]
        for at in range(max(1, len(text) - 1)):
            pair = text[at : at + 2]
            yield Token(pair, begin + at, begin + at + len(pair), frozenset({pair}))


def forms(word: str) -> frozenset[str]:
    """Return a folded word with what it may be without prefixes, clitics and endings."""
    if _ARABIC.match(word):
        bases = {word, *(word.removeprefix(p) for p in _PREFIXES if word.startswith(p))}
        bases = {base for base in bases if len(base) > 2} or {word}
        cut = {base.removesuffix(end) for base in bases for end in _SUFFIXES}
        return frozenset(bases | {base for base in cut if len(base) > 2})
    cut = {word.removesuffix(end) for end in _ENDINGS if len(word) - len(end) > 2}
    if word.endswith("ies"):
        cut.add(f"{word[:-3]}y")
    return frozenset({word, *cut})


def kin(token: Token) -> frozenset[str]:
    """Return the forms of a word with its beginning, which words of one family share."""
    long = len(token.text) > _KIN and not _ARABIC.match(token.text)
    return token.forms | {f"{token.text[:_KIN]}~"} if long else token.forms


def families(text: str) -> dict[str, frozenset[str]]:
    """Return the words of a text that say something in small letters, each with its kin's forms."""
    clean = plain(text)
    tokens = [token for token in _tokens(fold(clean)) if not _is_light(token.text)]
    return {clean[token.begin : token.end].lower(): kin(token) for token in tokens}


def is_month(word: str) -> bool:
    """Return whether a word names a month, in any of the languages that are known here."""
    return fold(plain(word)) in MONTHS


def script_of(text: str) -> str:
    """Return the script that most of a text is written in: latin, arabic, han or other."""
    return _script(fold(plain(text)))


def _within(token: Token, found: tuple[Figure, ...]) -> bool:
    return any(one.begin <= token.begin and token.end <= one.end for one in found)


def _script(folded: str) -> str:
    counts = {
        "arabic": len(_ARABIC.findall(folded)),
        "han": 2 * sum(len(run) for run in _HAN.findall(folded)),
        "latin": len(_LATIN.findall(folded)),
        "other": sum(map(str.isalpha, folded)) // 2,
    }
    return max(counts, key=lambda name: counts[name])


def _latin_words(clean: str, folded: str) -> list[Token]:
    return [
        Token(match[0], match.start(), match.end(), forms(match[0]))
        for match in _WORD.finditer(folded)
        if clean[match.start()].isupper()
    ]


def _is_capital(clean: str, token: Token) -> bool:
    return token.end - token.begin > 1 and clean[token.begin].isupper()


def joined(between: str) -> bool:
    """Return whether two names with that between them are parts of one."""
    return between.strip(" ·") in _PARTICLES


def _names(
    clean: str, folded: str, capitals: list[Token], first: int, found: tuple[Figure, ...]
) -> Iterator[Token]:
    """Yield the capitalised words; the first of a sentence only where the next one is one too."""
    for token, after in zip_longest(capitals, capitals[1:]):
        follows = after is not None and joined(folded[token.end : after.begin])
        acronym = clean[token.begin : token.end].isupper()
        if _within(token, found) or (token.text in LIGHT and not acronym):
            continue
        if token.begin != first or follows or acronym or _script(folded) != "latin":
            yield token


def _han_names(folded: str) -> Iterator[Token]:
    """Yield the parts of transcribed names."""
    for match in _HAN_NAME.finditer(folded):
        for part in re.finditer(r"[^·]+", match[0]):
            begin = match.start() + part.start()
            yield Token(part[0], begin, begin + len(part[0]), frozenset({part[0]}))


def unnamed(sentence: Said, known: frozenset[str], names: tuple[Token, ...]) -> list[Token]:
    """Return the names that neither a sentence has nor some forms known besides."""
    forms = sentence.forms | known
    return [
        name
        for name in names
        if not name.is_in(forms) and not (_HAN.match(name.text) and name.text in sentence.folded)
    ]


def mixed(
    narration: Said, source: Said, known: frozenset[str], names: tuple[Token, ...]
) -> list[Token]:
    """Return parts of a name that a source has as parts of two: of two people, in two sentences."""
    parts = sorted(names, key=lambda name: name.begin) if narration.script == "latin" else []
    return [
        part
        for left, right in pairwise(parts)
        if joined(narration.folded[left.end : right.begin]) and _are_two(left, right, source, known)
        for part in (left, right)
    ]


def _are_two(left: Token, right: Token, source: Said, known: frozenset[str]) -> bool:
    ours = [left.is_in(source.forms), right.is_in(source.forms)]
    if not all(ours):
        whole = left.is_in(known) and right.is_in(known)
        return any(ours) and not whole and left.is_in(known | source.forms)
    runs = [(a, b) for a, b in pairwise(source.names) if joined(source.folded[a.end : b.begin])]
    if any(left.is_in(a.forms) and right.is_in(b.forms) for a, b in runs):
        return False
    return any(left.is_in(a.forms) for a, _ in runs) and any(right.is_in(b.forms) for _, b in runs)
