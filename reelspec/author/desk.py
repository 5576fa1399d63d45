"""What a plug-in of research works with and hands back: pages fetched and read, sources found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reelspec.author.domains import label
from reelspec.author.net import JSON, Page, Pages, Request, shown
from reelspec.author.notes import Source
from reelspec.author.reading import Document, Reading, read
from renderer.errors import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """What a plug-in has found: sources, nearest to the topic first, and what went wrong.

    The ids of sources are proposals; equal ones are told apart later.
    """

    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What research may use: the language wanted, the folder of named files, and the network."""

    lang: str = "en"
    folder: Path = field(default_factory=Path)
    pages: Pages = field(default_factory=Pages)

    def read_pages(self, urls: Sequence[str]) -> Found:
        """Return the pages at some addresses as sources, in their order."""
        pages: list[Page] = []
        problems: list[Problem] = []
        for url in dict.fromkeys(urls):
            page = self.pages.get(Request(url))
            (pages if isinstance(page, Page) else problems).append(page)  # type: ignore[arg-type]
        readings = read(
            [Document(shown(page.url), page.data, page.type, page.charset) for page in pages]
        )
        sources = []
        for page, reading in zip(pages, readings, strict=True):
            if isinstance(reading, Reading):
                sources.append(_source(page, reading))
            else:
                problems.append(reading)
        return Found(tuple(sources), tuple(problems))

    def ask(self, url: str) -> Page | Problem:
        """Return the JSON at an address; what a server says of its own trouble is not kept."""
        return self.pages.get(Request(url, JSON), keep=lambda page: b'"error"' not in page.data)


def _source(page: Page, reading: Reading) -> Source:
    return Source(
        label(page.url),
        reading.title or page.url,
        reading.text,
        url=page.url,
        seen=page.seen,
        published=reading.published,
        licence=reading.licence,
        lang=reading.lang,
    )
