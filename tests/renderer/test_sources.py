"""Sources, and which of them the scenes cite."""

from pathlib import Path
from typing import Any

import pytest

from renderer.errors import SpecError
from renderer.spec import load


def texts(tmp_path: Path, text: str) -> list[Any]:
    (tmp_path / "film.yaml").write_text(text, "utf-8")
    scenes = load(tmp_path / "film.yaml").scenes
    return [item.params["text"] for scene in scenes for item in scene.layers[1:]]


SOURCES = "version: 1\nsources: {b: {title: B}, a: {url: 'https://a.example/'}, c: {}}\nscenes:\n"
LIST = "  - layers: [{text: '{{ s.id }} {{ s.title }}', for_each: {in: cited, as: s}}]\n"


def test_cited_sources_come_once_in_order_of_first_citation(tmp_path: Path) -> None:
    film = SOURCES + LIST + "  - {cite: [a], say: x}\n  - {cite: [b, a], say: x}\n"
    assert ["a https://a.example/", "b B"] == texts(tmp_path, film)


def test_a_scene_that_is_left_out_cites_nothing(tmp_path: Path) -> None:
    film = SOURCES + "  - {cite: [a], say: x, when: false}\n  - {cite: [c], say: x}\n" + LIST
    assert ["c c"] == texts(tmp_path, film)


def test_sources_are_in_scope_with_every_key(tmp_path: Path) -> None:
    film = SOURCES + "  - layers: [{text: '{{ sources.b.title }}{{ sources.b.quote }}!'}]\n"
    assert ["B!"] == texts(tmp_path, film)


def test_a_row_names_what_it_cites(tmp_path: Path) -> None:
    film = (
        SOURCES.replace("sources", "vars: {rows: [{s: b}, {s: a}]}\nsources", 1)
        + "  - {for_each: {in: rows, as: row}, cite: ['{{ row.s }}'], say: x}\n"
        + LIST
    )
    assert ["b B", "a https://a.example/"] == texts(tmp_path, film)


def test_an_unknown_source_is_hinted(tmp_path: Path) -> None:
    with pytest.raises(SpecError) as caught:
        texts(tmp_path, "version: 1\nsources: {iea: {}}\nscenes:\n  - {cite: [iae], say: x}\n")
    assert "film.yaml:4:13: error[unknown-source]: no source has the id 'iae'; did you mean 'iea'?" in str(caught.value)  # fmt: skip
