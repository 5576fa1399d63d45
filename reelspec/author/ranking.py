"""How much of a text's matter each of its sentences carries: LexRank.

G. Erkan, D. Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text Summarization",
2004: sentences are neighbours where their words are alike (cosine of tf-idf, over a threshold), and
a sentence ranks high where high ones are its neighbours.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from reelspec.author.segmentation import content_words

_DIGITS = 6
_ALIKE = 0.1
_DAMPING = 0.85
_ROUNDS = 40
_ENOUGH = 1e-7

Links = list[dict[int, float]]


def ranks(texts: Sequence[str], lang: str) -> list[float]:
    """Return the rank of each sentence, from 0 to 1; equal texts have equal ranks.

    Ranks are rounded, so that the order of sums in them decides nothing.
    """
    rated = _centrality(_links([_weights(text, lang) for text in texts]))
    most = max(rated, default=0.0) or 1.0
    return [round(each / most, _DIGITS) for each in rated]


def _weights(text: str, lang: str) -> Counter[str]:
    return Counter(content_words(text, lang))


def _links(counts: Sequence[Counter[str]]) -> Links:
    """Return for each sentence how alike its neighbours are, by their numbers."""
    known = Counter(word for each in counts for word in each)
    rare = {word: math.log(1 + len(counts) / often) for word, often in known.items()}
    vectors = [_unit({word: n * rare[word] for word, n in each.items()}) for each in counts]
    places: dict[str, list[int]] = {}
    links: Links = []
    for at, vector in enumerate(vectors):
        alike: dict[int, float] = {}
        for word, value in vector.items():
            for other in places.setdefault(word, []):
                alike[other] = alike.get(other, 0.0) + value * vectors[other][word]
            places[word].append(at)
        links.append({other: value for other, value in alike.items() if value > _ALIKE})
        for other, value in links[at].items():
            links[other][at] = value
    return links


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    long = math.sqrt(sum(value * value for value in vector.values()))
    return {word: value / long for word, value in vector.items()}


def _centrality(links: Links) -> list[float]:
    """Return the share of time that a walk along the links spends at each sentence."""
    count = len(links)
    whole = [sum(near.values()) for near in links]
    shares = [1.0 / count] * count if count else []
    for _ in range(_ROUNDS):
        before = shares
        shares = [
            (1 - _DAMPING) / count
            + _DAMPING * sum(before[other] * value / whole[other] for other, value in near.items())
            for near in links
        ]
        if max((abs(a - b) for a, b in zip(before, shares, strict=True)), default=0) < _ENOUGH:
            break
    return shares
