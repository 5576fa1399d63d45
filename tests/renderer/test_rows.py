"""Data files → rows, and scenes for each of them."""

from pathlib import Path
from typing import Any

import pytest

from renderer.errors import SpecError
from renderer.source.rows import rows
from renderer.spec import load


def read(content: str | bytes, file: str = "a.csv") -> Any:
    found, problems = rows(content.encode() if isinstance(content, str) else content, file)
    return [str(problem) for problem in problems] or found


def test_plain_cells_are_typed_as_yaml_is_and_quoted_ones_are_text() -> None:
    text = 'name,gw,up,code,note\nOman,1.5,true,"007",\r\n"a ""b"", c",1e3,no,0x10,"x\ny"\n'
    assert [
        {"name": "Oman", "gw": 1.5, "up": True, "code": "007", "note": None},
        {"name": 'a "b", c', "gw": 1000.0, "up": "no", "code": 16, "note": "x\ny"},
    ] == read(text)


def test_a_byte_order_mark_and_empty_lines_are_no_rows() -> None:
    assert [{"a": 1}, {"a": 2}] == read(b"\xef\xbb\xbfa\n1\n\n2")
    assert [] == read("a,b\n")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "a.csv:1:1: error[bad-data]: the first line has to name the columns"),
        ("a,a\n1,2\n", "a.csv:1:1: error[bad-data]: two columns are named 'a'"),
        ("a,,b\n", "a.csv:1:1: error[bad-data]: column 2 has no name in the first line"),
        ("a;b\n1;2\n", "a.csv:1:2: error[bad-data]: the cells are separated by `;`; write commas"),
        (
            "a,b\n1,2\n1,2,3\n",
            "a.csv:3:1: error[bad-data]: 3 cells in this line; the first line names 2; "
            'quote a cell that holds a comma: "a, b"',
        ),
        (
            'a,b\n1,"x\n',
            "a.csv:2:3: error[bad-data]: a quoted cell does not end; "
            'double the quotes inside a quoted cell: "a ""b"" c"',
        ),
        (
            'a\nx"y\n',
            "a.csv:2:1: error[bad-data]: a quote inside a plain cell; "
            'double the quotes inside a quoted cell: "a ""b"" c"',
        ),
        ("a\n.inf\n", "a.csv:2:1: error[bad-number]: '.inf' is not a finite number; quote it"),
        (
            b"a\ncaf\xe9\n",
            "a.csv:2:4: error[not-utf8]: the file is not UTF-8 text; save it as UTF-8",
        ),
        (
            "a\nx\0y\n",
            "a.csv:2:2: error[control-character]: the control character U+0000; remove it",
        ),
    ],
)
def test_a_csv_file_that_is_not_right_is_named_with_its_place(
    content: str | bytes, problem: str
) -> None:
    assert [problem] == read(content)


def test_json_rows() -> None:
    assert [{"a": 1, "b": [1.5, None, True]}, "x"] == read(
        '[{"a":1,"b":[1.5,null,true]},"x"]', "a.JSON"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"a": 1}', "a.json:1:1: error[wrong-type]"),
        ('[\n{"a": 1,}]', "a.json:2:9: error[bad-data]"),
        ('[{"a": 1, "a": 2}]', "a.json:1:1: error[duplicate-key]"),
        ("[NaN]", "a.json:1:1: error[bad-number]"),
        ("[1e999]", "a.json:1:1: error[bad-number]"),
        ("[" + "9" * 5000 + "]", "a.json:1:1: error[bad-number]"),
        ("[" * 100_000, "a.json:1:1: error[too-deep]"),
        ("[" * 80 + "]" * 80, "a.json:1:1: error[too-deep]"),
        ('["\\ud800"]', "a.json:1:1: error[too-long]"),
        ("[" + "1," * 100_001 + "1]", "a.json:1:1: error[too-many]"),
        ('["' + "a" * 20_001 + '"]', "a.json:1:1: error[too-long]"),
    ],
)
def test_json_that_is_not_right_is_refused(content: str, code: str) -> None:
    assert [code] == [problem.split(": ")[0] + ": " + problem.split(": ")[1] for problem in read(content, "a.json")]  # fmt: skip


