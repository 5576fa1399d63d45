"""What was named on the command line → Research, by the plug-ins of research."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reelspec.author.desk import Desk
from reelspec.author.finding import FAMILY, Asked, Gathered, asked_of, gather
from reelspec.author.net import Fetcher, NotFetched, Pages, places
from reelspec.author.notes import Research
from reelspec.author.topicality import off_topic
from renderer.errors import Problem, UsageError
from renderer.store import Store


@dataclass(frozen=True, slots=True)
class Named:
    """Where facts are to come from: files and addresses, plug-ins as they are written, and how.

    A plug-in is written `wikipedia` or `search:endpoint=https://…,results=3`. `folder` is where
    paths begin; `allowed` are places, each `host:port`, that are not public and may be asked.
    """

    sources: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    folder: Path = field(default_factory=Path)
    offline: bool = False
    allowed: tuple[str, ...] = ()


def gathered(topic: str, lang: str, named: Named, store: Store) -> Gathered:
    """Return what the named places say of a topic, and what went wrong there.

    Raises UsageError where what was named cannot be read or there is no such plug-in, MissingError
    where a library is missing. The network is asked only for addresses and plug-ins that need it.
    """
    asked = [*_of_sources(named.sources), *(asked_of(FAMILY, one) for one in named.plugins)]
    if not asked:
        return Gathered(Research(topic, lang))
    found = gather(topic, asked, Desk(lang, named.folder, pages_of(named, store)))
    if not found.research.sources:
        raise UsageError(*found.problems, *_nothing(topic, found))
    return replace(found, problems=(*found.problems, *off_topic(found.research)))


def pages_of(named: Named, store: Store) -> Pages:
    """Return the way to the network; raises UsageError where what is allowed is no place."""
    return Pages(Fetcher(allowed=_allowed(named.allowed)), store, named.offline)


def _allowed(written: Sequence[str]) -> frozenset[str]:
    """Return the places that may be asked; raises UsageError where one is none."""
    try:
        return places(written)
    except NotFetched as refused:
        raise UsageError(refused.problem) from None


def _nothing(topic: str, found: Gathered) -> tuple[Problem, ...]:
    return () if found.problems else (Problem("no-sources", f"nothing was found on '{topic}'"),)


def _of_sources(sources: Sequence[str]) -> list[Asked]:
    """Return what reads files and addresses, each kind in the order in which they are named."""
    urls = [source for source in sources if source.startswith(("http://", "https://"))]
    paths = [source for source in sources if source not in urls]
    files = [Asked("files", {"paths": paths})] if paths else []
    return [*files, *([Asked("page", {"urls": urls})] if urls else [])]
