"""Specs made from the schema, whole and broken: a Spec or a SpecError, soon, and nothing else."""

import copy
import json
import time
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renderer.errors import SpecError
from renderer.spec import load
from renderer.templates import library

LANGUAGE = library().language()
WORDS = st.sampled_from(
    [
        "a",
        "title",
        "h1",
        "b + 1s",
        "[[m]] Hi.",
        "{{ v }}",
        "{{ r[0] }}",
        "previous",
        "x.png",
        "é",
        "١",
    ]
)
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(max_size=12),
    st.sampled_from(
        [
            "{{ 1 / 0 }}",
            "{{",
            "{{ r }}",
            "{{ m }}",
            "{{ n }}",
            "{{ none }}",
            "../x",
            "#fff",
            "50%",
            "-1s",
            "1e9",
        ]
    ),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)


def made(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return what makes data that fit a schema without references, as far as it says."""
    if "x-kinds" in schema:
        return st.one_of([made(inner) for inner in schema["x-kinds"].values()])
    if "anyOf" in schema:
        return st.one_of([made(inner) for inner in schema["anyOf"]])
    if "enum" in schema:
        late = schema.get("x-not-yet", [])
        built = [] if late is True else [name for name in schema["enum"] if name not in late]
        return st.sampled_from(built or schema["enum"])
    if "examples" in schema and "properties" not in schema and "items" not in schema:
        return st.sampled_from(schema["examples"]) | of_type(schema)
    return of_type(schema)


def of_type(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    named = schema.get("type", "string")
    kind = named if isinstance(named, str) else named[0]
    if kind == "object" and "properties" in schema:
        return of_keys(schema)
    if kind == "object":
        return st.dictionaries(st.sampled_from(["v", "w", "h1", "big"]), WORDS, max_size=2)
    if kind == "array":
        inner = made(schema["items"]) if "items" in schema else WORDS
        least = schema.get("minItems", 0)
        return st.lists(inner, min_size=least, max_size=max(3, least))
    if kind in ("number", "integer"):
        return st.integers(int(schema.get("minimum", 0)), int(schema.get("maximum", 100)))
    return st.booleans() if kind == "boolean" else WORDS


def of_keys(schema: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    properties, required = schema["properties"], set(schema.get("required", ()))
    built = {k: s for k, s in properties.items() if s.get("x-not-yet") is not True}
    few = st.sets(st.sampled_from(sorted(built)), max_size=5).map(lambda keys: keys | required)
    return few.flatmap(lambda keys: st.fixed_dictionaries({key: made(built[key]) for key in keys}))


VARS = {"v": "Sun", "n": 3, "r": [1, "b"], "m": {"a": 1}, "none": None}
FILM = {
    k: v for k, v in LANGUAGE.film.schema["properties"].items() if k not in ("scenes", "version")
}
SPECS = st.builds(
    lambda film, scenes: {
        **film,
        "version": 1,
        "vars": VARS,
        "scenes": scenes,
    },
    of_keys({"properties": FILM}),
    st.lists(made(LANGUAGE.scene.schema), min_size=1, max_size=3),
)


@st.composite
def broken(draw: st.DrawFn) -> Any:
    spec = copy.deepcopy(draw(SPECS))
    for _ in range(draw(st.integers(0, 3))):
        at = spec
        while isinstance(at, dict | list) and at:
            keys = sorted(at) if isinstance(at, dict) else range(len(at))
            key = draw(st.sampled_from(list(keys)))
            if not isinstance(at[key], dict | list) or draw(st.booleans()):
                at[key] = draw(JUNK)
                break
            at = at[key]
    return spec


def seconds_to_load(path: Path, spec: Any) -> float:
    path.write_text(json.dumps(spec, ensure_ascii=False), "utf-8")
    began = time.process_time()
    try:
        assert load(path).scenes
    except SpecError as error:
        assert any(problem.level == "error" for problem in error.problems)
        assert all(problem.place and problem.message for problem in error.problems)
    return time.process_time() - began


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(SPECS)
def test_a_spec_made_from_the_schema_loads_or_is_refused_soon(tmp_path: Path, spec: Any) -> None:
    assert seconds_to_load(tmp_path / "film.yaml", spec) < 2


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken())
def test_a_broken_spec_is_refused_soon(tmp_path: Path, spec: Any) -> None:
    assert seconds_to_load(tmp_path / "film.yaml", spec) < 2
