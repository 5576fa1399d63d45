"""A narration against the sentences of its sources, one of which has to support all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from reelspec.author.grounding.analysis import (
    LONGEST,
    Said,
    Token,
    joined,
    kin,
    mixed,
    said,
    unnamed,
)
from reelspec.author.grounding.binding import misplaced, same, strange_subject, swapped
from reelspec.author.grounding.denying import contradicted
from reelspec.author.grounding.figures import Figure
from reelspec.author.notes import Note, Source, Unsupported
from reelspec.author.segmentation import sentences

_MARK = re.compile(r"^(?:[->]|\d{1,3}\.) ")
_PRONOUNS = {
    "it",
    "its",
    "he",
    "she",
    "they",
    "this",
    "él",
    "ella",
    "ellos",
    "ellas",
    "esta",
    "este",
}
_SHARED = 0.5
_VERBATIM = 0.6
_NEARLY = 0.65


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a source, and the forms of the words in its headings and its neighbours.

    `known` are those of its own words and their kin, `meant` those that a pronoun at its beginning
    may stand for.
    """

    sentence: Said
    known: frozenset[str]
    heading: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    meant: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a sentence of a source bears a sentence of a narration: what it lacks, what it shares."""

    evidence: Evidence
    figures: tuple[Figure, ...]
    names: tuple[str, ...]
    fault: tuple[str, str] | None
    shared: float

    @property
    def supports(self) -> bool:
        """Return whether nothing is lacking."""
        return not (self.figures or self.names or self.fault) and self.shared >= _SHARED

    @property
    def order(self) -> tuple[int, float, bool]:
        """Return what sorts better verdicts first."""
        return len(self.figures) + len(self.names), -self.shared, self.fault is not None


def check(narration: str | Sequence[str], cited: Iterable[Note | Source]) -> list[Unsupported]:
    """Return what the cited notes and sources do not support, sentence by sentence.

    `narration` is one text or its sentences. A note is its quotation, a source every sentence of
    its text. Numbers, dates and names have to stand in one sentence, said of the same; a sentence
    that gives none has to share half of its words with one and what is around it. Questions are
    free to ask.
    """
    evidence = tuple(_evidence(cited))
    small = {word for one in evidence for word in one.sentence.small}
    capitals = frozenset({w for one in evidence for w in one.sentence.capitals} - small)
    spoken = sentences(narration) if isinstance(narration, str) else list(narration)
    return [fault for text in spoken for fault in _faults(text, said(text), evidence, capitals)]


def _evidence(cited: Iterable[Note | Source]) -> Iterator[Evidence]:
    for one in dict.fromkeys(cited):
        if isinstance(one, Note):
            sentence = said(one.quote)
            yield Evidence(sentence, _kin(sentence))
        else:
            yield from _from_text(one.title, one.text)


@lru_cache(maxsize=64)
def _from_text(title: str, text: str) -> tuple[Evidence, ...]:
    return tuple(_from_lines(title, text))


def _from_lines(title: str, text: str) -> Iterator[Evidence]:
    always = heading = said(title).forms
    for line in text.split("\n"):
        if line.startswith("#"):
            heading = always | said(line.lstrip("# ")).forms
        elif line.strip():
            found = [said(sentence) for sentence in sentences(_MARK.sub("", line))]
            for number, sentence in enumerate(found):
                near = found[max(0, number - 1) : number + 2]
                around = frozenset(form for one in near for form in _kin(one))
                before = found[number - 1] if number else None
                meant = _meant(sentence, before)
                yield Evidence(sentence, _kin(sentence), heading, around, meant)


def _meant(sentence: Said, before: Said | None) -> frozenset[str]:
    """Return the names and the first words of the sentence before one that begins with it."""
    first = {word.lower() for word in sentence.text.split()[:4]}
    if before is None or not first & _PRONOUNS:
        return frozenset()
    return frozenset(f for token in (*before.tokens[:2], *before.names) for f in token.forms)


def _kin(sentence: Said) -> frozenset[str]:
    return sentence.forms | {form for token in sentence.tokens for form in kin(token)}


def _faults(
    text: str, sentence: Said, evidence: tuple[Evidence, ...], capitals: frozenset[str]
) -> Iterator[Unsupported]:
    if len(text) > LONGEST:
        yield Unsupported(text, f"{text[:100]}…", "claim")
        return
    sure = tuple(figure for figure in sentence.figures if figure.sure)
    names = _names(sentence, capitals)
    if not sentence.tokens and not sure:
        return
    if not evidence:
        yield from _lacking(text, sentence, sure, _runs(sentence, names), "")
        return
    if denied := _denying(sentence, evidence):
        yield Unsupported(text, text, "claim", denied)
        return
    verdicts = [_verdict(sentence, sure, names, one, evidence) for one in evidence]
    if any(verdict.supports for verdict in verdicts) or _in_parts(sentence, verdicts, sure):
        return
    best = min(verdicts, key=lambda verdict: verdict.order)
    if sentence.is_question and not (best.figures or best.names):
        return
    nearest = best.evidence.sentence.text
    if best.figures or best.names or not best.fault:
        yield from _lacking(text, sentence, best.figures, best.names, nearest)
    else:
        kind, what = best.fault
        yield Unsupported(text, what, kind, nearest)  # type: ignore[arg-type]


def _denying(sentence: Said, evidence: tuple[Evidence, ...]) -> str:
    """Return the source's sentence that says the contrary, where none says as much and agrees."""
    if sentence.is_question:
        return ""
    shares = ((_share(sentence.tokens, one.known), one.sentence) for one in evidence)
    near = [(share, source) for share, source in shares if share >= _NEARLY]
    against = [(share, one.text) for share, one in near if contradicted(sentence, one)]
    most, text = max(against, default=(0.0, ""))
    agrees = any(share >= most and not contradicted(sentence, one) for share, one in near)
    return "" if agrees else text


