"""Layer `counter` and the numbers of languages: what is written, where its digits stand."""

from fractions import Fraction
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from renderer.errors import SpecError
from renderer.layers import counter
from renderer.layers._counting import Piece, pieces
from renderer.numerals import digits, figure, number, only_figure, system
from renderer.paint import paint
from renderer.plan import plan
from renderer.segments import segments
from renderer.spec import load


def asked(**more: Any) -> dict[str, Any]:
    told = {"counter": "{}", "from": 0, "to": 1600, "unit": "", "size": 40.0, "frames": 30}
    return {**told, "color": "#ffffffff", "lang": "en", "direction": "ltr", **more}


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "latn"),
        ("ar", "arab"),
        ("ar-SA", "arab"),
        ("ar-MA", "latn"),
        ("fa", "arabext"),
        ("ur", "latn"),
        ("ne", "deva"),
        ("ar-u-nu-latn", "latn"),
        ("en-u-nu-arab", "arab"),
    ],
)
def test_a_language_has_its_digits(lang: str, expected: str) -> None:
    assert expected == system(lang)


def test_digits_change_and_nothing_else_does() -> None:
    assert "٣ of ١٢" == digits("3 of 12", "ar")


@pytest.mark.parametrize(
    ("value", "places", "lang", "expected"),
    [
        ("1234567.5", 1, "en", "1,234,567.5"),
        ("1234567.5", 1, "ar", "١٬٢٣٤٬٥٦٧٫٥"),
        ("1234", 0, "fr", "1234"),
        ("12345", 0, "fr", "12\u202f345"),
        ("-0.4", 0, "en", "0"),
        ("-2.5", 1, "en", "\u22122.5"),
        ("0.05", 2, "en", "0.05"),
    ],
)
def test_a_number_is_written_as_the_language_does(
    value: str, places: int, lang: str, expected: str
) -> None:
    assert expected == number(Fraction(value), places, lang)


def test_it_counts_from_its_first_number_to_its_last_and_stays_there() -> None:
    shown = [counter.state(asked(**{"from": 100}), frame) for frame in (0, 10, 30)]
    assert ["100", "1,156", "1,600"] == shown
    assert "1,600" == counter.state(asked(frames=0), 0)


def test_it_has_the_decimal_places_that_its_ends_are_written_with() -> None:
    assert "0.80" == counter.state(asked(**{"from": 0.75, "to": 0.8}), 30)


def ink(params: dict[str, Any], frame: int) -> np.ndarray:
    """Return the columns of the box that have ink."""
    box = counter.size(params, (900.0, inf))
    pixels, (dx, _) = counter.draw(params, box, frame)
    return np.flatnonzero(pixels[..., 3].max(axis=0)) + dx


def test_a_digit_that_changes_moves_no_other() -> None:
    params = asked(**{"from": 101, "to": 107, "unit": "GW"})
    first, last = ink(params, 0), ink(params, 30)
    assert "101" == counter.state(params, 0) and "107" == counter.state(params, 30)
    assert first[-1] == last[-1] and abs(int(first[0]) - int(last[0])) == 0


def test_the_box_holds_every_number_on_the_way() -> None:
    params = asked(**{"from": 88, "to": 1111})
    wide = counter.size(params, (900.0, inf))[0]
    assert all(
        ink(params, frame)[-1] <= wide and ink(params, frame)[0] >= 0 for frame in (0, 9, 30)
    )


def test_in_arabic_the_unit_stands_to_the_left_and_digits_run_to_the_right() -> None:
    params = asked(to=12, unit="م", lang="ar", direction="rtl")
    around = pieces(*counter._around(params), counter.state(params, 30), rtl=True)
    assert [Piece("م", right=True), None] == around


@pytest.mark.parametrize(
    ("text", "rtl", "expected"),
    [
        ("$3.2bn", False, ["$", None, "bn"]),
        ("$3.2bn", True, ["$", None, "bn"]),
        ("1.6 TW", False, [None, "TW"]),
        ("1.6 TW", True, ["TW", None]),
        ("٩٥٪", True, ["٪", None]),
        ("about 95% of us", True, ["about", None, "% of us"]),
    ],
)
def test_what_is_around_a_number_stands_where_its_text_would(
    text: str, rtl: bool, expected: list[str | None]
) -> None:
    before, number, after = only_figure(text) or ("", "", "")

    found = pieces(before, after, number, rtl)

    assert expected == [piece and piece.text for piece in found]


@pytest.mark.parametrize(
    ("written", "third"),
    [
        ("95", "32"),
        ("1.60", "0.53"),
        ("٩٥", "٣٢"),
        ("1,600", "533"),
        ("3,2", "1,1"),
        ("1.234,5", "411,5"),
        ("١٬٦٠٠٫٥", "٥٣٣٫٥"),
        ("1 600", "533"),
    ],
)
def test_a_number_written_as_text_keeps_its_digits_and_signs(written: str, third: str) -> None:
    known = figure(written)

    assert known
    assert (written, third) == (known.like(known.value), known.like(known.value / 3))


@pytest.mark.parametrize(
    "text",
    ["2024", "since 2019", "9:41", "10-20", "CO2", "COVID-19", "1st", "#1", "007", "1/3", "3"],
)
def test_what_may_be_a_name_or_a_year_is_no_number_to_count_to(text: str) -> None:
    assert only_figure(text) is None


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_around_a_number_moves_while_it_counts(direction: str) -> None:
    params = asked(counter="$ {} bn", to="1,600", direction=direction)
    box = counter.size(params, (900.0, inf))
    shown = [counter.draw(params, box, frame)[0] for frame in (0, 3, 30)]
    assert ["0", "434", "1,600"] == [counter.state(params, frame) for frame in (0, 3, 30)]

    edges = [np.flatnonzero(pixels[..., 3].max(axis=0)) for pixels in shown]

    assert 1 == len({(int(columns[0]), int(columns[-1])) for columns in edges})


def test_type_shrinks_to_the_room_it_has() -> None:
    assert counter.size(asked(to=123456789), (100.0, inf))[0] <= 102
    assert counter.size(asked(to=123456789, fit="none"), (100.0, inf))[0] > 150


def test_a_background_covers_the_box() -> None:
    params = asked(background={"color": "#ff0000ff", "padding": 5.0, "radius": 0.0})
    box = counter.size(params, (900.0, inf))
    pixels, (dx, dy) = counter.draw(params, box, 30)
    assert [255, 0, 0, 255] == pixels[1 - dy, 1 - dx].tolist()
    assert 0 == pixels[1 - dy, -dx - 3, 3]


def test_a_film_counts_and_then_stands(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    layer = '{counter: "{}", to: 99, over: 1s, at: 500ms}'
    spec.write_text(
        f"version: 1\nsize: 160x90\nfps: 10\nscenes:\n  - {{duration: 3s, layers: [{layer}]}}\n"
    )
    parts = segments(plan(load(spec), ())[0])
    assert [(5, True), (10, False), (15, True)] == [(one.frames, one.still) for one in parts]
    begin, end, after = paint(parts[1], 0).y, paint(parts[1], 9).y, paint(parts[2], 0).y
    assert np.abs(begin.astype(int) - after).max() > 50
    assert not np.array_equal(begin, end)


def test_a_counter_without_its_last_number_is_a_problem(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text(
        'version: 1\nscenes:\n  - layers: [{counter: "{}"}, {counter: "x", to: "3,2,1"}]\n'
    )
    with pytest.raises(SpecError) as caught:
        load(spec)
    assert ["missing", "bad-value"] == [problem.code for problem in caught.value.problems]
