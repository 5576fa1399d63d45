"""The reference page of the language, made from the schema, the templates and the plug-ins."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from renderer.errors import Problem, SpecError
from renderer.profile import TRUSTED, UNTRUSTED, Profile
from renderer.schema import Schema, assembled, plugins
from renderer.templates import Library, Template, library

_HEAD = """# Reference

Made by `render schema --markdown` from the schema, the templates and the plug-ins; do not edit it.
Keys marked *not yet* belong to the language and are refused as `not-yet` until they are built.

A *time* is `2` or `2.5` (seconds), `2s`, `300ms`, `1:30` or `90f` (frames). A *moment* is a time, \
`50%` of the scene, a mark, `mark + 500ms` or `end - 1s`. A *length* is pixels or a percentage of \
the side that is named. Every value may also be an expression, `"{{ name }}"`.
"""
_COMMON = ("enter", "exit", "animate", "at", "until", "for", "position", "anchor", "width")
_COMMON_MORE = ("height", "opacity", "rotate", "scale", "below", "above", "beside", "gap")
_OF_EVERY_LAYER = {*_COMMON, *_COMMON_MORE, "name", "when", "for_each"}
_KINDS = {
    "length_x": "length (of the width)",
    "length_y": "length (of the height)",
    "length_type": "length (of the height; upright formats: of the width)",
    "length_short": "length (of the shorter side)",
    "length": "length",
    "time": "time",
    "instant": "moment",
    "number01": "number from 0 to 1",
    "side": "`start` `end` `top` `bottom`",
}


_LIMITS = {
    "scenes": "scenes",
    "layers of all scenes": "layers",
    "characters of narration": "said",
    "pixels of the canvas": "pixels",
    "frames a second": "fps",
    "length of the film": "longest",
    "values in one file": "nodes",
    "steps of work of all expressions": "steps",
    "bytes of one file that is used": "file",
}
"""What is limited → the field of a Profile that says how far."""


def page(root: Path | None = None) -> str:
    """Return the reference as Markdown, with `root` of a project's own templates too.

    Raises SpecError where a template's file is wrong.
    """
    schema, known = assembled(), library(root)
    parts = [
        _HEAD,
        *_film(schema),
        *_layers(schema),
        *_moves(),
        *_looks(known),
        *_voices(schema),
        *_formats(),
        _limits(),
    ]
    return "\n".join(parts)


def _film(schema: Schema) -> Iterator[str]:
    definitions = schema["definitions"]
    yield _section("The film", schema)
    yield _section("A scene", definitions["scene"])
    yield _section("`say` as a map", definitions["say_map"])
    yield _section("`voice`", definitions["voice"])
    yield _section("`for_each`", definitions["for_each"])


def _layers(schema: Schema) -> Iterator[str]:
    definitions = schema["definitions"]
    kinds = [name for name in definitions if name.startswith("layer_")]
    every = definitions["layer_fill"]["properties"]
    common = {name: each for name, each in every.items() if name in _OF_EVERY_LAYER}
    yield _section("Every layer", {"properties": common})
    abouts = {name: plugin.about for name, plugin in plugins("layers").items()}
    for name in kinds:
        kind = name.removeprefix("layer_")
        own = definitions[name]["properties"].items()
        of_kind = {key: each for key, each in own if key not in _OF_EVERY_LAYER}
        whole = {"properties": of_kind, "required": [kind]}
        about = abouts.get(kind, "*Not yet.*")
        yield _section(f"Layer `{kind}`", whole, about)


def _moves() -> Iterator[str]:
    for name, plugin in plugins("transitions").items():
        yield _section(f"Transition `{name}`", {"properties": plugin.params}, plugin.about)


def _looks(known: Library) -> Iterator[str]:
    problems: list[Problem] = []
    templates = [known.template(name, problems) for name in sorted(known.scenes)]
    themes = [known.theme(name, problems) for name in sorted(known.themes)]
    if problems:
        raise SpecError(*problems)
    for template in templates:
        if template is not None:
            yield _template(template)
    rows = [f"| `{theme.name}` | {_cell(theme.about)} |" for theme in themes if theme is not None]
    yield "\n".join(["## Themes", "", "| theme | |", "|---|---|", *rows, ""])


def _template(template: Template) -> str:
    example = json.dumps(template.example, ensure_ascii=False)
    block = f"```yaml\n- template: {template.name}\n  with: {example}\n```\n"
    return _section(f"Template `{template.name}`", template.params, template.about) + "\n" + block


def _voices(schema: Schema) -> Iterator[str]:
    takes = schema["definitions"]["voice"]["x-takes"]
    rows = [
        f"| `{name}` | {_cell(one.about)} | {' '.join(f'`{key}`' for key in takes[name])} |"
        for name, one in plugins("voices").items()
    ]
    head = ["## Voice engines", "", "| engine | | keys |", "|---|---|---|"]
    yield "\n".join([*head, *rows, ""])


def _formats() -> Iterator[str]:
    rows = [f"| `{name}` | {_cell(one.about)} |" for name, one in plugins("formats").items()]
    yield "\n".join(["## Formats", "", "| format | |", "|---|---|", *rows, ""])


def _limits() -> str:
    """Return the section of the two profiles of limits."""
    rows = [
        f"| {what} | {_bound(of, TRUSTED)} | {_bound(of, UNTRUSTED)} |"
        for what, of in _LIMITS.items()
    ]
    head = "| at most | a spec of one's own | `--untrusted` |"
    about = (
        "A film that asks for more is refused. `--untrusted` is for specs of strangers; it also "
        "refuses aliases, and voices that speak over the network."
    )
    return "\n".join(["## Limits", "", about, "", head, "|---|---|---|", *rows, ""])


def _bound(of: str, limits: Profile) -> str:
    value = getattr(limits, of)
    return f"{value:,}" if isinstance(value, int) else value


def _section(title: str, schema: Mapping[str, Any], about: str = "") -> str:
    head = [f"## {title}", ""] + ([about.strip(), ""] if about else [])
    properties = schema.get("properties", {})
    if not properties:
        return "\n".join(head)
    required = schema.get("required", ())
    rows = [_row(name, each, name in required) for name, each in properties.items()]
    table = ["| key | takes | meaning | default |", "|---|---|---|---|", *rows, ""]
    return "\n".join([*head, *table])


def _row(name: str, schema: Mapping[str, Any], required: bool) -> str:
    mark = " *" if required else ""
    default = "required" if required else _default(schema)
    meaning = schema.get("description", schema.get("title", ""))
    if schema.get("x-not-yet") is True:
        meaning = f"*Not yet.* {meaning}"
    return f"| `{name}`{mark} | {_cell(_takes(schema))} | {_cell(meaning)} | {default} |"


def _default(schema: Mapping[str, Any]) -> str:
    written = _json(schema["default"]) if "default" in schema else ""
    return f"`{written}`" if written else "–"


def _takes(schema: Mapping[str, Any]) -> str:
    """Return what a value may be, in words."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return _KINDS.get(name, name.replace("_", " "))
    if "enum" in schema:
        return _names(schema)
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_takes(branch) for branch in schema["anyOf"]))
    kind = schema.get("type", "any")
    kinds = [kind] if isinstance(kind, str) else kind
    words = {"string": "text", "array": "list", "object": "map", "boolean": "true or false"}
    return " or ".join(words.get(each, each) for each in kinds) + _bounds(schema)


def _names(schema: Mapping[str, Any]) -> str:
    later = schema.get("x-not-yet", ())
    later = later if isinstance(later, list | tuple) else ()
    return " ".join(f"`{one}`" for one in schema["enum"] if one not in later)


def _bounds(schema: Mapping[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None and high is None:
        return ""
    return f" {low if low is not None else '…'} to {high if high is not None else '…'}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).strip('"')


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
