"""Texts of a spec against the fonts: letters that none has, a film's own fonts, font packages."""

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from renderer import fonts, shelves, text
from renderer.errors import Problem, SpecError
from renderer.spec import glyphs, load
from renderer.units import opportunities


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def writing(written: str) -> Any:
        path = tmp_path / "film.yaml"
        path.write_text("version: 1\n" + written, "utf-8")
        return load(path)

    return writing


def problems(write: Any, written: str) -> tuple[Problem, ...]:
    with pytest.raises(SpecError) as caught:
        write(written)
    return caught.value.problems


def with_package(name: str) -> Any:
    """Return the mark of a test that needs a package of an extra."""
    there = name in {found.name for found in metadata.distributions()}
    return pytest.mark.skipif(not there, reason=f"{name} is not installed")


@pytest.mark.parametrize(
    ("letter", "named", "extra"),
    [
        ("🫠", "'🫠' U+1FAE0 MELTING FACE", "emoji"),
        ("漢", "'漢' U+6F22 CJK UNIFIED IDEOGRAPH-6F22", "cjk"),
        ("한", "'한' U+D55C HANGUL SYLLABLE HAN", "cjk"),
    ],
)
def test_a_missing_letter_is_named_with_its_code_point_and_its_extra(
    write: Any, monkeypatch: pytest.MonkeyPatch, letter: str, named: str, extra: str
) -> None:
    monkeypatch.setattr(shelves, "packed", dict)
    (found,) = problems(write, f"scenes:\n  - text: A {letter} here\n")
    assert ("missing-glyph", "error") == (found.code, found.level)
    assert f"no font has {named}" == found.message
    assert f"pip install 'reelspec[{extra}]'" == found.hint
    assert (3, 13, 1) == (found.place.line, found.place.column, found.place.length)


def test_a_letter_that_cannot_be_seen_is_named_by_its_code_alone(write: Any) -> None:
    (found,) = problems(write, 'scenes:\n  - text: "A \\uE123"\n')
    assert "no font has U+E123" == found.message


def test_a_script_that_needs_raqm_is_a_problem_without_it(
    write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glyphs, "shaping", lambda: {"raqm": None})
    (found,) = problems(write, "scenes:\n  - text: Say नमस्ते\n")
    assert ("needs-raqm", 3, 15) == (found.code, found.place.line, found.place.column)
    assert "'न' U+0928 DEVANAGARI LETTER NA" in found.message
    assert "libfribidi0" in found.hint


def test_arabic_and_hebrew_need_no_raqm(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "shaping", lambda: {"raqm": None})
    assert write("scenes:\n  - text: كيف שלום Πώς\n").scenes


def test_a_films_own_font_is_used_by_its_name(write: Any, tmp_path: Path) -> None:
    data = fonts.faces(["Space Mono"])[0].data
    (tmp_path / "mine.ttf").write_bytes(data)
    spec = write(
        "fonts: {Mine: mine.ttf}\nscenes:\n  - layers: [{text: a, font: [Mine, FiraGO]}]\n"
    )
    mine, other = spec.scenes[0].layers[-1].params["font"]
    assert "FiraGO" == other
    assert data == fonts.faces([(mine["file"], mine["sha256"])])[0].data
    assert str(tmp_path / "mine.ttf") == mine["file"]


@pytest.mark.parametrize(
    ("file", "code", "says"),
    [
        ("none.ttf", "missing-file", "none.ttf"),
        ("bad.ttf", "bad-font", "not a ttf, otf or ttc"),
        ("../up.ttf", "outside-root", "outside the project"),
    ],
)
def test_a_font_file_that_cannot_be_used_is_one_problem(
    write: Any, tmp_path: Path, file: str, code: str, says: str
) -> None:
    (tmp_path / "bad.ttf").write_bytes(b"STARTFONT 2.1")
    (found,) = problems(
        write, f"fonts: {{Mine: {file}}}\nscenes:\n  - layers: [{{text: a, font: Mine}}]\n"
    )
    assert (code, 2) == (found.code, found.place.line)
    assert says in found.message


def test_a_ligature_that_no_font_has_is_written_in_its_letters() -> None:
    chain = fonts.faces(["FiraGO"])
    assert "قال صلى الله عليه وسلم" == fonts.spelled("قال ﷺ", chain)
    assert [] == fonts.missing("قال ﷺ", chain)


def test_slanted_faces_are_followed_by_upright_ones() -> None:
    keys = [face.key for face in fonts.faces(["FiraGO"], "bold", italic=True)]
    assert keys.index("figbi") < keys.index("figbo") < keys.index("figo")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", "Noto Sans SC"),
        ("zh-Hant", "Noto Sans TC"),
        ("zh-HK", "Noto Sans TC"),
        ("ja", "Noto Sans JP"),
        ("ko-KR", "Noto Sans KR"),
        ("en", "Noto Sans SC"),
    ],
)
def test_han_characters_are_those_of_the_language(
    lang: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [name for pack in shelves.PACKS for name in pack.files]
    monkeypatch.setattr(shelves, "packed", lambda: dict.fromkeys(names, Path("a.ttf")))
    assert expected == shelves.for_language(lang)[0]
    assert sorted(names) == sorted(shelves.for_language(lang))


@with_package("justmytype-intl-cjk")
def test_the_extra_cjk_brings_han_kana_and_hangul_in_two_weights() -> None:
    assert [] == fonts.missing(
        "日本語 ひらがな 한국어 中文、。「」", fonts.faces(["FiraGO"], lang="ja")
    )
    (row,) = text.layout({"text": "日**本**", "size": 40.0, "lang": "ja"}, (900, 900)).rows
    assert [400, 700] == [placed.run.face.weight for placed in row.runs]
    assert all("NotoSansJP" in placed.run.face.key for placed in row.runs)


@with_package("deckr-fonts")
def test_the_extra_emoji_brings_emoji() -> None:
    assert [] == fonts.missing("🎉😀🫠👩‍👩‍👧🇪🇬", fonts.faces(["FiraGO"]))


@with_package("pythainlp")
def test_the_extra_thai_breaks_thai_between_words() -> None:
    written = "เซลล์แสงอาทิตย์ทำงานอย่างไร (3.5)"
    assert [15, 20, 28, 33] == opportunities(written)


def test_the_packages_of_the_extras_are_the_ones_that_are_looked_for() -> None:
    told = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    extras = told["project"]["optional-dependencies"]
    for pack in shelves.PACKS:
        assert [pack.distribution] == [re.split("[<>=]", line)[0] for line in extras[pack.extra]]


def test_checking_plain_text_loads_no_font() -> None:
    code = (
        "import sys, tempfile, pathlib; from renderer.spec import load; from renderer import fonts;"
        "p = pathlib.Path(tempfile.mkdtemp()) / 'a.yaml';"
        "p.write_text('version: 1\\nscenes: [{text: Hello}]\\n'); load(p);"
        "print(fonts._characters.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "0\n" == done.stdout
