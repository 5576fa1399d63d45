"""Segments to pictures: colours, boxes, stacks, opacity, overlaps, what is drawn once."""

from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from renderer.errors import MissingError, Place, RenderError
from renderer.layers import text as text_layer
from renderer.paint import layout, paint, rgb, still_png
from renderer.paint.colors import planes
from renderer.timeline import Canvas, Layer, Segment, Stack, Transition

CANVAS = Canvas(32, 18, Fraction(30), "en", False)


def fill(color: str, **more: object) -> Layer:
    return Layer("fill", {"fill": color}, **more)


def box(width: float, height: float, **more: object) -> Layer:
    asked = {"shape": "rect", "color": "#ffffffff", "radius": 0.0, "thickness": 1.0}
    return Layer("shape", asked, width=width, height=height, **more)


def segment(*layers: Layer, canvas: Canvas = CANVAS, **more: object) -> Segment:
    return Segment("s", canvas, layers, **{"first": 0, "frames": 10, "still": True, **more})


def color(picture, x: int = 16, y: int = 9) -> list[int]:
    return rgb(picture)[y, x].tolist()


def text(written: str, **more: object) -> Layer:
    return Layer("text", {"text": written, "size": 20.0, "color": "#ffffffff"}, **more)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("#000000ff", (16, 128, 128)),
        ("#ffffffff", (235, 128, 128)),
        ("#ff0000ff", (63, 102, 240)),
        ("#00ff00ff", (173, 42, 26)),
        ("#0000ffff", (32, 240, 118)),
        ("#808080ff", (126, 128, 128)),
    ],
)
def test_colours_are_bt709_limited(written, codes):
    picture = paint(segment(fill(written)), 0)
    assert codes == tuple(int(plane[4, 4]) for plane in picture)
    assert np.abs(np.array(color(picture)) - list(bytes.fromhex(written[1:7]))).max() <= 2


def test_planes_are_half_as_wide_and_high_in_chroma():
    assert [plane.shape for plane in paint(segment(fill("#123456ff")), 0)] == [
        (18, 32),
        (9, 16),
        (9, 16),
    ]


def test_chroma_lies_on_the_left_column():
    pixels = np.zeros((4, 8, 4), np.uint8)
    pixels[:, 4:] = (255, 0, 0, 255)
    red = planes(pixels).v[0].astype(int) - 128
    assert red.tolist() == [0, 0, 84, 112]


def test_picture_comes_back_from_planes_nearly_as_it_was():
    y, x = np.mgrid[0:18, 0:32]
    pixels = np.stack([x * 7, y * 13, 255 - x * 4, x * 0 + 255], axis=2).astype(np.uint8)
    assert np.abs(rgb(planes(pixels)).astype(int) - pixels[..., :3])[2:-2, 2:-2].max() <= 4


def test_later_layers_are_over_earlier_ones():
    assert pytest.approx(color(paint(segment(fill("#ff0000ff"), fill("#0000ffff")), 0)), abs=2) == [
        0,
        0,
        255,
    ]


def test_without_layers_the_picture_is_black():
    assert color(paint(segment(), 0)) == [0, 0, 0]


@pytest.mark.parametrize("layer", [fill("#ffffff80"), fill("#ffffffff", opacity=0.5)])
def test_alpha_and_opacity_mix_with_what_is_below(layer):
    assert pytest.approx(color(paint(segment(fill("#000000ff"), layer), 0)), abs=2) == [
        128,
        128,
        128,
    ]


def test_opacity_0_shows_nothing():
    assert pytest.approx(
        color(paint(segment(fill("#ff0000ff"), fill("#ffffffff", opacity=0.0)), 0)), abs=2
    ) == [255, 0, 0]


