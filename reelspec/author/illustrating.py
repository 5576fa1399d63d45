"""A script's scenes and plug-ins of pictures → an album: which scene gets which picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

from reelspec.author import plugins
from reelspec.author.darkroom import Darkroom, Offer, Picture, Wish
from reelspec.author.developing import Developed, developed
from reelspec.author.finding import asked_of, completed
from reelspec.author.notes import Source
from reelspec.author.plain import drawable
from reelspec.author.posing import MOST, posed
from reelspec.author.staging import Scene
from renderer.errors import Problem, UsageError

FAMILY = "pictures"
Report = Callable[[str, str], None]

_TRIES = 3
_FAILURES = 2
_SECONDS_A_CREDIT = 1.2  # half of what one takes: how many there will be is not known yet
_SECONDS_A_PICTURE = 20.0


@dataclass(frozen=True, slots=True)
class Supply:
    """A plug-in that is asked for pictures, with all its parameters."""

    name: str
    module: ModuleType
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Print:
    """A picture that was decoded whole, and the file that holds it."""

    picture: Picture
    developed: Developed

    @property
    def source(self) -> Source | None:
        """Return whose it is as a source of the film, or None where nobody has to be credited."""
        one = self.picture
        if not one.credited:
            return None
        named = " — ".join(filter(None, (one.title, one.author)))
        title = named or one.url or self.developed.file
        name = f"picture-{self.developed.file[:8]}"
        return Source(name, title, "", url=one.url, seen=one.seen, licence=one.licence)


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of a script, by the indices of their scenes, and what went wrong."""

    prints: Mapping[int, Print] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return whose the pictures are, where that has to be said."""
        return tuple(one.source for one in self.prints.values() if one.source)

    def cited(self, index: int) -> tuple[str, ...]:
        """Return the ids of the sources of a scene's picture."""
        one = self.prints.get(index)
        return (one.source.id,) if one and one.source else ()

    def posed(self, scenes: Sequence[Scene], folder: str) -> tuple[Scene, ...]:
        """Return the scenes with their pictures, the files of which lie in a folder."""
        return tuple(
            posed(scene, one.picture, f"{folder}/{one.developed.file}") if one else scene
            for scene, one in ((scene, self.prints.get(at)) for at, scene in enumerate(scenes))
        )


def supplies(asked: Sequence[str], darkroom: Darkroom) -> tuple[Supply, ...]:
    """Return the plug-ins that `NAME[:KEY=VALUE,…]` asks for, in their order.

    Raises UsageError where there is none of that name, or it lacks what it cannot work without.
    """
    found = [asked_of(FAMILY, written) for written in asked]
    made = []
    for one in found:
        module = plugins.load(FAMILY, one.plugin)
        made.append(Supply(one.plugin, module, completed(one.plugin, module.PARAMS, one.params)))
    lacking = [_lacks(one, darkroom) for one in made]
    problems = [problem for problem in lacking if problem]
    if problems:
        raise UsageError(*problems)
    return tuple(made)


def _lacks(supply: Supply, darkroom: Darkroom) -> Problem | None:
    lacks = getattr(supply.module, "lacks", None)
    found: Problem | None = lacks(supply.params, darkroom) if lacks else None
    return found


def reserve(some: Sequence[Supply], darkroom: Darkroom, seconds: float) -> float:
    """Return how much of a film's seconds is kept free to credit its pictures.

    The pace of the voice makes up for what is missing or too much.
    """
    if not any(_credited(one, darkroom) for one in some):
        return 0.0
    return _SECONDS_A_CREDIT * min(MOST, seconds // _SECONDS_A_PICTURE)


def _credited(supply: Supply, darkroom: Darkroom) -> bool:
    says = getattr(supply.module, "credited", None)
    return bool(says and says(supply.params, darkroom))


def album_of(
    wishes: Mapping[int, Wish], some: Sequence[Supply], darkroom: Darkroom, report: Report
) -> Album:
    """Return a picture for each wish, from the first plug-in that has one which can be shown.

    None is used twice. A plug-in that fails for two wishes in a row is asked no more; wishes that
    nobody fulfils are told of.
    """
    prints: dict[int, Print] = {}
    problems: list[Problem] = []
    failed = dict.fromkeys((one.name for one in some), 0)
    for number, (index, wish) in enumerate(wishes.items(), 1):
        report("pictures", f"{number} of {len(wishes)}")
        for supply in some:
            if failed[supply.name] < _FAILURES:
                found, wrong = _print(wish, supply, darkroom, prints)
                problems += wrong
                failed[supply.name] = 0 if found else failed[supply.name] + bool(wrong)
                if found:
                    prints[index] = found
                    break
    missing = _missing(len(wishes) - len(prints), len(wishes)) if some else ()
    return Album(prints, (*dict.fromkeys(problems), *missing))


def _print(
    wish: Wish, supply: Supply, darkroom: Darkroom, taken: Mapping[int, Print]
) -> tuple[Print | None, list[Problem]]:
    """Return the first picture of a plug-in that can be shown, and what went wrong before."""
    files = {one.developed.file for one in taken.values()}
    wrong: list[Problem] = []
    for offer in supply.module.offers(wish, supply.params, darkroom):
        found = _shown(offer)
        if isinstance(found, Problem):
            wrong.append(replace(found, message=f"{supply.name}: {found.message}", level="warning"))
        elif found.developed.file not in files:
            return replace(found, picture=_readable(found.picture, darkroom.lang)), wrong
        if len(wrong) == _TRIES:
            break
    return None, wrong


def _readable(picture: Picture, lang: str) -> Picture:
    """Return a picture with names that can be drawn; where its author's cannot, it has no names.

    It is then credited by its address.
    """
    title, author = drawable(picture.title, lang), drawable(picture.author, lang)
    if picture.author and not author:
        return replace(picture, title="", author="", url=picture.url or picture.name)
    return replace(picture, title=title, author=author, licence=drawable(picture.licence, lang))


def _shown(offer: Offer) -> Print | Problem:
    if isinstance(offer, Problem):
        return offer
    good = developed(offer.data)
    return good if isinstance(good, Problem) else Print(offer, good)


def _missing(missing: int, wanted: int) -> tuple[Problem, ...]:
    if not missing:
        return ()
    says = f"{missing} of {wanted} scenes that take a picture have found none"
    hint = "they are written without; name more places with `--pictures`"
    return (Problem("no-picture", says, hint=hint, level="warning"),)
