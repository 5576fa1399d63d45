"""What a figure is said of: the same thing in a narration as in the sentence that supports it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from reelspec.author.grounding.analysis import Said, Token
from reelspec.author.grounding.figures import Figure

_JOINTS = "and|or|against|while|y|o|u|frente|mientras"
_CUT = re.compile(
    rf"[,،](?!\d)|[;؛，；、]|(?<=[\s\d])(?:{_JOINTS})(?=\s)|和|与|(?<=\s)(?=و(?:ال|\d))"
)
_INTRO = re.compile(r"^\s*\w+(?: \w+)?\s*[,،，]")
_UNITS = re.compile(r"\s*([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with the figures of one kind in it, and its content words."""

    tokens: tuple[Token, ...]
    figures: tuple[Figure, ...]


def clauses(sentence: Said, date: bool) -> list[Clause]:
    """Return a sentence cut so that each clause has a figure and something that it is said of."""
    found = [one for one in sentence.figures if one.sure and one.date == date]
    edges = [0, *(match.start() for match in _CUT.finditer(sentence.folded)), len(sentence.folded)]
    cut: list[Clause] = []
    for begin, end in pairwise(edges):
        tokens = tuple(token for token in sentence.tokens if begin <= token.begin < end)
        inside = tuple(figure for figure in found if begin <= figure.begin < end)
        before = inside and any(token.begin < inside[0].begin for token in tokens)
        if cut and inside and not before and (cut[-1].figures or not tokens):
            cut[-1] = Clause(cut[-1].tokens + tokens, cut[-1].figures + inside)
        else:
            cut.append(Clause(tokens, inside))
    return cut


def same(one: Figure, other: Figure) -> bool:
    """Return whether two figures may mean the same."""
    return one.percent == other.percent and not one.values.isdisjoint(other.values)


def misplaced(narration: Said, source: Said) -> Figure | None:
    """Return a figure that the source gives, but for something else than the narration."""
    for figure in narration.figures:
        for date in (True, False):
            if figure.sure and _is_misplaced(figure, narration, clauses(source, date)):
                return figure
        if figure.sure and _other_unit(figure, narration, source):
            return figure
    return None


def _is_misplaced(figure: Figure, narration: Said, cut: Sequence[Clause]) -> bool:
    """Return whether the narration says of a figure what another clause says of another one."""
    counted = [clause for clause in cut if clause.figures]
    own = [
        number for number, one in enumerate(counted) if any(same(figure, f) for f in one.figures)
    ]
    if len(counted) < 2 or len(own) != 1 or not counted[own[0]].tokens:
        return False
    here = counted[own[0]]
    near = _near(figure, narration)
    rest = [clause for clause in cut if not clause.figures]
    told = _with(figure, narration)
    others = [c for c in counted if c is not here and not _all_in(c.figures, told)]
    shared = _forms([here, *rest])
    strange = [token for token in near if not token.is_in(shared)]
    elsewhere = [token for token in strange if token.is_in(_forms(others))]
    after = [clause for clause in others if clause in counted[own[0] + 1 :]]
    later = [token for token in elsewhere if token.is_in(_forms(after))]
    agreed = [token for token in near if token.is_in(_forms([here]))]
    subject = any(here.tokens[0].is_in(token.forms) for token in (*near, *_unit(figure, narration)))
    return bool(elsewhere) and (not subject or len(later) > len(agreed))


def _near(figure: Figure, narration: Said) -> tuple[Token, ...]:
    """Return the words of the narration's own clause around a figure, but its unit."""
    cut = [clause for clause in clauses(narration, figure.date) if clause.figures]
    own = next((clause for clause in cut if figure in clause.figures), None)
    tokens = narration.tokens if own is None or len(cut) < 2 else own.tokens
    return tuple(token for token in tokens if token not in _unit(figure, narration))


def _with(figure: Figure, narration: Said) -> tuple[Figure, ...]:
    """Return the figures of the narration's own clause around a figure."""
    cut = clauses(narration, figure.date)
    return next((clause.figures for clause in cut if figure in clause.figures), ())


def _all_in(figures: Sequence[Figure], told: Sequence[Figure]) -> bool:
    return all(any(same(one, other) for other in told) for one in figures)


def _unit(figure: Figure, sentence: Said) -> tuple[Token, ...]:
    """Return the word after a figure, none where another sign is between."""
    return tuple(token for token in sentence.tokens if 0 <= token.begin - figure.end < 2)[:1]


def _forms(cut: Sequence[Clause] | Iterator[Clause]) -> frozenset[str]:
    return frozenset(form for clause in cut for token in clause.tokens for form in token.forms)


def _other_unit(figure: Figure, narration: Said, source: Said) -> bool:
    """Return whether the word after a figure is one that the source does not have at all."""
    unit = _unit(figure, narration)
    if _is_numbered(figure, narration):
        return False
    if not unit or figure.date or figure.percent or unit[0].is_in(source.forms):
        return False
    theirs = [one for one in source.figures if same(figure, one)]
    return all(_UNITS.match(source.folded, one.end) for one in theirs)


def _is_numbered(figure: Figure, narration: Said) -> bool:
    """Return whether a figure belongs to the name before it, as in `Vanguard 1`."""
    before = [token for token in narration.tokens if 0 < figure.begin - token.end < 2]
    return any(narration.text[token.begin].isupper() for token in before)


def strange_subject(narration: Said, source: Said, known: frozenset[str]) -> Token | None:
    """Return what the narration speaks of first, where neither sentence nor heading has it.

    In Arabic, whose verbs come first, it is the first noun with an article.
    """
    intro = _INTRO.match(narration.folded)
    begin = intro.end() if intro and len(intro[0]) < 24 else 0
    tokens = [token for token in narration.tokens if token.begin >= begin] or narration.tokens
    if narration.script == "arabic":
        tokens = [t for t in tokens if re.match("[وفبك]?ال|لل", t.text)]
    if not tokens or tokens[0].is_in(known):
        return None
    return None if _qualifies(tokens, source) else tokens[0]


def _qualifies(tokens: Sequence[Token], source: Said) -> bool:
    """Return whether the first word only qualifies what the source speaks of first."""
    return len(tokens) > 1 and bool(source.tokens) and tokens[1].is_in(source.tokens[0].forms)


def swapped(narration: Said, source: Said) -> Token | None:
    """Return a word that stands where the source has another, both around it being the same."""
    ours, theirs = (
        [_place(token, source.tokens) for token in one.tokens] for one in (narration, source)
    )
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for number, (kind, begin, end, first, last) in enumerate(steps):
        before = (number == 0 and first == 0) or (number > 0 and steps[number - 1][0] == "equal")
        after = number + 1 < len(steps) and steps[number + 1][0] == "equal"
        closed = number + 1 == len(steps) and last == len(source.tokens)
        short = end - begin <= 2 and last - first <= 2
        foreign = set(ours[begin:end]) == {-1} and not set(theirs[first:last]) & set(ours)
        foreign = foreign and not _akin(narration.tokens[begin:end], source.tokens[first:last])
        if kind == "replace" and short and foreign and before and (after or closed):
            return narration.tokens[begin]
    return None


def _akin(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Return whether some of the words begin alike, as forms of one verb do."""
    return any(one.text[:4] == other.text[:4] for one in ours for other in theirs)


def _place(token: Token, tokens: Sequence[Token]) -> int:
    return next((at for at, one in enumerate(tokens) if token.is_in(one.forms)), -1)
