"""Layer `chart`: round axes, numbers in the film's digits, mirrored, and honest about its data."""

from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from renderer import paths
from renderer.errors import SpecError
from renderer.layers import chart
from renderer.layers._chart_axis import named, ticks, written
from renderer.layers._chart_board import spread
from renderer.plan import plan
from renderer.segments import segments
from renderer.spec import load

RED = "#ff0000ff"


def asked(kind: str, labels: list[Any], *columns: list[Any], **more: Any) -> dict[str, Any]:
    series = [{"name": f"s{index}", "values": column} for index, column in enumerate(columns)]
    told = {"chart": kind, "labels": labels, "series": series, "size": 20.0, "color": "#ffffffff"}
    told |= {"colors": [RED, "#00ff00ff"], "lang": "en", "direction": "ltr", "frames": 30}
    return {**told, "font": ["FiraGO"], **more}


def drawn(params: dict[str, Any], frame: int = 30) -> np.ndarray:
    return chart.draw(params, (400, 240), frame)[0]


def area(pixels: np.ndarray, color: tuple[int, int, int] = (255, 0, 0)) -> np.ndarray:
    """Return which pixels are of a colour."""
    return (pixels[..., 3] > 200) & (pixels[..., :3] == color).all(axis=-1)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1870, ["0", "500", "1000", "1500", "2000"]),
        (0, 0.3, ["0", "1/10", "1/5", "3/10"]),
        (-4, 5.5, ["-4", "-2", "0", "2", "4", "6"]),
        (0, 0, ["0", "1/5", "2/5", "3/5", "4/5", "1"]),
        (7, 7, ["0", "2", "4", "6", "8"]),
    ],
)
def test_an_axis_has_round_even_steps(low: float, high: float, expected: list[str]) -> None:
    assert expected == [str(mark) for mark in ticks(low, high)]


@pytest.mark.parametrize("high", [1e15, 123456.789, 1e-9, 3])
def test_an_axis_reaches_over_its_values_in_a_few_steps(high: float) -> None:
    marks = ticks(0, high)
    assert marks[0] == 0 and marks[-1] >= Fraction(repr(high))
    assert 3 <= len(marks) <= 7


def test_numbers_are_written_as_the_language_does() -> None:
    assert ["1,870\u00a0GW", "١٬٨٧٠\u00a0GW", "12%"] == [
        written(1870, 0, "en", "GW"),
        written(1870, 0, "ar", "GW"),
        written(12, 0, "en", "%"),
    ]
    assert ["2024", "٢٠٢٤", "2024", "0.5"] == [
        named(2024, "en"),
        named(2024, "ar"),
        named("2024", "ar"),
        named(0.5, "en"),
    ]


def test_labels_that_would_touch_move_apart_in_their_order() -> None:
    assert [5.0, 15.0, 80.0] == spread([4.0, 5.0, 80.0], 10, 5, 100)
    assert [80.0, 90.0, 100.0] == spread([100.0, 100.0, 100.0], 10, 5, 100)


def test_bars_are_as_high_as_their_numbers() -> None:
    mask = area(drawn(asked("bar", ["a", "b"], [1, 3])))
    left, right = mask[:, :200].any(axis=1).sum(), mask[:, 200:].any(axis=1).sum()
    assert abs(right / left - 3) < 0.05


def test_bars_grow_from_zero_and_then_stand() -> None:
    params = asked("bar", ["a", "b"], [1, 3])
    heights = [int(area(drawn(params, frame)).sum()) for frame in (0, 8, 16, 30, 31)]
    assert 0 == heights[0] < heights[1] < heights[2] < heights[3] == heights[4]


def test_what_is_below_zero_hangs() -> None:
    mask = area(drawn(asked("bar", ["a", "b"], [2, -2])))
    up, down = np.flatnonzero(mask[:, :200].any(axis=1)), np.flatnonzero(mask[:, 200:].any(axis=1))
    assert up[-1] <= down[0] and abs(len(up) - len(down)) <= 2


def test_read_from_right_to_left_the_first_bar_stands_right() -> None:
    one = area(drawn(asked("bar", ["a", "b"], [1, 3])))
    other = area(drawn(asked("bar", ["a", "b"], [1, 3], direction="rtl")))
    assert np.array_equal(one, other[:, ::-1])


