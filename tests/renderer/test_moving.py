"""Layers that come, go and are animated, as they are painted."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from renderer.errors import SpecError
from renderer.motion import Key, Motion
from renderer.paint import paint, rgb
from renderer.plan import plan
from renderer.render import Options, compile_spec
from renderer.segments import picture_at, segments
from renderer.spec import load
from renderer.timeline import Canvas, Layer, Segment, Stack, Timeline

CANVAS = Canvas(320, 180, Fraction(30), "en", rtl=False)
BACK = Layer("fill", {"fill": "#000000ff"})
LEFT, RIGHT, TOP, BOTTOM = (-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)


def square(**more: Any) -> Layer:
    params = {"shape": "rect", "color": "#ffffffff", "radius": 0.0, "thickness": 1.0}
    keys = {"position": (160.0, 90.0), "anchor": (0.5, 0.5), "width": 40.0, "height": 40.0}
    return Layer("shape", params, **(keys | more))


def lit(*layers: Layer, frame: int) -> NDArray[np.float64]:
    """Return how bright each pixel is, 0–1."""
    picture = rgb(paint(Segment("s", CANVAS, (BACK, *layers), 0, 60, still=False), frame))
    return picture[..., 1].astype(np.float64) / 255


def middle(picture: NDArray[np.float64]) -> tuple[float, float]:
    """Return the centre of what is bright, in pixels from the middle of the canvas."""
    rows, columns = np.indices(picture.shape) + 0.5
    whole = picture.sum()
    return (
        float((columns * picture).sum() / whole) - 160,
        float((rows * picture).sum() / whole) - 90,
    )


@pytest.mark.parametrize("kind", ["fade", "rise", "drop", "slide", "zoom", "wipe"])
@pytest.mark.parametrize("key", ["enter", "exit"])
def test_beside_its_motion_a_layer_is_as_it_would_be_without(kind: str, key: str) -> None:
    motion = Motion(kind, 20, 40, "out", LEFT)
    at = 40 if key == "enter" else 19

    assert np.array_equal(lit(square(), frame=at), lit(square(**{key: motion}), frame=at))


@pytest.mark.parametrize("kind", ["fade", "rise", "drop", "slide", "zoom", "wipe"])
def test_a_motion_shows_more_and_more_of_what_comes(kind: str) -> None:
    origin = {"rise": BOTTOM, "drop": TOP, "zoom": (0.0, 0.0)}.get(kind, LEFT)
    layer = square(enter=Motion(kind, 0, 10, "linear", origin))

    shown = [lit(layer, frame=frame).sum() for frame in range(11)]

    assert shown == sorted(shown)
    assert shown[0] < 0.4 * shown[10]


@pytest.mark.parametrize(
    ("key", "kind", "origin", "direction"),
    [
        ("enter", "rise", BOTTOM, (0, 1)),
        ("exit", "rise", BOTTOM, (0, -1)),
        ("enter", "drop", TOP, (0, -1)),
        ("exit", "drop", TOP, (0, 1)),
        ("enter", "slide", LEFT, (-1, 0)),
        ("exit", "slide", LEFT, (1, 0)),
        ("enter", "slide", RIGHT, (1, 0)),
        ("enter", "wipe", LEFT, (-1, 0)),
        ("exit", "wipe", LEFT, (1, 0)),
        ("enter", "wipe", RIGHT, (1, 0)),
    ],
)
def test_what_comes_from_a_side_goes_on_to_the_other(
    key: str, kind: str, origin: tuple[float, float], direction: tuple[int, int]
) -> None:
    layer = square(**{key: Motion(kind, 0, 9, "linear", origin)})

    x, y = middle(lit(layer, frame=4))

    assert direction == (round(np.sign(round(x, 1))), round(np.sign(round(y, 1))))


def test_a_layer_slides_from_where_nothing_of_it_is_seen() -> None:
    layer = square(enter=Motion("slide", 0, 400, "linear", LEFT))

    assert lit(layer, frame=0).sum() < 1


def test_a_path_is_smooth_to_a_twentieth_of_a_pixel() -> None:
    far = (Key(0, (60.0, 60.0, 0.5, 0.5)), Key(50, (97.0, 83.0, 0.5, 0.5)))
    layer = square(animate={"position": far})

    seen = [middle(lit(layer, frame=frame)) for frame in range(1, 50)]
    exact = [(60 + 37 * n / 50 - 160, 60 + 23 * n / 50 - 90) for n in range(1, 50)]

    apart = np.array(seen) - np.array(exact)
    assert float(np.sqrt(((apart - apart.mean(axis=0)) ** 2).mean())) < 0.05


def test_a_scale_and_a_turn_are_about_the_middle() -> None:
    half, whole = (Key(0, (0.5,)), Key(40, (1.5,))), (Key(0, (0.0,)), Key(40, (90.0,)))
    grown = lit(square(animate={"scale": half}), frame=30)
    turned = lit(square(width=80.0, animate={"rotate": whole}), frame=20)

    assert pytest.approx(1.25**2, abs=0.02) == grown.sum() / 1600
    assert (pytest.approx((0, 0), abs=0.1), pytest.approx((0, 0), abs=0.1)) == (
        middle(grown),
        middle(turned),
    )
    assert np.allclose(turned[90 - 20, 160 - 20], 1, atol=0.1)


def test_what_stands_below_a_layer_travels_with_it() -> None:
    track = {"position": (Key(0, (160.0, 40.0, 0.5, 0.5)), Key(10, (200.0, 40.0, 0.5, 0.5)))}
    below = square(stack=Stack("beside", 1, 20.0), position=(0.0, 0.0))
    alone = middle(lit(square(animate=track), frame=5))

    both = middle(lit(square(animate=track), below, frame=5))

    assert pytest.approx(alone[0] + 30, abs=0.1) == both[0]


def test_a_motion_off_the_canvas_is_painted_without_what_is_outside() -> None:
    track = {"position": (Key(0, (-900.0, 40.0, 0.5, 0.5)), Key(10, (900.0, 300.0, 0.5, 0.5)))}

    assert 0 == lit(square(animate=track), frame=0).sum()


def planned(folder: Path, layer: str, more: str = "", lang: str = "en") -> Timeline:
    written = f"version: 1\nlang: {lang}\nsize: 320x180\n{more}scenes:\n"
    spec = folder / "film.yaml"
    spec.write_text(written + f"  - duration: 2s\n    layers:\n      - {layer}\n", encoding="utf-8")
    timeline, problems = plan(load(spec), ())
    if problems:
        raise SpecError(*problems)
    return timeline


@pytest.mark.parametrize(
    ("lang", "layer", "expected"),
    [
        ("en", "{text: x, enter: slide}", Motion("slide", 0, 12, "out", (-1, 0))),
        ("ar", "{text: x, enter: slide}", Motion("slide", 0, 12, "out", (1, 0))),
        ("ar", "{text: x, enter: {kind: wipe, from: end}}", Motion("wipe", 0, 12, "out", (-1, 0))),
        ("en", "{text: x, enter: rise, at: 1s}", Motion("rise", 30, 42, "out", (0, 1))),
        (
            "en",
            "{text: x, enter: {kind: drop, over: 200ms, ease: out-bounce}}",
            Motion("drop", 0, 6, "out-bounce", (0, -1)),
        ),
        ("en", "{text: x, for: 5f, enter: fade}", Motion("fade", 0, 5, "out", (0, 0))),
    ],
)
def test_a_layer_comes_as_it_is_written(
    tmp_path: Path, lang: str, layer: str, expected: Motion
) -> None:
    assert expected == planned(tmp_path, layer, lang=lang).shots[0].layers[1].enter


def test_a_layer_goes_at_the_end_of_its_time_or_of_its_scenes_hold(tmp_path: Path) -> None:
    early = planned(tmp_path, "{text: x, until: 1s, exit: fade}").shots[0].layers[1]
    assert (30, Motion("fade", 18, 30, "in", (0, 0))) == (early.last, early.exit)

    late = planned(tmp_path, "{text: x, exit: rise}").shots[0].layers[1]
    assert (60, Motion("rise", 48, 60, "in", (0, 1))) == (late.last, late.exit)


def test_an_animation_is_as_long_as_its_layer_unless_it_says_when(tmp_path: Path) -> None:
    layer = "{text: x, at: 500ms, until: 1500ms, animate: {opacity: [0, 1], rotate: "
    layer += "{from: 0, to: 90, at: 1s, over: 200ms, ease: linear}, position: "
    layer += "[{at: 0, value: start}, {at: 1s, value: ['50%', 20]}]}}"

    found = planned(tmp_path, layer).shots[0].layers[1].animate

    assert {
        "opacity": (Key(15, (0.0,), "in-out"), Key(45, (1.0,), "in-out")),
        "rotate": (Key(30, (0.0,), "linear"), Key(36, (90.0,), "linear")),
        "position": (
            Key(0, (14.4, 90.0, 0.0, 0.5), "in-out"),
            Key(30, (160.0, 20.0, 0.5, 0.5), "in-out"),
        ),
    } == found


@pytest.mark.parametrize(
    ("layer", "code"),
    [
        ("{text: x, enter: ris}", "unknown-name"),
        ("{text: x, enter: {over: 1s}}", "missing"),
        ("{text: x, enter: {kind: fade, from: start}}", "conflict"),
        ("{text: x, exit: {kind: wipe, from: center}}", "bad-value"),
        ("{shape: rect, enter: type}", "no-letters"),
        ("{text: x, animate: {opacty: [0, 1]}}", "unknown-key"),
        ("{text: x, animate: {opacity: [0, 2]}}", "out-of-range"),
        ("{text: x, animate: {scale: [1, {at: 1s, value: 2}]}}", "bad-value"),
        ("{text: x, animate: {scale: [1, 2, 3]}}", "bad-value"),
        ("{text: x, animate: {width: [10%, 20%]}}", "conflict"),
        ("{shape: rect, animate: {height: [10%, -2]}}", "out-of-range"),
        ("{text: x, animate: {scale: {from: 1, to: 2, at: nowhere}}}", "unknown-mark"),
        (
            "{text: x, animate: {scale: [{at: 1s, value: 1}, {at: 0, value: 2}]}}",
            "out-of-order",
        ),
    ],
)
def test_motion_that_cannot_be_is_told_with_its_line(tmp_path: Path, layer: str, code: str) -> None:
    with pytest.raises(SpecError) as caught:
        planned(tmp_path, layer)

    assert [(code, 7)] == [(one.code, one.place.line) for one in caught.value.problems]


def used(folder: Path, template: str, say: str) -> list[Layer]:
    spec = folder / "film.yaml"
    voice = "voice: {engine: silent}\n"
    scene = f"  - {{template: {template}, say: {say!r}}}\n"
    spec.write_text(f"version: 1\nsize: 320x180\n{voice}scenes:\n{scene}", encoding="utf-8")
    return list(compile_spec(spec, Options(), Options().open_store(spec)).timeline.shots[0].layers)


LIST = "bullets, with: {items: [one, two, three]}"


def test_points_of_a_list_come_one_after_another(tmp_path: Path) -> None:
    found = used(tmp_path, LIST, "Say it, at [[once]] please.")

    assert [9, 12, 15] == [layer.first for layer in found if layer.kind == "text"]


def test_points_come_at_as_many_marks_in_their_order(tmp_path: Path) -> None:
    found = used(tmp_path, LIST, "Say [[zeta]] one word, [[beta]] two and [[alpha]] three.")

    # The silent voice takes 0.4 s a word, after 0.3 s of lead.
    assert [21, 45, 69] == [layer.first for layer in found if layer.kind == "text"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("1600.5", "counter"),
        ("45", "counter"),
        ("1.6 TW", "counter"),
        ("$3.2bn", "counter"),
        ("٩٥٪", "counter"),
        ("2024", "text"),
        ("since 2019", "text"),
        ("9 of 10", "text"),
        ("CO2", "text"),
    ],
)
def test_a_stat_counts_to_a_number_that_is_no_year(tmp_path: Path, value: str, kind: str) -> None:
    found = used(tmp_path, f"stat, with: {{value: {value}, label: x}}", "Say it.")

    assert [kind, "text"] == [one.kind for one in found if one.kind in ("counter", "text")]


def edges(picture: NDArray[np.float64]) -> tuple[float, float]:
    """Return the width and the height of what is bright, by its rows and columns through 90, 160."""
    return float(picture[90].sum()), float(picture[:, 160].sum())


def test_a_box_grows_by_parts_of_a_pixel() -> None:
    tracks = {"width": (Key(0, (40.0,)), Key(50, (77.0,))), "height": (Key(0, (40.0,)),) * 2}
    layer = square(animate=tracks)

    seen = np.array([edges(lit(layer, frame=frame)) for frame in range(51)])

    apart = seen[:, 0] - [40 + 37 * frame / 50 for frame in range(51)]
    assert float(np.sqrt((apart**2).mean())) < 0.05
    assert 40 == pytest.approx(float(seen[:, 1].min())) == float(seen[:, 1].max())


def test_a_box_without_width_is_not_seen() -> None:
    tracks = {"width": (Key(10, (0.0,)), Key(20, (80.0,)))}

    assert [0, 0] == [
        lit(square(width=0.0, **more), frame=5).sum() for more in ({}, {"animate": tracks})
    ]
    assert 40 * 40 == pytest.approx(lit(square(animate=tracks), frame=15).sum(), abs=1)


def test_rounded_corners_keep_their_radius_while_a_box_grows() -> None:
    tracks = {"width": (Key(0, (40.0,)), Key(10, (160.0,)))}
    rounded = {"shape": "rect", "color": "#ffffffff", "radius": 12.0, "thickness": 1.0}

    grown, whole = (
        lit(Layer("shape", rounded, (160.0, 90.0), (0.5, 0.5), width, 40.0, animate=track), frame=5)
        for width, track in ((40.0, tracks), (100.0, {}))
    )

    assert float(np.abs(grown - whole).max()) < 0.02


def test_nothing_jumps_where_a_motion_ends_on_parts_of_a_pixel() -> None:
    track = (Key(0, (60.3, 60.0, 0.5, 0.5)), Key(40, (97.4, 83.7, 0.5, 0.5)))
    tracks = {"position": track, "width": (Key(0, (40.2,)), Key(40, (61.6,)))}
    moved = square(animate=tracks)
    stands = square(position=(97.4, 83.7), width=61.6)

    assert np.array_equal(lit(stands, frame=0), lit(moved, frame=40))
    steps = np.diff([middle(lit(moved, frame=frame)) for frame in range(42)], axis=0)[:40]
    assert float(np.abs(steps - steps.mean(axis=0)).max()) < 0.06


def test_a_film_stands_as_its_last_moving_frame(tmp_path: Path) -> None:
    layer = "{text: Slides, style: h1, animate: {position: {from: [30.3%, 41.7%], to: [61.9%, 40.1%], over: 1s}}}"
    timeline = planned(tmp_path, layer)
    before, after = (rgb(paint(*picture_at(timeline, frame))).astype(int) for frame in (29, 30))
    below = planned(tmp_path, layer.replace("over: 1s", "over: 1s, ease: linear"))
    (moves, stands) = (part.still for part in segments(below))

    assert (False, True) == (moves, stands)
    # The last step of an easing that slows down is less than a tenth of a pixel.
    assert float(np.abs(after - before).mean()) < 0.3


def test_sliding_text_is_smooth_to_a_twentieth_of_a_pixel() -> None:
    look = {"text": "Office", "size": 24.0, "color": "#ffffffff", "lang": "en", "direction": "ltr"}
    tracks = {"position": (Key(0, (80.2, 60.6, 0.5, 0.5)), Key(50, (201.9, 93.3, 0.5, 0.5)))}
    layer = Layer("text", look, (80.2, 60.6), (0.5, 0.5), animate=tracks)

    seen = np.array([middle(lit(layer, frame=frame)) for frame in range(51)])

    line = np.stack([np.polyval(np.polyfit(range(51), side, 1), range(51)) for side in seen.T])
    assert float(np.sqrt(((seen.T - line) ** 2).mean())) < 0.05
