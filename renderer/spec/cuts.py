"""Cuts: the film as a cut has it, and the scenes that it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from renderer.errors import Problem, UsageError, did_you_mean
from renderer.nouns import Enter, Scene
from renderer.schema import Language
from renderer.spec.gather import merged
from renderer.templates import Part


def names(film: Any) -> tuple[str, ...]:
    """Return the names of the cuts that a film's data have, in their order."""
    cuts = film.get("cuts") if isinstance(film, dict) else None
    return tuple(map(str, cuts)) if isinstance(cuts, dict) else ()


def format_of(film: Mapping[str, Any], name: str) -> Any:
    """Return the format that a cut of a film's data names, else the film's; None where none is."""
    listed = film.get("cuts")
    cut = listed.get(name) if isinstance(listed, dict) else None
    own = cut.get("format") if isinstance(cut, dict) else None
    return own or film.get("format")


def cut_of(film: Part, name: str, language: Language) -> Part:
    """Return the film with a cut's keys over its own, as those of a file over what it uses.

    Raises UsageError where there is no such cut.
    """
    known = names(film.data)
    if name not in known:
        hint = did_you_mean(name, known) or (f"there are {', '.join(known)}" if known else "")
        hint = hint or "a film lists its cuts under `cuts`"
        raise UsageError(Problem("unknown-cut", f"no cut is called '{name}'", hint=hint))
    cut = film.child("cuts").child(name)
    if not isinstance(cut.data, dict):
        return film
    known_keys = language.film.schema["properties"]["cuts"]["additionalProperties"]["properties"]
    other = [key for key in cut.data if key == "scenes" or key not in known_keys]
    return merged(cut.without(*other), film)


def shown(
    scenes: Sequence[Scene], film: Part, name: str, problems: list[Problem]
) -> tuple[Scene, ...]:
    """Return the scenes that a cut shows, the first entering by a cut; problems are added."""
    cut = film.child("cuts").child(name)
    listed = cut.data.get("scenes") if isinstance(cut.data, dict) else None
    if not isinstance(listed, list):
        return tuple(scenes)
    known = {scene.id for scene in scenes}
    for index, wanted in enumerate(listed):
        if wanted not in known:
            hint = did_you_mean(str(wanted), known)
            where = cut.place(("scenes", index))
            problems.append(Problem("unknown-scene", f"no scene is called '{wanted}'", where, hint))
    kept = [scene for scene in scenes if scene.id in listed]
    return tuple(_first(kept[:1]) + kept[1:])


def _first(scenes: list[Scene]) -> list[Scene]:
    return [replace(scene, enter=Enter("cut", Fraction(0))) for scene in scenes]