def test_a_csv_file_may_have_a_hundred_thousand_cells() -> None:
    assert "too-many" in read("a\n" + "1\n" * 100_000)[0]
    assert 99_999 == len(read("a\n" + "1\n" * 99_999))


FILM = """version: 1
vars: {folder: tables}
data: {countries: "{{ folder }}/c.csv", plants: p.json}
scenes:
  - for_each: {in: countries, as: c}
    id: "land-{{ c.code }}"
    when: "{{ c.gw > 1 }}"
    text: "{{ c.name }}: {{ c.gw }} of {{ data.countries|length }}"
    layers:
      - {text: "{{ p }}", for_each: {in: plants, as: p}, opacity: "{{ c.up }}"}
"""


@pytest.fixture
def film(tmp_path: Path) -> Any:
    (tmp_path / "tables").mkdir()

    def writing(csv: str, text: str = FILM) -> Path:
        (tmp_path / "tables" / "c.csv").write_text(csv, "utf-8")
        (tmp_path / "p.json").write_text('["a", "b"]', "utf-8")
        (tmp_path / "film.yaml").write_text(text, "utf-8")
        return tmp_path / "film.yaml"

    return writing


def test_a_scene_for_each_row(film: Any) -> None:
    spec = load(film("code,name,gw,up\nom,Oman,1.5,1\ntd,Chad,0,1\npe,Peru,2,0.5\n"))
    assert ["land-om", "land-pe"] == [scene.id for scene in spec.scenes]
    assert [["Oman: 1.5 of 3", "a", "b"], ["Peru: 2 of 3", "a", "b"]] == [
        [item.params["text"] for item in scene.layers if item.kind == "text"]
        for scene in spec.scenes
    ]


def problems(path: Path) -> list[str]:
    with pytest.raises(SpecError) as caught:
        load(path)
    return [str(problem).removeprefix(f"{path.parent}/") for problem in caught.value.problems]


def test_ids_of_rows_that_are_not_unique_name_the_row(film: Any) -> None:
    (problem,) = problems(film("code,name,gw,up\nom,Oman,2,1\npe,Peru,2,1\nom,Oman,2,1\n"))
    assert (
        "film.yaml:5:5: error[duplicate-id]: two scenes have the id 'land-om', in row 3; "
        "the first is in line 5, in row 1; give one of them another `id`"
    ) == problem


def test_a_value_of_a_row_that_does_not_fit_is_an_error_in_the_spec(film: Any) -> None:
    (problem,) = problems(film("code,name,gw,up\na,A,2,1\nb,B,2,high\nc,C,2,low\n"))
    assert (
        "film.yaml:10:67: error[wrong-type]: a number is expected here, not text, in row 2"
        == problem
    )


def test_a_problem_of_a_data_file_stands_in_it(film: Any) -> None:
    found = problems(
        film("a,b\n1,2\n1\n", "version: 1\ndata: {c: tables/c.csv}\nscenes: [{text: a}]\n")
    )
    assert ["tables/c.csv:3:1"] == [problem.split(": ")[0] for problem in found]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("{c: tables/no.csv}", "missing-file"),
        ("{c: tables}", "bad-data"),
        ("{c: film.yaml}", "bad-data"),
        ("{c: ../c.csv}", "outside-root"),
        ("{c: 3}", "wrong-type"),
        ("[c.csv]", "wrong-type"),
    ],
)
def test_data_that_cannot_be_read(film: Any, data: str, code: str) -> None:
    text = f"version: 1\ndata: {data}\nscenes: [{{text: a}}]\n"
    assert [code] == [
        problem.split("[")[1].split("]")[0] for problem in problems(film("a\n", text))
    ]