@pytest.mark.parametrize("x", [0, 1, 2, 3])
@pytest.mark.parametrize("y", [0, 1])
def test_box_at_an_odd_place_has_its_exact_pixels_and_soft_chroma(x, y):
    layer = Layer("fill", {"fill": "#ff0000ff"}, position=(x, y), width=5, height=3)
    picture = paint(segment(fill("#000000ff"), layer), 0)
    covered = picture.y == 63
    assert (np.count_nonzero(covered), bool(covered[y : y + 3, x : x + 5].all())) == (15, True)
    red = picture.v.astype(int) - 128
    assert pytest.approx(112 * 5 * 3 / 4, rel=0.15) == red.sum()
    assert red[y // 2 + 2 :].max() == 0


def test_layer_over_the_edge_of_the_canvas_is_cut():
    layer = Layer("fill", {"fill": "#ffffffff"}, position=(-3, -3), width=5, height=5)
    assert np.count_nonzero(paint(segment(layer), 0).y == 235) == 4


def test_layer_off_the_canvas_changes_nothing():
    layer = Layer("fill", {"fill": "#ffffffff"}, position=(100, 0), width=5, height=5)
    assert paint(segment(layer), 0).y.max() == 16


def test_layer_is_on_screen_from_its_first_frame_up_to_its_last():
    told = segment(fill("#000000ff"), fill("#ffffffff", first=3, last=5), first=2, still=False)
    assert [int(paint(told, frame).y[0, 0]) for frame in range(4)] == [16, 235, 235, 16]


@pytest.mark.parametrize(
    ("position", "anchor", "expected"),
    [((0, 0), (0, 0), (0, 0)), ((16, 9), (0.5, 0.5), (11, 7)), ((32, 18), (1, 1), (22, 14))],
)
def test_anchor_stands_at_the_position(position, anchor, expected):
    (found,) = layout([box(10, 4, position=position, anchor=anchor)], CANVAS)
    assert expected == (found.x, found.y)


@pytest.mark.parametrize(
    ("relation", "rtl", "expected"),
    [
        ("below", False, (0, 12)),
        ("above", False, (0, -2)),
        ("beside", False, (23, 5)),
        ("beside", True, (2, 5)),
    ],
)
def test_layer_stacks_on_another(relation, rtl, expected):
    canvas = Canvas(32, 18, Fraction(30), "ar" if rtl else "en", rtl)
    target = box(10, 4, position=(10, 5))
    start = 1.0 if rtl else 0.0
    other = box(5, 4, position=(5 * start, 0), anchor=(start, 0), stack=Stack(relation, 0, 3.0))
    found = layout([target, other], canvas)[1]
    assert expected == (found.x, found.y)


@pytest.mark.parametrize(("rtl", "x"), [(False, 2), (True, 23)])
def test_layer_beside_another_stands_before_it_where_its_anchor_is_at_its_end(rtl, x):
    canvas = Canvas(32, 18, Fraction(30), "ar" if rtl else "en", rtl)
    target = box(10, 4, position=(10, 5))
    other = box(5, 4, anchor=(0.0 if rtl else 1.0, 0), stack=Stack("beside", 0, 3.0))
    assert x == layout([target, other], canvas)[1].x


def test_stack_on_a_later_layer_is_resolved():
    layers = [box(5, 4, stack=Stack("below", 1, 0.0)), box(10, 4, position=(10, 5))]
    assert layout(layers, CANVAS)[0].y == 9


def test_stack_in_a_circle_is_an_error():
    layers = [box(5, 4, stack=Stack("below", 1, 0.0)), box(5, 4, stack=Stack("below", 0, 0.0))]
    with pytest.raises(RenderError, match="circle"):
        layout(layers, CANVAS)


def test_text_stacked_below_text_does_not_touch_it():
    canvas = Canvas(320, 180, Fraction(30), "en", False)
    layers = [
        text("gjpq " * 20, position=(160, 20), anchor=(0.5, 0)),
        text("ÅÉ", stack=Stack("below", 0, 4.0)),
    ]
    first, second = layout(layers, canvas)
    assert second.y == first.y + first.height + 4
    assert first.width <= 320 - 2 * 0.08 * 180


def test_half_turn_about_the_middle_keeps_a_rectangle():
    layer = box(10, 4, position=(10, 6), rotate=180.0)
    assert (
        np.abs(
            paint(segment(layer), 0).y.astype(int)
            - paint(segment(box(10, 4, position=(10, 6))), 0).y
        ).max()
        <= 2
    )


def test_quarter_turn_stands_a_rectangle_up():
    inked = paint(segment(box(10, 4, position=(10, 7), rotate=90.0)), 0).y > 120
    assert (np.count_nonzero(inked.any(axis=1)), np.count_nonzero(inked.any(axis=0))) == (10, 4)


def test_scale_grows_about_the_middle():
    inked = paint(segment(box(6, 4, position=(13, 7), scale=2.0)), 0).y > 120
    assert (np.count_nonzero(inked.any(axis=1)), np.count_nonzero(inked.any(axis=0))) == (8, 12)
    assert tuple(round(float(axis.mean()) + 0.5) for axis in np.nonzero(inked)) == (9, 16)


def overlap(over: int, ease: str = "linear") -> Segment:
    return segment(
        fill("#ffffffff"),
        behind=(fill("#000000ff"),),
        behind_first=50,
        frames=over,
        still=False,
        transition=Transition("dissolve", over, ease),
    )


def test_overlap_goes_from_the_scene_that_leaves_to_the_one_that_enters():
    shares = [(int(paint(overlap(3), frame).y[0, 0]) - 16) / 219 for frame in range(3)]
    assert pytest.approx([0.25, 0.5, 0.75], abs=0.01) == shares


def test_ease_bends_the_overlap():
    assert (int(paint(overlap(3, "in"), 0).y[0, 0]) - 16) / 219 == pytest.approx(0.25**3, abs=0.01)


def test_scene_that_leaves_goes_on_behind():
    told = segment(
        fill("#000000ff"),
        behind=(fill("#000000ff"), fill("#ffffffff", first=52)),
        behind_first=50,
        frames=9,
        still=False,
        transition=Transition("dissolve", 9, "linear"),
    )
    lights = [int(paint(told, frame).y[0, 0]) for frame in range(4)]
    assert tuple(lights[:2]) == (16, 16)
    assert lights[2] > lights[3] > 100


def test_standing_layers_are_drawn_once_in_an_overlap(monkeypatch):
    drawn = []
    draw = text_layer.draw
    monkeypatch.setattr(
        text_layer, "draw", lambda *asked: drawn.append(asked[0]["text"]) or draw(*asked)
    )
    told = segment(
        fill("#ffffffff"),
        text("entering once"),
        behind=(fill("#000000ff"), text("leaving once")),
        frames=8,
        still=False,
        transition=Transition("dissolve", 8),
    )
    for frame in range(8):
        paint(told, frame)
    assert sorted(drawn) == ["entering once", "leaving once"]


def test_picture_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        paint(segment(fill("#ffffffff")), 0).y[0, 0] = 1


def test_frames_in_any_order_are_the_same():
    told = segment(fill("#000000ff"), text("later", first=4, position=(2, 2)), still=False)
    forward = [paint(told, frame).y.tobytes() for frame in range(6)]
    assert forward == [paint(told, frame).y.tobytes() for frame in reversed(range(6))][::-1]


def test_unknown_layer_kind_is_an_error_with_a_hint():
    with pytest.raises(MissingError) as caught:
        paint(segment(Layer("txet", {})), 0)
    assert caught.value.problems[0].hint == "did you mean 'text'?"


def test_problem_of_a_layer_names_its_place():
    place = Place("film.yaml", 3, 5)
    bad = Layer("image", {"file": "/none.png", "sha256": "0" * 64}, place=place)
    with pytest.raises(Exception, match=r"film\.yaml:3:5"):
        paint(segment(bad), 0)


def test_still_is_written_as_png(tmp_path):
    still_png(paint(segment(fill("#0000ffff")), 0), tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as found:
        assert (found.size, found.format) == ((32, 18), "PNG")
        assert pytest.approx(found.getpixel((4, 4)), abs=2) == (0, 0, 255)


def test_chroma_of_a_gradient_has_no_bands_and_that_of_a_colour_is_flat():
    canvas = Canvas(64, 1024, Fraction(30), "en", False)
    paint_ = {"gradient": ["#102a56ff", "#203a76ff"], "angle": 90}
    graded = paint(segment(Layer("fill", {"fill": paint_}), canvas=canvas), 0).u.astype(float)
    means = graded.reshape(32, 16, 32).mean(axis=(1, 2))
    assert np.diff(means).std() < 0.1
    assert np.unique(paint(segment(fill("#203a76ff"), canvas=canvas), 0).u).size == 1
