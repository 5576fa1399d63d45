"""Problems as values, and the one exception family that carries them to the edge.

::

    Stop                    ends a command; `status` is the exit status
    ├── UsageError      2   the command line asks for something that is not there
    ├── SpecError       3   the spec has problems
    ├── MissingError    4   something is missing on the machine
    ├── AssetError      5   an asset cannot be read, or a voice failed
    ├── RenderError     1   the render itself failed
    └── Cancelled           nothing is wrong: newer work takes the place of this
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of one line in a file; line and column count from 1, in characters."""

    file: str
    line: int
    column: int
    length: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, where it is and what to do about it; `code` is stable."""

    code: str
    message: str
    place: Place | None = None
    hint: str = ""
    level: Level = "error"

    def __str__(self) -> str:
        """Return the problem on one line, as `file:line:col: level[code]: message; hint`."""
        where = f"{self.place.file}:{self.place.line}:{self.place.column}: " if self.place else ""
        return f"{where}{self.level}[{self.code}]: {self.message}" + (
            f"; {self.hint}" if self.hint else ""
        )


class Stop(Exception):
    """A command cannot go on; carries every problem found and the exit status."""

    status: ClassVar[int] = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems

    def __reduce__(self) -> tuple[type[Stop], tuple[Problem, ...]]:
        """Return what makes an equal one, so that it can come from another process."""
        return type(self), self.problems


class RenderError(Stop):
    """The render failed though the spec is good."""


class Cancelled(Stop):
    """The work is no longer wanted; whoever cancelled it takes this, no command ends with it."""


class UsageError(Stop):
    """The command line names something that is not there."""

    status = 2


class SpecError(Stop):
    """The spec has problems; all of them are in `problems`."""

    status = 3


class MissingError(Stop):
    """A library, a voice engine or a font is missing on this machine."""

    status = 4


class AssetError(Stop):
    """An asset cannot be read, or a voice failed."""

    status = 5


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file and line, each once; those without a place come first."""
    first = Place("", 0, 0)
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: p.place or first))


def strictly(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems with every warning made an error."""
    return tuple(replace(problem, level="error") for problem in problems)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the hint `did you mean 'x'?` for the closest known name, or an empty string."""
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""
