"""The schema of the language: whole, fresh, described, and its check."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from renderer import paths
from renderer.errors import Problem
from renderer.schema import assembled, plugins
from renderer.source import parse
from renderer.templates import library, schema_text

COMMITTED = (paths.schemas() / "spec.json").read_text("utf-8")


def test_the_committed_schema_is_fresh() -> None:
    assert schema_text() == COMMITTED, "run `render schema > schemas/spec.json`"


def test_the_committed_schema_is_draft_07_without_our_own_keywords() -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(COMMITTED))
    assert '"x-' not in COMMITTED


def _properties(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            yield f"{path}/{name}", inner
        for key, inner in schema.items():
            yield from _properties(inner, f"{path}/{key}")
    if isinstance(schema, list):
        for inner in schema:
            yield from _properties(inner, path)


def test_every_property_is_described() -> None:
    bare = [
        path
        for path, schema in _properties(assembled())
        if not {"title", "description", "examples"} <= set(schema)
        and not schema.get("$ref", "").startswith(("#/properties", "#/definitions/scene/"))
        and schema.get("$ref") != "#/definitions/engine"
    ]
    assert [] == bare


def test_the_committed_schema_takes_an_expression_for_every_leaf() -> None:
    spec = {
        "version": 1,
        "fps": "{{ fps }}",
        "lang": "{{ lang }}",
        "scenes": [{"lead": "{{ a }}", "layers": [{"text": "a", "opacity": "{{ a }}"}]}],
    }
    assert [] == list(jsonschema.Draft7Validator(json.loads(COMMITTED)).iter_errors(spec))


@pytest.mark.parametrize(
    "spec",
    [
        {"version": 1, "scenes": [{"template": "title", "with": {"titel": "a"}}]},
        {"version": 1, "scenes": [{"layers": [{"text": "a", "sise": 1}]}]},
        {"version": 1, "scenes": [{"transition": {"kind": "dissolve", "ofer": 1}}]},
        {"version": 1, "scenes": []},
    ],
)
def test_the_committed_schema_refuses_what_the_program_refuses(spec: Any) -> None:
    assert not jsonschema.Draft7Validator(json.loads(COMMITTED)).is_valid(spec)


@pytest.mark.parametrize("kind", sorted(plugins("layers")))
def test_the_example_of_each_layer_fits_its_schema(kind: str) -> None:
    layer = library().language().layers[kind]
    assert layer.fits(plugins("layers")[kind].example, final=True)


def test_built_names_are_found_and_the_rest_is_not_yet() -> None:
    definitions = assembled({"title": {}}, ["midnight"])["definitions"]
    assert "x-not-yet" not in definitions["transition_name"]
    assert "title" not in definitions["template_name"]["x-not-yet"]
    assert "split" in assembled({"title": {}})["definitions"]["template_name"]["x-not-yet"]


def test_a_name_of_a_plug_in_is_no_longer_not_yet() -> None:
    definitions = assembled({"split": {}, "own": {}}, ["ocean"])["definitions"]
    assert "split" not in definitions["template_name"]["x-not-yet"]
    assert "own" in definitions["template_name"]["enum"]
    assert "ocean" not in definitions["theme_name"]["x-not-yet"]


def checked(text: str) -> list[str]:
    document = parse(text, "a.yaml")
    problems: tuple[Problem, ...] = (
        library().language().scene.problems(document.data, document.place)
    )
    return [str(problem) for problem in problems]


def test_messages_are_in_the_words_of_the_language() -> None:
    assert [
        "a.yaml:1:13: error[unknown-name]: no transition is named 'wype'; did you mean 'wipe'?",
        "a.yaml:2:7: error[bad-time]: 'soon' is not a time such as `2.5`, `300ms`, `1:30` or `90f`",
        "a.yaml:3:1: error[unknown-key]: unknown key 'durtion'; did you mean 'duration'?",
    ] == checked("transition: wype\nlead: soon\ndurtion: 3\n")


def test_an_expression_stands_for_any_value() -> None:
    assert [] == checked('lead: "{{ a }}"\nlayers: [{text: a, position: ["{{ x }}", 3]}]\n')


def test_the_alternative_that_was_meant_is_reported() -> None:
    assert [
        "a.yaml:1:7: error[unknown-key]: unknown key 'txt'; did you mean 'text'?",
    ] == checked("say: {txt: Hello}\n")
