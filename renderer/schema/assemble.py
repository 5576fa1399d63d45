"""The schema of the whole language: `schemas/core.json` joined with what plug-ins declare."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from renderer import paths
from renderer.schema.plugins import Plugin, plugins

Schema = dict[str, Any]

ALWAYS_BUILT = {"cut", "auto"}
EVERY_VOICE = ("volume", "say_as")
"""Keys that hold for every voice: what they ask for is done by the program itself."""

_REF = "#/definitions/"


@cache
def _core() -> str:
    return (paths.schemas() / "core.json").read_text("utf-8")


def assembled(scenes: Mapping[str, Schema] | None = None, themes: Iterable[str] = ()) -> Schema:
    """Return the schema of a spec, draft-07, with everything that is built and what is planned.

    `scenes` gives the schema of `with` for each scene template, `themes` the names of the themes.
    """
    schema: Schema = json.loads(_core())
    definitions = schema["definitions"]
    _join_layers(definitions, definitions.pop("layer_keys"), definitions.pop("planned_layers"))
    _join_transitions(definitions)
    _join_names(definitions["engine_name"], plugins("voices"))
    _join_voices(definitions["voice"], plugins("voices"))
    _join_names(definitions["format_name"], plugins("formats"))
    _join_names(definitions["theme_name"], themes)
    _join_names(definitions["template_name"], scenes or {})
    _join_parameters(definitions, scenes or {})
    return schema


def ref(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": _REF + name}


def _join_names(definition: Schema, found: Iterable[str]) -> None:
    """Complete a list of names: those listed and not found are not built yet."""
    built = {*found, *ALWAYS_BUILT}
    missing = [name for name in definition["enum"] if name not in built]
    definition["enum"] += sorted(name for name in found if name not in definition["enum"])
    if missing:
        definition["x-not-yet"] = missing


def _join_voices(voice: Schema, found: Mapping[str, Plugin]) -> None:
    """Add the keys that engines have of their own, and say which engine takes which keys."""
    for plugin in found.values():
        for key, schema in plugin.params.items():
            voice["properties"].setdefault(key, copy.deepcopy(schema))
    voice["x-takes"] = {
        name: [*plugin.takes, *EVERY_VOICE, *plugin.params] for name, plugin in found.items()
    }


def _join_layers(definitions: Schema, common: Schema, planned: Schema) -> None:
    found = plugins("layers")
    built = _styled(found, definitions.pop("text_style"))
    kinds = {**built, **{kind: params for kind, params in planned.items() if kind not in built}}
    for kind, params in kinds.items():
        title = {"title": f"Layer `{kind}`", "type": "object", "additionalProperties": False}
        own = {"properties": {**params, **copy.deepcopy(common)}, "x-own": list(params)}
        own |= _motions(found[kind]) if kind in found else {}
        needed = [kind, *(key for key, schema in params.items() if "x-required" in schema)]
        definitions[f"layer_{kind}"] = {**title, **own, "required": needed}
        definitions[f"defaults_{kind}"] = {**title, **copy.deepcopy(own)}
        definitions["defaults"]["properties"][kind] = {
            "title": f"Layers `{kind}`",
            "description": f"Keys merged under every layer `{kind}`.",
            "examples": [{"opacity": 0.9}],
            **ref(f"defaults_{kind}"),
        }
        if kind not in built:
            definitions[f"layer_{kind}"].update({"x-not-yet": True, "x-kind": kind})
            definitions[f"defaults_{kind}"]["x-not-yet"] = True
    definitions["layer"] = {
        "anyOf": [ref(f"layer_{kind}") for kind in kinds],
        "x-kinds": {kind: f"layer_{kind}" for kind in kinds},
        "x-what": "layer",
    }
    definitions["style"] = _style(built.get("text", {}), common)


def _motions(plugin: Plugin) -> Schema:
    """Return what a layer kind says of how it moves."""
    said = {
        "x-moves": plugin.moves,
        "x-drifts": list(plugin.drifts),
        "x-letters": plugin.letters,
    }
    return {name: value for name, value in said.items() if value}


def _styled(found: Mapping[str, Plugin], style: Schema) -> dict[str, Schema]:
    """Return the parameters of each kind; kinds set in type have the keys of text styles too."""
    keys = {key: schema for key, schema in found["text"].params.items() if key != "text"}
    kinds = {}
    for kind, plugin in found.items():
        kinds[kind] = dict(plugin.params)
        if plugin.style:
            own = {key: schema for key, schema in keys.items() if key not in plugin.ignores}
            named = {**style, "default": plugin.style}
            kinds[kind] = {**copy.deepcopy(own), **plugin.params, "style": named}
    return kinds


def _style(text: Schema, common: Schema) -> Schema:
    """Return the schema of one named text style: the keys of text, and the style it extends."""
    extends = {
        "title": "Extends",
        "description": "The style whose keys this one completes.",
        "type": "string",
        "examples": ["body"],
    }
    keys = {key: params for key, params in text.items() if key not in ("text", "style")}
    properties = {"extends": extends, **keys, "opacity": common["opacity"]}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _join_transitions(definitions: Schema) -> None:
    keys = definitions.pop("transition_keys")
    found = plugins("transitions")
    _join_names(definitions["transition_name"], found)
    kinds = {}
    for kind in definitions["transition_name"]["enum"]:
        params = found[kind].params if kind in found else {}
        named = {**keys["properties"]["kind"], "enum": [kind]}
        named.pop("$ref")
        properties = {**keys["properties"], "kind": named, **params}
        definitions[f"transition_{kind}"] = {**copy.deepcopy(keys), "properties": properties}
        if kind in definitions["transition_name"].get("x-not-yet", ()):
            named["x-not-yet"] = [kind]
            definitions[f"transition_{kind}"]["additionalProperties"] = True
        kinds[kind] = f"transition_{kind}"
    definitions["transition_other"] = keys
    definitions["transition_map"] = {
        "anyOf": [ref(name) for name in kinds.values()],
        "x-kinds": kinds,
        "x-key": "kind",
        "x-else": "transition_other",
    }


def _join_parameters(definitions: Schema, scenes: Mapping[str, Schema]) -> None:
    """Say what `with` holds for each template; draft-07's `if` and `then`, for editors."""
    branches = []
    for name, params in sorted(scenes.items()):
        definitions[f"with_{name}"] = copy.deepcopy(params)
        chosen = {"properties": {"template": {"const": name}}, "required": ["template"]}
        branches.append({"if": chosen, "then": {"properties": {"with": ref(f"with_{name}")}}})
    if branches:
        definitions["scene"]["allOf"] = branches
