"""Faces: their coverage, their fallback chain, and font files that cannot be used."""

import hashlib
from pathlib import Path

import pytest

from renderer import fonts
from renderer.errors import AssetError, MissingError


def test_asked_family_comes_first_and_the_default_follows():
    chain = fonts.faces(["Noto Sans"])
    assert [face.key for face in chain[:2]] == ["notos", "figo"]


def test_weight_and_slant_are_faces_of_their_own():
    keys = [
        fonts.faces(["FiraGO"], weight, italic)[0].key
        for weight, italic in [
            ("regular", False),
            ("bold", False),
            ("regular", True),
            ("bold", True),
        ]
    ]
    assert keys == ["figo", "figbo", "figit", "figbi"]


def test_no_face_is_twice_in_a_chain():
    keys = [face.key for face in fonts.faces(["Fira Mono", "FiraGO"])]
    assert sorted(set(keys)) == sorted(keys)


def test_default_face_covers_latin_arabic_hebrew_greek_and_cyrillic():
    face = fonts.faces(["FiraGO"])[0]
    assert [fonts.covers(face, ord(letter)) for letter in "aسאλя"] == [True] * 5


def test_missing_names_index_and_code_point_of_what_no_face_has():
    chain = fonts.faces(["FiraGO"])
    assert fonts.missing("a 日\n‍", chain) == [(2, 0x65E5)]


def test_unknown_family_is_an_error_with_a_hint():
    with pytest.raises(MissingError) as caught:
        fonts.faces(["FiraGo"])
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("unknown-font", "did you mean 'FiraGO'?")


def test_font_file_of_the_project_is_used(tmp_path: Path):
    data = fonts.faces(["Space Mono"])[0].data
    file = tmp_path / "mine.ttf"
    file.write_bytes(data)
    face = fonts.faces([(str(file), hashlib.sha256(data).hexdigest())])[0]
    assert data == face.data
    assert fonts.covers(face, ord("a"))


@pytest.mark.parametrize(
    ("content", "sha256", "says"),
    [
        (b"\0\1\0\0 cut off", None, "cannot be used"),
        (b"STARTFONT 2.1", None, "not a ttf, otf or ttc"),
        (b"\0\1\0\0", "0" * 64, "changed while"),
    ],
)
def test_font_file_that_cannot_be_used_is_an_asset_error(tmp_path, content, sha256, says):
    file = tmp_path / "bad.ttf"
    file.write_bytes(content)
    chain = fonts.faces([(str(file), sha256 or hashlib.sha256(content).hexdigest())])
    with pytest.raises(AssetError, match=says):
        fonts.covers(chain[0], ord("a"))


def test_missing_font_file_is_an_asset_error(tmp_path):
    chain = fonts.faces([(str(tmp_path / "none.ttf"), "0" * 64)])
    with pytest.raises(AssetError, match=r"none\.ttf"):
        fonts.covers(chain[0], ord("a"))
