"""How good research is, in numbers: how many sources, from how many sites, how old, how told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reelspec.author.domains import host_of, registrable
from reelspec.author.notes import Research, Source


@dataclass(frozen=True, slots=True)
class Quality:
    """Numbers about research.

    `sites` counts registered names, and each source without an address as a site of its own;
    `statements` are the notes, `supported` those whose quotation stands in the source they name;
    `earliest` and `latest` are ISO 8601 days of publication, empty where none is known; `dated`
    counts the sources that have one; `languages` are those of the sources, most frequent first.
    """

    sources: int
    sites: int
    statements: int
    supported: int
    dated: int
    earliest: str
    latest: str
    languages: tuple[str, ...]

    @property
    def support(self) -> float:
        """Return the share of statements that a source supports, from 0 to 1."""
        return self.supported / self.statements if self.statements else 0.0


def quality(research: Research) -> Quality:
    """Return the numbers of some research."""
    days = sorted(source.published for source in research.sources if source.published)
    return Quality(
        sources=len(research.sources),
        sites=len({_site(source) for source in research.sources}),
        statements=len(research.notes),
        supported=sum(_stands(note.quote, research.source(note.source)) for note in research.notes),
        dated=len(days),
        earliest=days[0] if days else "",
        latest=days[-1] if days else "",
        languages=_by_count(source.lang.split("-")[0] for source in research.sources),
    )


def _site(source: Source) -> str:
    return registrable(host_of(source.url)) or f"#{source.id}"


def _stands(quote: str, source: Source | None) -> bool:
    return bool(quote) and source is not None and quote in source.text


def _by_count(languages: Iterable[str]) -> tuple[str, ...]:
    found = [lang for lang in languages if lang]
    return tuple(sorted(set(found), key=lambda lang: (-found.count(lang), lang)))
