"""Scene templates and themes: one YAML file each, shipped or in the project's `templates/`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from renderer import paths
from renderer.errors import Place, Problem, SpecError, did_you_mean
from renderer.inputs import NotRead, read_input, yaml_files
from renderer.schema import Checker, Language, Schema, checker, dumps, language
from renderer.source import LARGEST, Document, parse, read
from renderer.templates.effort import left, limited, spend
from renderer.templates.parts import Origin, Part, Scope, Steps, holds_expression, substituted

__all__ = [
    "Library",
    "Origin",
    "Part",
    "Scope",
    "Steps",
    "Template",
    "Theme",
    "holds_expression",
    "left",
    "library",
    "limited",
    "schema_text",
    "spend",
    "substituted",
]

_SUBSCHEMA = {
    *("type", "title", "description", "default", "examples", "enum", "minimum", "maximum"),
    *("minLength", "maxLength", "minItems", "maxItems", "items", "properties", "required"),
    *("additionalProperties", "anyOf", "$ref"),
}


_OPTIONAL = {"keyword": "accent", "string": "text", "number": "text", "comment": "muted"}
"""Colours of program text that a theme may leave out → the colour that they are then."""

_CHART = {
    "chart_a": "#e69f00",
    "chart_b": "#56b4e9",
    "chart_c": "#009e73",
    "chart_d": "#cc79a7",
    "chart_e": "#d55e00",
    "chart_f": "#0072b2",
}
"""Colours of charts where a theme has none (M. Okabe and K. Ito, Color Universal Design)."""

_RELATING = {"name", "below", "above", "beside"}


@dataclass(frozen=True, slots=True)
class Template:
    """One scene template: the schema of `with`, a valid `with`, names of its own, its layers."""

    name: str
    about: str
    params: Schema
    example: Mapping[str, Any]
    let: Part
    layers: Part


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: colours by name, and its other parts as written; `decor` are layers."""

    name: str
    about: str
    colours: Mapping[str, str]
    styles: Part
    background: Part
    decor: Part | None
    transition: Part | None


class Library:
    """The templates and themes that a project may use: `scenes` and `themes`, name → file."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root
        self._templates: dict[str, Template | None] = {}
        self._params: dict[str, Checker] = {}
        self.scenes = self._files("scenes")
        self.themes = self._files("themes")

    def language(self) -> Language:
        """Return the language with the names of these templates and themes."""
        return language(tuple(sorted(self.scenes)), tuple(sorted(self.themes)))

    def template(self, name: str, problems: list[Problem]) -> Template | None:
        """Return a scene template, or None where its file is wrong; problems are added."""
        if name not in self._templates:
            self._templates[name] = self._template(name, problems)
        return self._templates[name]

    def params(self, template: Template) -> Checker:
        """Return the checker of the parameters of one of these templates."""
        if template.name not in self._params:
            self._params[template.name] = self.language().part(template.params)
        return self._params[template.name]

    def default_theme(self) -> Theme:
        """Return the shipped theme that films have by default."""
        problems: list[Problem] = []
        theme = Library().theme(
            self.language().film.schema["properties"]["theme"]["default"], problems
        )
        if theme is None:
            raise SpecError(*problems)
        return theme

    def _template(self, name: str, problems: list[Problem]) -> Template | None:
        document = self._checked(self.scenes[name], "template", problems)
        if document is None or (wrong := list(_of_params(document, self.language()))):
            problems += wrong if document else []
            return None
        whole = Part({"let": {}, **document.data}, Origin(document))
        about, params, example = (whole.data[key] for key in ("about", "params", "example"))
        return Template(name, about, params, example, whole.child("let"), whole.child("layers"))

    def theme(self, name: str, problems: list[Problem]) -> Theme | None:
        """Return a theme, or None where its file is wrong; problems are added."""
        document = self._checked(self.themes[name], "theme", problems)
        if document is None or (wrong := list(_of_styles(document, self.language()))):
            problems += wrong if document else []
            return None
        data, whole = document.data, Part(document.data, Origin(document))
        decor, enter = (
            whole.child(key) if key in data else None for key in ("decor", "transition")
        )
        looks = (whole.child("styles"), whole.child("background"), decor, enter)
        return Theme(name, data["about"], {**_derived(data), **data["colours"]}, *looks)

    def _files(self, kind: str) -> dict[str, Path]:
        folders = [paths.templates(kind)]
        if self._root is not None:
            folders.append(self._root / "templates" / kind)
        return {file.stem: file for folder in folders for file in yaml_files(folder)}

    def _checked(self, file: Path, kind: str, problems: list[Problem]) -> Document | None:
        shipped = file.is_relative_to(paths.templates(f"{kind}s").parent)
        if shipped or self._root is None:
            document = _shipped(file)
        else:
            document = _projects(self._root, str(file.relative_to(self._root).as_posix()))
        found = document.problems
        if document.root is not None or not any(p.level == "error" for p in found):
            found = (*found, *_checker(kind).problems(document.data, document.place))
        problems += found
        return None if any(problem.level == "error" for problem in found) else document


@cache
def _shipped(file: Path) -> Document:
    return read(file, f"templates/{file.parent.name}/{file.name}")


def _projects(root: Path, name: str) -> Document:
    """Return the document of a project's template, which lies under the root as all its files."""
    try:
        found = read_input(root, root, name, LARGEST)
    except NotRead as refused:
        problem = Problem(refused.code, refused.says, Place(name, 1, 1), refused.hint)
        return Document(name, None, (problem,))
    folder = (root / name).parent
    return replace(parse(found.data, name), folder=folder, template=True)


