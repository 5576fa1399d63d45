"""How much of a text's matter each of its sentences carries: LexRank, with our own tokenizer.

LexRank: G. Erkan, D. Radev, 2004, in the implementation of `sumy`.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from reelspec.author.segmentation import content_words, sentences

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class _Tokenizer:
    """What sumy asks of a tokenizer, for any language and without downloads."""

    lang: str

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return tuple(sentences(text))

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(content_words(text, self.lang))


class _Rated(LexRankSummarizer):  # type: ignore[misc]
    """The summarizer, giving the rating of every sentence in place of the best sentences."""

    @staticmethod
    def _get_best_sentences(
        sentences: Sequence[Any], count: object, rating: Any, *args: object, **kwargs: object
    ) -> tuple[float, ...]:
        return tuple(float(rating[each]) for each in sentences)


def ranks(texts: Sequence[str], lang: str) -> list[float]:
    """Return the rank of each sentence, from 0 to 1; equal texts have equal ranks.

    Ranks are rounded, so that the order of sums in them decides nothing.
    """
    if not texts:
        return []
    tokenizer = _Tokenizer(lang)
    document = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in texts])])
    rated = _rated(document, len(texts))
    most = max(rated) or 1.0
    return [round(each / most, _DIGITS) for each in rated]


def _rated(document: ObjectDocumentModel, count: int) -> list[float]:
    """Return the ratings; of sentences without a word in common, which have none, 0."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        found = _Rated()(document, count)
    return [each if math.isfinite(each) else 0.0 for each in found]
