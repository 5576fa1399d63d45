"""What is to be done to a spec, one order after the other, and what an order is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reelspec.author.notes import Research
from reelspec.author.request import Model

Verb = Literal["shorter", "longer", "remove", "move", "retitle", "theme", "say"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: to which scene, by its index when the order's turn has come.

    `to` is where it is moved, `text` a title or a theme, `said` and `cite` the narration that a
    scene is given and the ids of the sources that it newly rests on.
    """

    verb: Verb
    scene: int = -1
    to: int = -1
    text: str = ""
    said: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A scene as it is told to a writer; `fixed` says that its narration is no plain text."""

    id: str
    title: str
    say: tuple[str, ...]
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """A wish in words, and what it is about: the scenes, the themes that there are, sources."""

    wish: str
    scenes: tuple[Told, ...]
    themes: tuple[str, ...]
    research: Research
    model: Model
