"""The language as a schema, and the check against it.

`assembled` joins `schemas/core.json` with what plug-ins, templates and themes declare; `dumps` is
the text of `schemas/spec.json`; a `Checker` finds every problem of some data at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from renderer.errors import Problem, in_order
from renderer.schema.assemble import Schema, assembled
from renderer.schema.compiled import Root, is_expression, kind_of
from renderer.schema.messages import Places, told
from renderer.schema.plugins import Plugin, plugins
from renderer.schema.publish import dumped
from renderer.schema.sure import Vouching
from renderer.schema.validators import validator
from renderer.schema.words import one_of, shown

__all__ = [
    "Checker",
    "Language",
    "Places",
    "Plugin",
    "Schema",
    "assembled",
    "checker",
    "dumps",
    "is_expression",
    "kind_of",
    "language",
    "one_of",
    "plugins",
    "shown",
]


class Checker:
    """One schema without references (`schema`), ready to check data with."""

    def __init__(self, schema: Schema, sure: Mapping[bool, Vouching] | None = None) -> None:
        self.schema = schema
        self._sure = sure or vouching()
        self._keys: dict[str, Checker] = {}

    def problems(
        self, data: Any, place: Places, at: Sequence[str | int] = (), *, final: bool = False
    ) -> tuple[Problem, ...]:
        """Return what is wrong with data that stands at `at`, in order of place.

        A text with `{{ … }}` passes for everything, unless the data are `final`.
        """
        if self._sure[final].of(self.schema)(data):
            return ()
        errors = validator(final=final)(self.schema).iter_errors(data)
        return in_order(problem for error in errors for problem in told(error, place, at))

    def fits(self, data: Any, *, final: bool = False) -> bool:
        """Return whether data have nothing wrong with them; as for `problems`."""
        sure = self._sure[final].of(self.schema)(data)
        return sure or bool(validator(final=final)(self.schema).is_valid(data))

    def key(self, name: str) -> Checker:
        """Return the checker of one key of a map."""
        if name not in self._keys:
            self._keys[name] = Checker(self.schema["properties"][name], self._sure)
        return self._keys[name]


def vouching() -> dict[bool, Vouching]:
    """Return what vouches for data, by whether they are final."""
    return {final: Vouching(written=not final) for final in (False, True)}


class Language:
    """The checkers of the parts of a spec, for the templates and themes that there are.

    `film` is a spec but for what its scenes hold, `scene` one scene, `layers` each kind of layer.
    """

    def __init__(self, templates: tuple[str, ...], themes: tuple[str, ...]) -> None:
        schema = assembled({name: {} for name in templates}, themes)
        self._root = Root(schema)
        self._definitions: dict[str, Checker] = {}
        film = {key: value for key, value in schema.items() if key != "definitions"}
        whole = self._root.written_out(film)
        scenes, sure = whole["properties"]["scenes"], vouching()
        self.scene = Checker(scenes["items"], sure)
        kinds = self.scene.schema["properties"]["layers"]["items"]["x-kinds"]
        self.layers = {kind: Checker(schema, sure) for kind, schema in kinds.items()}
        bare = {key: value for key, value in scenes.items() if key != "items"}
        self.film = Checker({**whole, "properties": {**whole["properties"], "scenes": bare}})

    def has(self, pointer: str) -> bool:
        """Return whether `#/definitions/name` is one of the language's definitions."""
        return pointer.removeprefix("#/definitions/") in self._root.schema["definitions"]

    def part(self, schema: Mapping[str, Any]) -> Checker:
        """Return a checker of a schema that may refer to the language's definitions."""
        return Checker(self._root.written_out(dict(schema)))

    def definition(self, name: str) -> Checker:
        """Return the checker of one of the language's definitions, such as `style` or `layer`."""
        if name not in self._definitions:
            self._definitions[name] = self.part({"$ref": f"#/definitions/{name}"})
        return self._definitions[name]


@cache
def language(templates: tuple[str, ...], themes: tuple[str, ...]) -> Language:
    """Return the language for the names of the templates and themes that there are."""
    return Language(templates, themes)


def checker(schema: Schema) -> Checker:
    """Return the checker of a schema of its own, whose references lead into itself."""
    return Checker(Root(schema).written_out(schema))


def dumps(scenes: Mapping[str, Schema] | None = None, themes: Iterable[str] = ()) -> str:
    """Return the text of `schemas/spec.json`; arguments as of `assembled`."""
    return dumped(assembled(scenes, themes))
