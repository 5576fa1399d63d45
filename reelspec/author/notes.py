"""The nouns that research and writing share: a source, a note that rests on it, a beat."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Source:
    """Where statements come from.

    `id` is unique in one film and fit for the spec's `sources`; `text` is the plain text that was
    read; `seen` and `published` are ISO 8601 dates; `revision` names the very version (a wiki's
    revision, a digest of a file). Unknown values are empty.
    """

    id: str
    title: str
    text: str
    url: str = ""
    seen: str = ""
    published: str = ""
    revision: str = ""
    licence: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A statement, and the words of a source that it rests on.

    `quote` is an exact piece of the source's text; `statement` says the same as plain prose and
    may equal it. `weight` orders notes of one search, higher is nearer to the topic.
    """

    statement: str
    source: str
    quote: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Research:
    """What was found on a topic: the sources, and the notes in order of their sources."""

    topic: str
    lang: str
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()

    def source(self, name: str) -> Source | None:
        """The source of that id, or None."""
        return next((source for source in self.sources if source.id == name), None)


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers under names, fit for a chart of that kind.

    `name` is what the names are, `columns` what the numbers are; each row is a name and its
    numbers, one for each column, None where one is missing.
    """

    kind: Literal["bar", "line", "pie"]
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, tuple[int | float | None, ...]], ...]
    unit: str = ""


BeatKind = Literal[
    "opening", "point", "list", "number", "quote", "contrast", "series", "code", "close"
]


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that the film says: its narration, what it rests on, and what may stand on screen.

    `say` is the narration, sentence by sentence; `cite` names ids of sources. `title`, `items`,
    `value` and `author` are screen text for the kinds that use them; empty where they do not. A
    list with `ordered` is one of steps; a contrast has two items, its sides; code stands in `value`
    and its programming language in `author`; a series is in `series`.
    """

    kind: BeatKind
    say: tuple[str, ...]
    cite: tuple[str, ...] = ()
    title: str = ""
    items: tuple[str, ...] = ()
    value: str = ""
    author: str = ""
    notes: str = ""
    ordered: bool = False
    series: Series | None = None


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A piece of a narration that no cited sentence supports; `nearest` is the closest of them."""

    sentence: str
    what: str
    kind: Literal["number", "date", "name", "claim"]
    nearest: str = ""
