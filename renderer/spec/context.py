"""What the rooms of the loader share: the film's settings, and the problems found so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from renderer.errors import Place, Problem
from renderer.inputs import Input, NotRead
from renderer.nouns import Captions
from renderer.schema import Language
from renderer.templates import Library, Part, Scope, Theme

BASE_COLOURS = {"black": "#000000ff", "white": "#ffffffff", "transparent": "#00000000"}


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a scene or a layer is resolved against; `problems` only ever grows.

    `folder` is where the spec lies, `size` in pixels, `styles` with their chains resolved,
    `defaults` the film's map of that name, `colours` name → `#rrggbbaa`, `sources` id → source,
    `captioned` the captions resolved so far, `fonts` the film's own, name → what a text layer's
    `font` holds for it, `tables` the rows of its data by name, `standard` what defaults of schemas
    are here, by the schema, `drawn` the layers of templates and of the theme by their values,
    `ground` a digest of all of this, empty where nothing is remembered.
    """

    library: Library
    language: Language
    theme: Theme
    root: Path
    folder: Path
    lang: str
    size: tuple[int, int]
    fps: Fraction
    scope: Scope
    voice: Part
    captions: Part
    defaults: Mapping[str, Part]
    colours: Mapping[str, str]
    sources: Mapping[str, Mapping[str, str]]
    captioned: dict[str, Captions] = field(default_factory=dict)
    fonts: dict[str, Any] = field(default_factory=dict)
    tables: Mapping[str, list[Any]] = field(default_factory=dict)
    ground: str = ""
    styles: dict[str, Part] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    standard: dict[int, Any] = field(default_factory=dict)
    drawn: dict[Any, Any] = field(default_factory=dict)
    digests: dict[tuple[Path, str], Input | NotRead] = field(default_factory=dict)

    def add(self, code: str, says: str, place: Place, hint: str = "") -> None:
        """Add an error."""
        self.problems.append(Problem(code, says, place, hint))

    def warn(self, code: str, says: str, place: Place, hint: str = "") -> None:
        """Add a warning."""
        self.problems.append(Problem(code, says, place, hint, "warning"))


def default_of(schema: Mapping[str, Any], key: str) -> Any:
    """Return the default that a schema gives a key, or None."""
    return schema["properties"][key].get("default")
