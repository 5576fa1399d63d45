"""Layer `code`: kinds of words, marked lines, what is cut, and names of languages."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from renderer import lexers
from renderer.errors import SpecError
from renderer.layers import code
from renderer.layers._lexing import lexed
from renderer.spec import load

COLORS = {
    "keyword": "#ff0000ff",
    "string": "#00ff00ff",
    "number": "#0000ffff",
    "comment": "#808080ff",
    "mark": "#ffff00ff",
}


def asked(text: str, **more: Any) -> dict[str, Any]:
    told = {"code": text, "language": "python", "font": ["Fira Mono"], "size": 20.0}
    return {**told, "color": "#ffffffff", "line_height": 1.5, "colors": COLORS, **more}


def drawn(params: dict[str, Any], limits: tuple[float, float] = (600.0, 2000.0)) -> np.ndarray:
    return code.draw(params, code.size(params, limits), 0)[0]


def has(pixels: np.ndarray, color: str) -> bool:
    wanted = bytes.fromhex(color[1:])
    return bool((pixels == np.frombuffer(wanted, np.uint8)).all(axis=2).any())


def test_words_are_told_apart_by_kind() -> None:
    (line,) = lexed("return 'a' + 1  # why", "python")
    kinds = [(kind, text) for kind, text in line if text.strip()]
    assert [("keyword", "return"), ("string", "'"), ("string", "a")] == kinds[:3]
    assert [("number", "1"), ("comment", "# why")] == kinds[-2:]


def test_lines_are_kept_as_they_are_written() -> None:
    written = "\na *b* `c`\n\n\tif \\x:\n"
    assert ["a *b* `c`", "", "    if \\x:"] == [
        "".join(text for _, text in line) for line in lexed(written, "text")
    ]


def test_each_kind_has_its_colour() -> None:
    pixels = drawn(asked("def f(): return 'HHH', 11111  # HHH"))
    assert [True] * 4 == [
        has(pixels, COLORS[k]) for k in ("keyword", "string", "number", "comment")
    ]


@pytest.mark.parametrize(
    ("highlight", "marked"),
    [(2, {2}), ("2-3", {2, 3}), ([1, "3 - 4"], {1, 3, 4}), ([9], set()), (None, set())],
)
def test_marked_lines_have_a_bar(highlight: Any, marked: set[int]) -> None:
    pixels = drawn(asked("a\nb\nc\nd", highlight=highlight))
    bar = (pixels[:, 0] == (255, 255, 0, 255)).all(axis=1)
    assert marked == {number for number in (1, 2, 3, 4) if bar[30 * number - 15]}


def test_numbers_stand_before_the_lines_and_are_aligned_at_their_ends() -> None:
    plain, numbered = (drawn(asked("H\n" * 12, numbers=on)) for on in (False, True))
    first = [int(np.flatnonzero(p[..., 3].max(axis=0))[0]) for p in (plain, numbered[:29])]
    assert first[1] > first[0]
    assert np.flatnonzero(numbered[..., 3].max(axis=0))[0] < first[1]


def test_type_shrinks_to_the_width_and_no_further_than_its_share() -> None:
    page = code._page(asked("x" * 60), (600.0, 2000.0))
    assert 0.6 * 20 < page.look.size < 20
    assert 12.0 == code._page(asked("x" * 400), (600.0, 2000.0)).look.size


def test_what_does_not_fit_is_cut_with_a_mark() -> None:
    page = code._page(asked("x = 1\n" * 90), (600.0, 180.0))
    assert (10, (("comment", "…"),)) == (len(page.lines), page.lines[-1])
    wide = code._page(asked("x" * 400), (600.0, 2000.0)).lines[0]
    assert ("comment", "…") == wide[-1]
    assert len(wide[0][1]) < 400
    assert code.size(asked("x = 1\n" * 90), (600.0, 180.0))[1] <= 180


def test_it_reads_from_left_to_right_in_any_film() -> None:
    ltr, rtl = (drawn(asked("a = 1", direction=way)) for way in ("ltr", "rtl"))
    assert np.array_equal(ltr, rtl)
    assert np.flatnonzero(rtl[..., 3].max(axis=0))[0] < 20


def test_a_background_lies_behind_all_of_it() -> None:
    ground = {"color": "#102030ff", "padding": 10.0, "radius": 0.0}
    pixels = drawn(asked("a", background=ground))
    assert [16, 32, 48, 255] == pixels[1, 1].tolist() == pixels[-2, -2].tolist()


def test_names_of_languages_are_known_without_pygments() -> None:
    assert {"python", "c++", "rust", "text", "yaml"} <= lexers.names()
    assert lexers.unknown("Python") is None
    assert "did you mean 'python'?" == lexers.unknown("pyhton")


def test_every_name_that_is_known_has_a_lexer() -> None:
    assert all(lexed("x", name) for name in sorted(lexers.names())[::40])


def test_an_unknown_language_and_a_bad_line_are_problems_at_their_places(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text(
        "version: 1\nscenes:\n  - layers:\n      - {code: a, language: pyhton}\n"
        '      - {code: a, highlight: ["4-"]}\n      - {code: a, align: end}\n'
    )
    with pytest.raises(SpecError) as caught:
        load(spec)
    assert [(5, "bad-lines"), (6, "unknown-key")] == [
        (p.place.line, p.code) for p in caught.value.problems if p.place and p.place.line > 4
    ]
    assert ["unknown-name"] == [p.code for p in caught.value.problems if p.place.line == 4]