@cache
def _checker(kind: str) -> Checker:
    written = (paths.schemas() / f"{kind}.json").read_text("utf-8")
    return checker(json.loads(written))


def _of_params(document: Document, known: Language) -> Iterator[Problem]:
    """Yield what is wrong with the parameters, the example and the layers of a template."""
    wrong = list(_of_schema(document, document.data["params"], ("params",), known))
    yield from wrong
    if not wrong:
        check = known.part(document.data["params"])
        yield from check.problems(document.data["example"], document.place, ("example",))
    layer = known.definition("layer")
    for index, data in enumerate(document.data["layers"]):
        yield from layer.problems(data, document.place, ("layers", index))


def _of_schema(
    document: Document, schema: Schema, path: tuple[str | int, ...], known: Language
) -> Iterator[Problem]:
    """Yield the keywords that templates may not use, and references that lead nowhere."""
    for key in schema:
        if key not in _SUBSCHEMA:
            where = document.place((*path, key), key=True)
            yield Problem(
                "unknown-key", f"unknown key '{key}'", where, did_you_mean(key, _SUBSCHEMA)
            )
    if "$ref" in schema and not known.has(schema["$ref"]):
        where = document.place((*path, "$ref"))
        yield Problem("unknown-name", f"nothing is defined as '{schema['$ref']}'", where)
    for name, inner in schema.get("properties", {}).items():
        if isinstance(inner, dict):
            yield from _of_schema(document, inner, (*path, "properties", name), known)
    if isinstance(schema.get("items"), dict):
        yield from _of_schema(document, schema["items"], (*path, "items"), known)


def _of_styles(document: Document, known: Language) -> Iterator[Problem]:
    style = known.definition("style")
    for name, data in document.data["styles"].items():
        yield from style.problems(data, document.place, ("styles", name))
    for key, kind in (("background", "paint"), ("transition", "transition")):
        if key in document.data:
            check = known.definition(kind)
            yield from check.problems(document.data[key], document.place, (key,))
    layer = known.definition("layer")
    for index, data in enumerate(document.data.get("decor", ())):
        yield from layer.problems(data, document.place, ("decor", index))
        for key in _RELATING.intersection(data):
            where = document.place(("decor", index, key), key=True)
            says = f"a layer of `decor` stands by itself, without `{key}`"
            yield Problem("conflict", says, where)


def _derived(theme: Mapping[str, Any]) -> dict[str, str]:
    """Return the colours that a theme may leave out, each that of another of its names."""
    return {**_CHART, **{name: theme["colours"][of] for name, of in _OPTIONAL.items()}}


def library(root: Path | None = None) -> Library:
    """Return the shipped templates and themes, and those of a project's root where one is given."""
    return Library(root)


def schema_text(root: Path | None = None) -> str:
    """Return the text of `schemas/spec.json`; with `root`, a project's own templates too.

    Raises SpecError with the problems of templates that are wrong.
    """
    found = library(root)
    problems: list[Problem] = []
    templates = {name: found.template(name, problems) for name in found.scenes}
    if any(problem.level == "error" for problem in problems):
        raise SpecError(*problems)
    return dumps({name: t.params for name, t in templates.items() if t}, found.themes)