def test_bars_with_long_names_lie() -> None:
    names = [f"A country with a long name {index}" for index in range(8)]
    mask = area(drawn(asked("bar", names, list(range(1, 9)))))
    rows = [int(row.sum()) for row in mask if row.any()]
    assert rows[-1] > 4 * rows[0]


def test_a_line_stands_by_its_numbers_and_leaves_out_what_is_missing() -> None:
    mask = area(drawn(asked("line", [0, 1, 2, 10], [5, 5, None, 5])))
    columns = np.flatnonzero(mask.any(axis=0))
    first, last = int(columns[0]), int(columns[-1])
    part = [int(mask[:, first + (last - first) * at // 10].sum()) for at in (0, 1, 5, 10)]
    assert part[0] and part[3] and not part[2]


def test_a_pie_gives_each_its_share() -> None:
    pixels = drawn(asked("pie", ["a", "b"], [3, 1]))
    shares = area(pixels).sum() / area(pixels, (0, 255, 0)).sum()
    assert abs(shares - 3) < 0.25


HARD: dict[str, tuple[list[Any], list[Any]]] = {
    "one": ([1], [5]),
    "zeros": (["a", "b"], [0, 0]),
    "all below": (["a", "b"], [-1, -2]),
    "far apart": (["a", "b"], [1e15, -1e15]),
    "tiny": (["a"], [1e-9]),
    "gaps": (["a", "b", "c"], [None, 2, None]),
    "no names": (["", ""], [1, 2]),
    "all the same": ([1, 2, 3], [4, 4, 4]),
    "long names": (["x" * 100] * 3, [1, 2, 3]),
    "markup": (["*a*", "`b`\\"], [1, 2]),
}


@pytest.mark.parametrize("kind", ["bar", "line"])
@pytest.mark.parametrize("name", HARD)
def test_hard_numbers_are_drawn(name: str, kind: str) -> None:
    labels, values = HARD[name]
    for box in ((3, 3), (60, 300)):
        for direction in ("ltr", "rtl"):
            chart.draw(asked(kind, labels, values, title="T", direction=direction), box, 30)
    assert drawn(asked(kind, labels, values))[..., 3].any()


def test_ten_thousand_points_are_a_line() -> None:
    values = [number % 7 for number in range(10_000)]
    assert area(drawn(asked("line", list(range(10_000)), values))).sum() > 1000


def film(tmp_path: Path, layer: str, more: str = "") -> Path:
    spec = tmp_path / "film.yaml"
    spec.write_text(f"version: 1\nsize: 320x180\n{more}scenes:\n  - layers: [{layer}]\n", "utf-8")
    return spec


def told(tmp_path: Path, layer: str, more: str = "") -> list[str]:
    with pytest.raises(SpecError) as caught:
        load(film(tmp_path, layer, more))
    assert all(problem.place for problem in caught.value.problems)
    return [f"{problem.code}: {problem.message}" for problem in caught.value.problems]


def test_rows_come_from_the_films_data_from_a_file_or_from_the_layer(tmp_path: Path) -> None:
    (tmp_path / "solar.csv").write_text("year,gw\n2020,710\n2024,1870\n", "utf-8")
    inline = "[{year: 2020, gw: 710}, {year: 2024, gw: 1870}]"
    for source in ("solar", "solar.csv", inline):
        spec = film(tmp_path, f"{{chart: bar, data: {source}}}", "data: {solar: solar.csv}\n")
        params = load(spec).scenes[0].layers[1].params
        assert ([2020, 2024], [{"name": "gw", "values": [710, 1870]}]) == (
            params["labels"],
            params["series"],
        )


def test_columns_are_chosen_by_name(tmp_path: Path) -> None:
    row = "{id: 1, name: a, one: 2, two: 3}"
    spec = film(tmp_path, f"{{chart: line, data: [{row}], x: name, y: [two, one]}}")
    params = load(spec).scenes[0].layers[1].params
    assert (["a"], ["two", "one"]) == (params["labels"], [s["name"] for s in params["series"]])


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("{chart: bar, data: []}", "no-rows: a chart of no rows shows nothing"),
        (
            "{chart: bar, data: solr}",
            "unknown-name: no data is named 'solr', and a file of rows ends in .csv or .json",
        ),
        ("{chart: bar, data: gone.csv}", "missing-file: there is no file 'gone.csv'"),
        (
            "{chart: bar, data: [{a: x, b: n/a}, {a: y, b: 1}, {a: z, b: '2'}], y: b}",
            "bad-number: 'b' is n/a in row 1, not a number, nor are 1 more",
        ),
        ("{chart: bar, data: [{a: x, b: 1}], y: c}", "unknown-name: the rows have no column 'c'"),
        (
            "{chart: bar, data: [{a: x, b: 1.0e+16}]}",
            "out-of-range: values over 10^15 cannot be drawn; the largest is 1e+16",
        ),
        (
            "{chart: line, data: [{a: x, b: 1.0e-12}]}",
            "out-of-range: values under 10^-9 cannot be drawn; the largest is 1e-12",
        ),
        ("{chart: line, data: [{a: x, b: null}]}", "no-rows: no row has a value to draw"),
        (
            "{chart: pie, data: [{a: x, b: -1}, {a: y, b: 2}]}",
            "bad-number: a pie shows shares of a whole, but of its values one is below zero",
        ),
        (
            "{chart: pie, data: [{a: x, b: 0}]}",
            "bad-number: a pie shows shares of a whole, but of its values all are zero",
        ),
        (
            "{chart: pie, data: [{a: x, b: 1}], y: [b, b]}",
            "too-many: a pie chart shows one column of values; this has 2",
        ),
        ("{chart: bar, data: [{a: '\U00013000', b: 1}]}", "missing-glyph: "),
        (f"{{chart: bar, data: [{{a: {'x' * 101}, b: 1}}]}}", "too-long: a label of 101"),
    ],
)
def test_data_that_cannot_be_drawn_are_told_in_words(
    tmp_path: Path, layer: str, expected: str
) -> None:
    found = told(tmp_path, layer)
    assert 1 == len(found) and found[0].startswith(expected), found


def test_ten_thousand_bars_are_refused(tmp_path: Path) -> None:
    (tmp_path / "many.csv").write_text("a,b\n" + "1,2\n" * 10_000, "utf-8")
    assert ["too-many: a bar chart shows at most 60 values; this has 10,000"] == told(
        tmp_path, "{chart: bar, data: many.csv}"
    )
    assert load(film(tmp_path, "{chart: line, data: many.csv}")).scenes


def test_a_number_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("a,b\nx,NaN\ny,1\n", "utf-8")
    assert ["bad-number: 'b' is NaN in row 1, not a number"] == told(
        tmp_path, "{chart: bar, data: bad.csv}"
    )


def test_a_film_grows_its_chart_and_then_stands(tmp_path: Path) -> None:
    layer = "{chart: bar, data: [{a: x, b: 1}], over: 1s}"
    spec = film(tmp_path, layer, "fps: 10\ndefaults: {scene: {duration: 3s}}\n")
    parts = segments(plan(load(spec), ())[0])
    assert [(10, False), (20, True)] == [(one.frames, one.still) for one in parts]


# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A Physiologically-based Model for Simulation of
# Color Vision Deficiency, IEEE TVCG 15 (2009): severity 1.0.
EYES = {
    "all": np.eye(3),
    "protan": np.array(
        [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]]
    ),
    "deutan": np.array(
        [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]]
    ),
    "tritan": np.array(
        [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(color: str, eyes: np.ndarray) -> np.ndarray:
    """Return a colour in CIE L*a*b* as some eyes see it."""
    shares = np.array(list(bytes.fromhex(color[1:]))) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    seen = XYZ @ np.clip(eyes @ linear, 0, 1) / (0.9505, 1, 1.089)
    x, y, z = np.where(seen > 0.008856, np.cbrt(seen), 7.787 * seen + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("theme", sorted(f.stem for f in paths.templates("themes").glob("*.yaml")))
def test_all_eyes_can_tell_a_themes_chart_colours_apart(theme: str, eyes: str) -> None:
    data = yaml.safe_load((paths.templates("themes") / f"{theme}.yaml").read_text("utf-8"))
    seen = [lab(data["colours"][f"chart_{name}"], EYES[eyes]) for name in "abcdef"]
    assert min(np.linalg.norm(one - two) for one, two in combinations(seen, 2)) > 10


def test_names_keep_off_the_pie() -> None:
    params = asked("pie", ["A rather long name", "b", "c"], [1, 2, 3], size=30.0)
    bare = drawn({**params, "color": "#00000000"})
    named_too = drawn(params)
    covered = (bare[..., 3] > 200) & (np.abs(bare.astype(int) - named_too).max(axis=-1) > 8)
    assert 0 == covered.sum()
