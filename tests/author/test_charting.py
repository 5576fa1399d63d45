"""Charts that a language model asks for: only numbers that its sources have under these names."""

import json
from pathlib import Path
from typing import Any

import pytest

from reelspec.author.charting import Row, charted
from reelspec.author.notes import Series, Source
from renderer.source import parse
from renderer.spec import load
from tests.author.modelling import model, says, scene
from tests.author.writing import author

TABLE = "| year | solar (GW) | wind (GW) |\n|---|---|---|\n| 2021 | 940 | 825 |\n| 2022 | 1,185 | 899 |\n| 2023 | 1,624 | 1,021 |"
ITEMS = "Power in 2023:\n- China: 609 GW\n- Japan: 87 GW\n- the United States: 139 GW\n- Spain lost 5 GW and won 31 GW"
SENTENCE = "In 2021 it was 940 gigawatts, in 2022 it was 1,185 gigawatts, in 2023 1,624 gigawatts."
PROSE = "China had 609 GW. Nobody in Japan had more than 87 GW. India gave 73 GW."


def rows(*written: tuple[str, str]) -> list[Row]:
    return [Row(name, number) for name, number in written]


def of(text: str, *written: tuple[str, str], lang: str = "en") -> tuple[Series | None, list[str]]:
    found, left = charted(rows(*written), "k", "v", [Source("s", "S", text, lang="en")], lang)
    return found, [row.name for row in left]


SOLAR = (("2021", "940"), ("2022", "1,185"), ("2023", "1,624"))


@pytest.mark.parametrize("text", [TABLE, SENTENCE])
def test_rows_that_a_source_has_are_a_series(text: str) -> None:
    found, left = of(text, *SOLAR)

    assert found and ((2021, (940,)), (2022, (1185,)), (2023, (1624,))) == found.rows
    assert ("k", ("v",), []) == (found.name, found.columns, left)


@pytest.mark.parametrize(
    "text", [ITEMS, PROSE.replace("India", "The United States").replace("73", "139")]
)
def test_items_and_sentences_with_one_number_each_are_a_series(text: str) -> None:
    found, left = of(text, ("China", "609 GW"), ("Japan", "87 GW"), ("United States", "139 GW"))

    assert found and ("GW", []) == (found.unit, left)


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        (TABLE, "2022", "1,186"),
        (TABLE, "2022", "899"),
        (TABLE, "2020", "1,185"),
        (SENTENCE, "2022", "940"),
        (SENTENCE, "2022", "many"),
    ],
    ids=["another number", "another column", "another name", "another year's", "no number"],
)
def test_a_row_that_no_source_has_is_left_out(text: str, name: str, number: str) -> None:
    found, left = of(text, SOLAR[0], (name, number), SOLAR[2])

    assert (None, [name]) == (found, left)


def test_of_four_rows_three_that_are_true_stay() -> None:
    found, left = of(TABLE, *SOLAR, ("2024", "2,000"))

    assert found and 3 == len(found.rows)
    assert ["2024"] == left


def test_a_sentence_with_two_numbers_bears_neither() -> None:
    found, left = of(ITEMS, ("China", "609 GW"), ("Japan", "87 GW"), ("Spain", "31 GW"))

    assert (None, ["Spain"]) == (found, left)


def test_a_number_bears_one_row_only() -> None:
    found, _ = of(PROSE, ("China", "609 GW"), ("China", "609 GW"), ("India", "73 GW"))

    assert found is None


def test_names_may_be_translated_into_another_script() -> None:
    found, left = of(
        PROSE, ("الصين", "609 GW"), ("اليابان", "87 GW"), ("الهند", "73 GW"), lang="ar"
    )

    assert found and ["الصين", "اليابان", "الهند"] == [name for name, _ in found.rows]
    assert [] == left


def planned(*written: tuple[str, str]) -> dict[str, Any]:
    table = [{"name": name, "number": number} for name, number in written]
    series = {"names": "year", "numbers": "solar power", "rows": table}
    return {
        "title": "Solar power",
        "scenes": [
            scene("opening", "Solar power has grown for years.", sources=["gw"]),
            scene("series", "Solar power has grown every year.", sources=["gw"], series=series),
            scene("close", "Solar power has grown for years."),
        ],
    }


def written(folder: Path, *told: tuple[str, str]) -> tuple[list[dict[str, Any]], str]:
    text = f"# Growth\n\nSolar power has grown every year, for years.\n\n{TABLE}\n"
    (folder / "gw.md").write_text(text, encoding="utf-8")
    with model(says(json.dumps(planned(*told)))) as served:
        done = author(
            *(folder, "solar power", "--source", "gw.md", "--duration", "15", "--engine", "silent"),
            *("--writer", "llm", "--llm-url", served.url, "--llm-model", "test", "-o", "f.yaml"),
        )
    assert 0 == done.returncode, done.stderr
    assert () == load(folder / "f.yaml").warnings
    return parse((folder / "f.yaml").read_bytes(), "f.yaml").data["scenes"], done.stderr


def test_a_model_s_series_is_a_chart_with_the_numbers_of_the_source(tmp_path: Path) -> None:
    scenes, _ = written(tmp_path, *SOLAR)

    assert "chart" == scenes[1]["template"]
    assert {"year": 2022, "solar power": 1185} == scenes[1]["with"]["data"][1]


def test_a_model_s_series_with_invented_numbers_is_no_chart_and_told_of(tmp_path: Path) -> None:
    scenes, told = written(tmp_path, SOLAR[0], ("2022", "1,500"), SOLAR[2])

    assert ["title", "statement", "statement"] == [one["template"] for one in scenes[:3]]
    assert "no cited source has '2022: 1,500' for a chart of 'solar power'" in told
