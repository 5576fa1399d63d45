"""Tables of sources: read whole, and shown as charts with the very values of the source."""

from pathlib import Path

import pytest

from reelspec.author.notes import Series
from reelspec.author.quantities import series
from reelspec.author.reading import Document, Reading, prose, read
from reelspec.author.reading.tables import of_csv
from reelspec.author.series import number_of, of_items, of_table
from renderer.looks import reading_of_spec
from renderer.source import parse
from renderer.spec import load
from tests.author.writing import author

SIMPLE = "| year | gw |\n|---|---|\n| 2019 | 590 |\n| 2020 | 710 |"


@pytest.mark.parametrize(
    "written",
    [
        "| year | gw |\n|------|:--:|\n| 2019 | **590** |\n| 2020 | 710 |",
        "year | gw\n--- | ---\n2019 | 590\n2020 | 710",
        "|year|gw|\n|-|-|\n|2019|590|left over|\n|2020|710|",
    ],
)
def test_tables_of_markdown_become_simple(written: str) -> None:
    assert f"Before.\n\n{SIMPLE}\n\nAfter." == prose(f"Before.\n{written}\n\nAfter.").text


@pytest.mark.parametrize("written", ["| no | rule |", "|---|---|", "| a |\n|---|\n| one column |"])
def test_what_only_looks_like_a_table_is_left_out(written: str) -> None:
    assert "Before.\n\nAfter." == prose(f"Before.\n\n{written}\n\nAfter.").text


def test_tables_in_code_stay_code() -> None:
    assert f"```\n{SIMPLE}\n```" == prose(f"```\n{SIMPLE}\n```").text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_as_a_table(delimiter: str) -> None:
    text = "\ufeffyear,gw\r\n2019,590\r\n\r\n2020,710\r\n".replace(",", delimiter)

    assert [Reading(SIMPLE)] == read([Document("gw.csv", text.encode(), "text/csv")])


def test_a_cell_may_hold_bars_lines_and_quotes() -> None:
    assert '| a | b |\n|---|---|\n| x \\| y | "z" w |' == of_csv('a,b\n"x | y","""z""\nw"\n')


@pytest.mark.parametrize("text", ["one\ntwo\n", "a,b\n", "", f"a,b\n{'x' * 300_000},1\n"])
def test_csv_without_a_table_is_a_problem(text: str) -> None:
    (problem,) = read([Document("x.csv", text.encode(), "text/csv")])

    assert not isinstance(problem, Reading) and problem.code in ("no-text", "unreadable")


GROWTH = [["Year", "Capacity (GW)", "Of"], ["2019", "590", "A"], ["2020", "1,050", "A"]]


def test_a_table_is_a_series_with_the_numbers_of_the_source() -> None:
    found = of_table([*GROWTH, ["2021", "1,420.5", "B"]], "en")

    rows = ((2019, (590,)), (2020, (1050,)), (2021, (1420.5,)))
    assert Series("bar", "Year", ("Capacity",), rows, "GW") == found


def test_columns_of_one_unit_stand_side_by_side_and_gaps_stay_gaps() -> None:
    head = ["country", "solar", "wind", "share"]
    body = [
        ["China", "609", "441", "5 %"],
        ["India", "–", "44", "6 %"],
        ["Japan", "87", "5", "7 %"],
    ]
    more = [["Spain", "31", "30", "20 %"]]

    found = of_table([head, *body, *more], "en")

    assert found and ("solar", "wind") == found.columns
    assert ("India", (None, 44)) == found.rows[1]


@pytest.mark.parametrize(
    ("wrong", "lang"),
    [
        (GROWTH, "en"),
        ([*GROWTH, ["2021", "about 1,400", "B"]], "en"),
        ([*GROWTH, ["2020", "5", "B"]], "en"),
        ([*GROWTH, ["2021", "5 MW", "B"]], "en"),
        ([*GROWTH, ["2021", "1,420", "B"]], ""),
    ],
    ids=["two rows", "words", "a name twice", "two units", "thousands or tenths"],
)
def test_what_is_not_sure_to_be_a_series_is_none(wrong: list[list[str]], lang: str) -> None:
    assert of_table(wrong, lang) is None


@pytest.mark.parametrize(
    ("digits", "lang", "expected"),
    [
        ("1,870", "en", 1870),
        ("1.870", "en", 1.87),
        ("1.870", "de", 1870),
        ("1.870,5", "es", 1870.5),
        ("1,870", "", None),
        ("1 870 000", "fr", 1870000),
        ("١٬٨٧٠٫٥", "ar", 1870.5),
        ("−5", "en", -5),
        ("0,125", "en", 0.125),
        ("1,87,0", "en", None),
        ("9" * 40, "en", None),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(
    digits: str, lang: str, expected: float | None
) -> None:
    assert expected == number_of(digits, lang)


def test_items_and_sentences_are_series_too() -> None:
    items = of_items(["Roofs: 40 %", "Fields: 55 %", "Water – 5 %"], "en")
    sentence = series("It was 76 dollars in 1977, 10 dollars in 1990 and 2 dollars in 2010.", "en")
    arabic = series("بلغت 590 مليون عام 2019 و710 مليون عام 2020 و860 مليون عام 2021.", "ar")

    assert items and ("pie", "%") == (items.kind, items.unit)
    assert sentence and ((1977, (76,)), (1990, (10,)), (2010, (2,))) == sentence.rows
    assert arabic and ("مليون", (2021, (860,))) == (arabic.unit, arabic.rows[2])


@pytest.mark.parametrize(
    "text",
    [
        "It was shown in 1954, and 6 percent were reached in 1960.",
        "Of 40 people 12 came in 2019, 15 people in 2020 and 18 people in 2021.",
        "Between 1990, 2000 and 2010 it grew by 5 percent, 6 percent and 7 percent.",
    ],
)
def test_sentences_that_only_hold_numbers_are_none(text: str) -> None:
    assert series(text, "en") is None


MARKDOWN = f"""# Solar power

Solar power grew faster than any other source of current. Panels last for thirty years.

## Capacity

The capacity of the world grew every year.

{SIMPLE}
| 2021 | 860 |
"""


def test_a_table_of_a_source_becomes_a_chart_that_passes_the_strict_check(tmp_path: Path) -> None:
    (tmp_path / "gw.md").write_text(MARKDOWN, encoding="utf-8")
    (tmp_path / "gw.csv").write_text("land;gw\nChina;609\nUSA;139\nJapan;87,5\n", encoding="utf-8")
    sources = ("--source", "gw.md", "--source", "gw.csv")

    done = author(
        tmp_path, "solar", *sources, "--duration", "25", "--engine", "silent", "-o", "s.yaml"
    )

    assert 0 == done.returncode, done.stderr
    spec = load(tmp_path / "s.yaml")
    assert () == (*spec.warnings, *reading_of_spec(spec))
    scenes = parse((tmp_path / "s.yaml").read_bytes(), "s.yaml").data["scenes"]
    charts = [scene for scene in scenes if scene["template"] == "chart"]
    years = [{"year": 2019, "gw": 590}, {"year": 2020, "gw": 710}, {"year": 2021, "gw": 860}]
    lands = [
        {"land": "China", "gw": 609},
        {"land": "USA", "gw": 139},
        {"land": "Japan", "gw": 87.5},
    ]
    assert [years, lands] == [chart["with"]["data"] for chart in charts]
    assert "The capacity of the world grew every year." == charts[0]["say"]
