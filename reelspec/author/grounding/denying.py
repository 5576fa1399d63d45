"""What a sentence denies: words in the reach of a `not`, which another may assert."""

from __future__ import annotations

import re

from reelspec.author.grounding.analysis import Said, Token

_NOT = re.compile(
    r"(?<!\w)(?:not(?! (?:only|just|least|merely))|no(?! (?:solo|sólo|doubt|less|more than))|never"
    r"|nor|neither|cannot|without|hardly|\w+n't|nunca|jamás|ni|sin|ningun[oa]?|ningún"
    r"|ne|pas|jamais|sans|aucune?|nicht(?! nur)|nie|niemals|kein\w{0,2}|ohne"
    r"|[وف]?(?:لا(?! (?:يقل|يزال|تزال|بد))|لم|لن|ليس(?! فقط)|ليست|ليسوا|بلا|دون))(?!\w)"
    r"|n'|[没沒無未]|不(?![仅但只同断])|无(?![线数])|非(?![常洲])"
)
_REACH = re.compile(
    r"[,;:.!?،؛，；。]\s|[，；。]|(?<!\w)(?:but|because|and|or|although|while|than|before|until|sino|pero"
    r"|porque|mais|parce|aber|sondern|بل|لكن|ولكن|لان|سوي|الا)(?!\w)|[而但]"
)
_MOST = 3


def contradicted(narration: Said, source: Said) -> Token | None:
    """Return a word that one of two sentences denies and the other asserts.

    What a `not` denies are the next few words up to where its clause ends. All of them have to be
    in the other sentence, and none of them denied there.
    """
    ours, theirs = _denied(narration), _denied(source)
    return _asserted(theirs, narration, ours) or _asserted(ours, source, theirs)


def _denied(sentence: Said) -> list[tuple[Token, ...]]:
    """Return for each `not` the words in its reach."""
    reaches = []
    for match in _NOT.finditer(sentence.folded):
        end = _REACH.search(sentence.folded, match.end())
        last = end.start() if end else len(sentence.folded)
        inside = [token for token in sentence.tokens if match.end() <= token.begin < last]
        reaches.append(tuple(inside[:_MOST]))
    return [reach for reach in reaches if reach]


def _asserted(
    denied: list[tuple[Token, ...]], other: Said, own: list[tuple[Token, ...]]
) -> Token | None:
    """Return a word of what is denied where another sentence has all of it and denies none."""
    kept = {form for reach in own for token in reach for form in token.forms}
    for reach in denied:
        there = all(token.is_in(other.forms) for token in reach)
        if there and not any(token.is_in(frozenset(kept)) for token in reach):
            return reach[0]
    return None