def _names(sentence: Said, capitals: frozenset[str]) -> tuple[Token, ...]:
    """Return a sentence's names; the first word is one where sources write it with a capital."""
    first = sentence.tokens[:1]
    begins = [t for t in first if t.text in capitals and sentence.text[t.begin].isupper()]
    return tuple(dict.fromkeys([*begins, *sentence.names]))


def _verdict(
    sentence: Said,
    sure: tuple[Figure, ...],
    names: tuple[Token, ...],
    one: Evidence,
    evidence: tuple[Evidence, ...],
) -> Verdict:
    source = one.sentence
    figures = tuple(f for f in sure if not any(same(f, other) for other in source.figures))
    if sentence.script != source.script:
        return Verdict(one, figures, (), None, 1.0 if sure and not figures else 0.0)
    lacking = (*unnamed(source, one.meant, names), *mixed(sentence, source, one.meant, names))
    absent = tuple(_runs(sentence, (*lacking, *_borrowed(sentence, one, evidence))))
    known = one.known | one.heading
    shared = _share(sentence.tokens, known if sure or names else known | one.around)
    fault = None if figures or absent or not sure else _fault(sentence, one, shared)
    return Verdict(one, figures, absent, fault, shared)


def _share(tokens: Sequence[Token], known: frozenset[str]) -> float:
    return sum(not kin(token).isdisjoint(known) for token in tokens) / max(1, len(tokens))


def _fault(sentence: Said, one: Evidence, shared: float) -> tuple[str, str] | None:
    """Return what is said of the wrong thing in a sentence whose figures the source has."""
    figure = misplaced(sentence, one.sentence)
    if figure:
        what = sentence.text[figure.begin : figure.end].strip()
        return "date" if figure.date else "number", what
    strange = strange_subject(sentence, one.sentence, one.sentence.forms | one.heading | one.meant)
    if strange is None and shared >= _VERBATIM:
        strange = swapped(sentence, one.sentence)
    return ("claim", sentence.text[strange.begin : strange.end]) if strange else None


def _borrowed(sentence: Said, one: Evidence, evidence: tuple[Evidence, ...]) -> tuple[Token, ...]:
    """Return two words in a row that this source lacks and another has in a row.

    In scripts without capitals these are the names of somebody or something else; Chinese, where
    any two pairs in a row may be chance, shows its transcribed names by itself.
    """
    if sentence.script in ("latin", "han"):
        return ()
    known = one.sentence.forms | one.heading
    for left, right in pairwise(sentence.tokens):
        if left.is_in(known) or right.is_in(known) or right.begin - left.end > 1:
            continue
        if any(_in_a_row(left, right, other.sentence) for other in evidence):
            return left, right
    return ()


def _in_a_row(left: Token, right: Token, other: Said) -> bool:
    pairs = pairwise(other.tokens)
    return any(left.is_in(a.forms) and right.is_in(b.forms) for a, b in pairs)


def _in_parts(sentence: Said, verdicts: Sequence[Verdict], sure: tuple[Figure, ...]) -> bool:
    """Return whether a sentence without figures and names takes its words from two neighbours."""
    if sure or sentence.names or len(verdicts) < 2:
        return False
    return any(
        _share(sentence.tokens, a.evidence.known | b.evidence.known) >= 0.75
        for a, b in pairwise(verdicts)
    )


def _lacking(
    text: str,
    sentence: Said,
    figures: Iterable[Figure],
    names: Iterable[str],
    nearest: str,
) -> Iterator[Unsupported]:
    """Yield what is lacking, or the whole sentence where it is no figure and no name."""
    found = False
    for figure in figures:
        found = True
        kind = "date" if figure.date else "number"
        what = sentence.text[figure.begin : figure.end].strip()
        yield Unsupported(text, what, kind, nearest)  # type: ignore[arg-type]
    for what in names:
        found = True
        yield Unsupported(text, what, "name", nearest)
    if not found:
        yield Unsupported(text, text, "claim", nearest)


def _runs(sentence: Said, names: Sequence[Token]) -> Iterator[str]:
    """Yield names, those that stand together as one."""
    begin = end = -1
    for token in sorted(names, key=lambda token: token.begin):
        if end >= 0 and not joined(sentence.folded[end : token.begin]):
            yield sentence.text[begin:end]
            begin = -1
        begin = token.begin if begin < 0 else begin
        end = max(end, token.end)
    if begin >= 0:
        yield sentence.text[begin:end]
