"""What vouches for data against the validator: it may doubt what is right, never pass what is not."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from renderer.schema import Checker, checker
from renderer.schema.sure import Vouching
from renderer.schema.validators import validator
from renderer.templates import library

ODD = [None, True, 0, 1, 1.0, -1, 10**9, "", "x", "50%", "1s", "{{ x }}", [], [1, "x"], {}]
ODD += [{"kind": "fade"}, {"kind": "{{ x }}"}, {"text": "x", "image": "y"}, {"unheard": 1}]
LANGUAGE = library().language()
ROOT = Path(__file__).parent.parent.parent
FILMS = [*(ROOT / "projects").glob("*.yaml"), *(ROOT / "templates" / "starters").glob("*.yaml")]


def _surely(schema: dict[str, Any], data: Any, *, final: bool) -> bool:
    return Vouching(written=not final).of(schema)(data)


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield a schema that is written out, and every schema in it."""
    if isinstance(schema, dict):
        if schema.keys() & {"type", "anyOf", "enum", "x-kinds"}:
            yield schema
        for key, value in schema.items():
            if key not in ("examples", "default", "enum"):
                yield from _parts(value)
    for value in schema if isinstance(schema, list) else ():
        yield from _parts(value)


def _mutated(data: Any) -> Iterator[Any]:
    """Yield data with one value in it replaced by each odd one, left out, or under another key."""
    for key in list(data) if isinstance(data, dict) else range(len(data)) if data else ():
        for odd in ODD:
            changed = copy.copy(data)
            changed[key] = odd
            yield changed
        if isinstance(data, dict):
            yield {other: value for other, value in data.items() if other != key}
            yield {**data, f"{key}z": data[key]}
        if isinstance(data[key], dict | list):
            for inner in _mutated(data[key]):
                changed = copy.copy(data)
                changed[key] = inner
                yield changed


@pytest.mark.parametrize("final", [False, True])
def test_what_is_vouched_for_is_valid(final: bool) -> None:
    wrong: list[Any] = []
    for schema in {id(part): part for part in _parts(LANGUAGE.scene.schema)}.values():
        sure, check = Vouching(written=not final).of(schema), validator(final=final)(schema)
        tried = (*ODD, *schema.get("examples", ()), *_own(schema))
        vouched = [data for data in tried if sure(data)]
        wrong += [(schema.get("title"), data) for data in vouched if not check.is_valid(data)]
    assert [] == wrong


def _own(schema: dict[str, Any]) -> list[Any]:
    """Return what a schema itself names as values."""
    found = [*schema.get("enum", ()), schema.get("default")]
    edges = [edge for key in ("minimum", "maximum") for edge in _edge(schema, key)]
    found += [edge + by for edge in edges for by in (-1, 0, 1)]
    return [*found, *("x" * (size + by) for size in _edge(schema, "maxLength") for by in (0, 1))]


def _edge(schema: dict[str, Any], key: str) -> list[Any]:
    return [schema[key]] if key in schema else []


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.stem)
def test_scenes_of_films_are_vouched_for_and_spoiled_ones_only_where_they_are_valid(
    film: Path,
) -> None:
    sure = Vouching(written=True).of(LANGUAGE.scene.schema)
    check = validator(final=False)(LANGUAGE.scene.schema)
    for scene in yaml.safe_load(film.read_text(encoding="utf-8"))["scenes"][:4]:
        assert sure(scene)
        assert [] == [data for data in _mutated(scene) if sure(data) and not check.is_valid(data)]


def test_an_expression_is_vouched_for_until_it_is_filled_in() -> None:
    schema = {"type": "number", "minimum": 0}
    assert [True, False] == [_surely(schema, "{{ x }}", final=final) for final in (False, True)]
    assert not _surely({**schema, "x-spelled": True}, "{{ x }}", final=False)


@pytest.mark.parametrize(("keyword", "value"), [("uniqueItems", True), ("const", [1])])
def test_what_is_not_known_for_sure_is_doubted(keyword: str, value: Any) -> None:
    schema = {"type": "array", keyword: value}
    assert not _surely(schema, [1], final=True)
    assert checker(schema).fits([1], final=True)


def test_problems_are_told_where_nobody_vouches() -> None:
    found = Checker({"type": "string"}).problems(3, lambda path, key=False: None)
    assert ["wrong-type"] == [problem.code for problem in found]


def test_nothing_of_the_validator_is_loaded_for_a_film_that_is_right(tmp_path: Path) -> None:
    film = tmp_path / "film.yaml"
    film.write_text("version: 1\nscenes: [{say: Hello., text: Hello}]\n", encoding="utf-8")
    code = "import sys; from pathlib import Path; from renderer.spec import load\n"
    code += f"load(Path({json.dumps(str(film))})); print('jsonschema' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ("False\n", "") == (done.stdout, done.stderr)
