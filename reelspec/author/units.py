"""What of the sources stands or falls together: sentences, a list, a table, a quotation."""

from __future__ import annotations

from dataclasses import dataclass

from reelspec.author.notes import Series
from reelspec.author.phrases import capital, closed

MOST_ITEMS = 6
"""How many points a scene shows."""

_SHORT_ITEM = 28
_SHORT_WORDS = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences that stand or fall together, as one source says them under one heading.

    `kind` is that of a passage; `order` is its place among all, `score` how much it matters.
    """

    kind: str
    sentences: tuple[str, ...]
    source: str
    heading: str
    order: int
    score: float = 0.0
    lead: str = ""
    language: str = ""
    series: Series | None = None

    @property
    def say(self) -> tuple[str, ...]:
        """Return what is spoken of it; short items are one sentence, code is not spoken.

        Of a series it is the sentence that leads to it, else its rows.
        """
        lead = (self.lead,) if self.lead else ()
        if self.kind == "code":
            return lead
        if self.kind == "series":
            return self._counted()
        if self.kind not in ("bullets", "steps"):
            return (*lead, *map(_sentence, self.sentences))
        items = [closed(item) for item in self.sentences]
        if any(len(item) > _SHORT_ITEM or len(item.split()) > _SHORT_WORDS for item in items):
            return (*lead, *(_sentence(capital(item)) for item in self.sentences))
        listed = _comma(items[0]).join(items)
        return (_sentence(f"{self.lead} {listed}" if lead else capital(listed)),)

    def _counted(self) -> tuple[str, ...]:
        """Return the sentence before a series, or its rows; of many the first and the last."""
        if self.lead and not self.lead.endswith((":", "：")):
            return (self.lead,)
        ends = (self.sentences[0], self.sentences[-1])
        rows = self.sentences if len(self.sentences) <= MOST_ITEMS else ends
        lead = (_sentence(closed(self.lead)),) if self.lead else ()
        return (*lead, *map(_sentence, rows))


def _comma(text: str) -> str:
    if _dense(text):
        return "、"
    return "، " if any("\u0600" <= sign <= "\u06ff" for sign in text) else ", "


def _sentence(text: str) -> str:
    return (
        text
        if text.rstrip('”"»」’)')[-1:] in ".!?…؟۔।。！？"
        else f"{text}。"
        if _dense(text)
        else f"{text}."
    )


def _dense(text: str) -> bool:
    return any("\u3040" <= sign <= "\u9fff" for sign in text)
