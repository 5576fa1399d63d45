"""YAML text → data with places: limits, scalars, and what YAML reads otherwise than meant."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renderer.source import parse, scalar


def found(text: str | bytes) -> list[tuple[str, str]]:
    problems = parse(text, "a.yaml").problems
    return [(f"{p.place.line}:{p.place.column}", p.code) for p in problems if p.place]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("no", "no"),
        ("~", None),
        ("1:30", "1:30"),
        ("2026-01-01", "2026-01-01"),
        ("0o17", 15),
        ("0x1F", 31),
        ("010", 10),
        ("1e3", 1000.0),
        ("+.5", 0.5),
        ("1_000", "1_000"),
        ("-", "-"),
        (".", "."),
    ],
)
def test_plain_scalars_follow_yaml_1_2_core(written: str, value: object) -> None:
    assert value == scalar(written)
    assert type(value) is type(scalar(written))


def test_quoted_scalars_are_text() -> None:
    assert {"a": "1", "b": "true", "c": ""} == parse("{a: '1', b: \"true\", c: ''}", "a").data


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: 1\nb: 2\na: 3\n", [("3:1", "duplicate-key")]),
        ("a: .nan\nb: -.inf\nc: 1e999\n", [(f"{n}:4", "bad-number") for n in (1, 2, 3)]),
        ("a: !!python/object/apply:os.system [x]\n", [("1:4", "tag")]),
        ("<<: {a: 1}\n", [("1:1", "merge-key")]),
        ("a: 1\n---\nb: 2\n", [("2:1", "several-documents")]),
        ("a: &x [*x]\n", [("1:8", "bad-alias")]),
        ("\u202eb: 1\n", [("1:1", "bidi-control")]),
        ('a: "\\a"\n', [("1:4", "control-character")]),
        ("a: b\x00c\n", [("1:5", "control-character")]),
        (b"a: 1\nb: caf\xe9\n", [("2:7", "not-utf8")]),
        ("a: 1\n".encode("utf-16"), [("1:1", "not-utf8")]),
        ("\ta: 1\n", [("1:1", "yaml")]),
        ("[1]: 2\n", [("1:1", "bad-key")]),
    ],
)
def test_what_is_refused_is_named_with_its_place(
    text: str | bytes, problems: list[tuple[str, str]]
) -> None:
    assert problems == found(text)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("color: #fff\n", [("1:8", "comment-not-colour")]),
        ("{color: #fff\n}\n", [("1:9", "comment-not-colour")]),
        ("layers: # fade\n  - a\n", []),
        ("a: {{ x }}\n", [("1:5", "unquoted-expression")]),
        ("a: {{ x }} and more\n", [("1:5", "unquoted-expression")]),
        ("say: [[mark]] Hello.\n", [("1:6", "unquoted-mark")]),
        ("say: [[mark]]\n", [("1:6", "unquoted-mark")]),
        ("text: Note: this\n", [("1:7", "unquoted-colon")]),
        ("say: up 40% #1 in class\n", [("1:13", "comment-in-text")]),
        ("size: 40 # percent\n", []),
        ("{text: Hello, world}\n", [("1:15", "comma-in-text")]),
    ],
)
def test_what_yaml_reads_otherwise_is_said_in_its_own_words(
    text: str, problems: list[tuple[str, str]]
) -> None:
    assert problems == found(text)


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ('a: "Hi\nb: 2\n', (1, 4), "write the same quote where the text ends"),
        ("a:\n  - 'Hi\n--- b\n", (2, 5), "write the same quote where the text ends"),
        ("a: {x: 1\nb: 2\n", (2, 2), "the `{` in line 1, column 4 may lack its `}`"),
        ("a:\n  [1,\n  2\nb: 3\n", (4, 2), "the `[` in line 2, column 3 may lack its `]`"),
    ],
)
def test_what_is_not_closed_is_told_with_where_it_begins(
    text: str, place: tuple[int, int], hint: str
) -> None:
    (problem,) = parse(text, "a.yaml").problems
    assert place == (problem.place.line, problem.place.column)
    assert problem.hint.startswith(hint)


def test_a_duplicate_key_names_both_lines() -> None:
    (problem,) = parse("a: 1\nb: 2\na: 3\n", "film.yaml").problems
    assert str(problem).startswith("film.yaml:3:1: error[duplicate-key]: 'a' is written twice")
    assert "first in line 1" in problem.message


BOMBS = {
    "depth": "[" * 50_000,
    "aliases": "a0: &a0 [x, x]\n"
    + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
    "merge": "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: *a0}}\n" for n in range(1, 22)),
    "decimal digits": "a: " + "9" * 200_000,
    "hexadecimal digits": "a: 0x" + "f" * 200_000,
    "values": "- a\n" * 100_001,
    "size": "a: " + "b" * (1 << 20),
}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("depth", "too-deep"),
        ("aliases", "too-many"),
        ("merge", "merge-key"),
        ("decimal digits", "bad-number"),
        ("hexadecimal digits", "bad-number"),
        ("values", "too-many"),
        ("size", "too-large"),
    ],
)
def test_bombs_are_refused_soon(name: str, code: str) -> None:
    begun = time.process_time()
    assert [code] == [problem.code for problem in parse(BOMBS[name], "a").problems]
    assert time.process_time() - begun < 5


def test_anchors_are_allowed_and_stand_where_they_were_written() -> None:
    document = parse("a: &x {b: 1}\nc: *x\n", "a")
    assert {"a": {"b": 1}, "c": {"b": 1}} == document.data
    assert (1, 11) == (document.place(("c", "b")).line, document.place(("c", "b")).column)


def test_places_of_keys_and_values() -> None:
    document = parse("scenes:\n  - id: hook\n    say: [one, two]\n", "a.yaml")
    value, key = document.place(("scenes", 0, "id")), document.place(("scenes", 0, "id"), key=True)
    assert (2, 9, 4, "  - id: hook") == (value.line, value.column, value.length, value.text)
    assert (2, 5, 2) == (key.line, key.column, key.length)
    assert (3, 16) == (document.place(("scenes", 0, "say", 1)).line, 16)


def test_the_place_of_what_is_not_there_is_the_nearest_one() -> None:
    document = parse("scenes:\n  - id: hook\n", "a.yaml")
    assert document.place(("scenes", 0)) == document.place(("scenes", 0, "with", "title"))


def test_a_byte_order_mark_is_accepted() -> None:
    assert {"a": 1} == parse(b"\xef\xbb\xbfa: 1\n", "a").data


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.text("{}[]:,-#&*!|>'\" \n\t%@`a1"), st.binary()))
def test_any_text_gives_data_or_problems(content: str | bytes) -> None:
    document = parse(content, "a")
    assert document.data is None or isinstance(
        document.data, dict | list | str | int | float | bool
    )
    assert all(problem.place and problem.place.line >= 1 for problem in document.problems)
