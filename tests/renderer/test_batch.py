"""`render batch`: a film for each row, past rows that are wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from renderer.batch import Film, Outcome, batch, named, rows_of
from renderer.errors import SpecError, UsageError
from renderer.render import Options
from renderer.source.rows import each_row

RENDER = Path(sys.executable).with_name("render")
FILM = """
version: 1
size: 32x18
fps: 5
title: "For {{ row.name }}"
scenes:
  - {background: "{{ row.color }}", duration: 200ms}
  - {background: "#00ff00", duration: 200ms, transition: cut}
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "film.yaml"
    path.write_text(FILM, "utf-8")
    return path


def made(spec: Path, table: str, name: str = "{{ row.name }}") -> list[Outcome]:
    file = spec.with_name("people.csv")
    file.write_text(table, "utf-8")
    films = named(rows_of(file), name, "film")
    return list(batch(spec, films, spec.parent / "out", ".mp4", Options()))


def test_a_hundred_rows_of_which_two_are_wrong_make_ninety_eight_films(spec: Path) -> None:
    rows = [f"Guest {number},#{number:06x}" for number in range(1, 101)]
    rows[6], rows[49] = "Guest 7,blurple", "Guest 50,#000000,more"
    outcomes = made(spec, "\n".join(["name,color", *rows]))

    wrong = [one for one in outcomes if one.made is None]
    assert [(7, 8, "bad-colour"), (50, 51, "bad-data")] == [
        (one.number, one.place.line, one.problems[0].code) for one in wrong
    ]
    films = sorted(file.name for file in (spec.parent / "out").iterdir())
    assert 98 == len(films) and "Guest 100.mp4" in films
    assert 1 == min(one.made.encoded for one in outcomes[1:] if one.made)
    assert 1 == max(one.made.encoded for one in outcomes[1:] if one.made)


def test_begun_again_it_goes_on_where_it_was(spec: Path) -> None:
    table = "name,color\na,#ff0000\nb,#0000ff\n"
    first = made(spec, table)
    (spec.parent / "out" / "b.mp4").unlink()
    again = made(spec, table + "c,#ffffff\n")
    assert [2, 1] == [one.made.encoded for one in first if one.made]
    assert [0, 0, 1] == [one.made.encoded for one in again if one.made]
    assert (spec.parent / "out" / "b.mp4").is_file()


def films(tmp_path: Path, table: str, name: str, file: str = "rows.csv") -> list[Film | Outcome]:
    (tmp_path / file).write_text(table, "utf-8")
    return named(rows_of(tmp_path / file), name, "film")


def test_names_are_safe_and_no_two_are_equal(tmp_path: Path) -> None:
    table = 'name\n../../etc/passwd\nAnna\nanna\nCON\nليلى\n""\n'
    found = films(tmp_path, table, "{{ row.name }}")
    names = [one.name for one in found]
    assert ["_.._etc_passwd", "Anna", "anna-3", "_CON", "ليلى", "_"] == names


def test_without_a_name_films_are_numbered(tmp_path: Path) -> None:
    found = films(tmp_path, "n\n" + "1\n" * 12, "")
    assert ["film-01", "film-12"] == [found[0].name, found[-1].name]
    assert ["1 of a", "1 of a-2"] == [
        one.name
        for one in films(tmp_path, '[{"n": "a"}, {"n": "a"}]', "1 of {{ row.n }}", "r.json")
    ]


def test_a_name_that_has_no_value_is_the_rows_problem(tmp_path: Path) -> None:
    (one,) = films(tmp_path, "name\nAnna\n", "{{ row.nme }}")
    assert isinstance(one, Outcome)
    assert (2, "unknown-name") == (one.place.line, one.problems[0].code)


def test_rows_of_json_have_their_lines_too(tmp_path: Path) -> None:
    text = b'[\n  {"a": 1},\n  {"a": "},{"}, 3,\n\n  {"a": 4}\n]'
    found, problems = each_row(text, "a.json")
    assert ([2, 3, 3, 5], ()) == ([row.place.line for row in found], problems)
    kinds = [type(one).__name__ for one in films(tmp_path, text.decode(), "", "a.json")]
    assert ["Film", "Film", "Outcome", "Film"] == kinds


@pytest.mark.parametrize(
    ("file", "text", "error"),
    [
        ("rows.txt", "a\n1\n", UsageError),
        ("rows.csv", "a\n", UsageError),
        ("rows.csv", "a,a\n1,2\n", SpecError),
        ("rows.json", "{", SpecError),
        ("gone/rows.csv", None, UsageError),
    ],
)
def test_rows_that_cannot_be_read_end_it(
    tmp_path: Path, file: str, text: str | None, error: type[Exception]
) -> None:
    if text is not None:
        (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(error):
        rows_of(tmp_path / file)


def test_the_command_tells_of_every_row(spec: Path) -> None:
    spec.with_name("people.csv").write_text("name,color\na,#ff0000\nb,nothing\n", "utf-8")
    words = ["batch", "film.yaml", "--rows", "people.csv", "--name", "{{ row.name }}"]
    done = [
        subprocess.run([RENDER, *words, *more], cwd=spec.parent, capture_output=True, text=True)
        for more in ([], ["--json"])
    ]
    assert [3, 3] == [one.returncode for one in done]
    assert "output/a.mp4" == Path(done[0].stdout.strip()).as_posix()
    assert "people.csv:3: row 2 (b):" in done[0].stderr
    assert "1 films made, 1 rows failed" in done[0].stderr
    one, two = map(json.loads, done[1].stdout.splitlines())
    assert (2, "a", 0) == (one["line"], one["name"], one["encoded"])
    assert (3, None, "bad-colour") == (two["line"], two["film"], two["problems"][0]["code"])
