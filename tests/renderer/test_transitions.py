"""The contract of every transition, where each puts its pictures, and how each looks in a film."""

import ast
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_golden import alike

from renderer import paths
from renderer.media.planes import Planes
from renderer.paint import paint, rgb
from renderer.paint.plugins import plugin
from renderer.plan import plan
from renderer.schema import plugins
from renderer.segments import picture_at
from renderer.spec import load
from renderer.timeline import Timeline

NAMES = sorted(paths.own_plugins("transitions"))


def flat(y: int, u: int, v: int) -> Planes:
    chroma = (9, 16)
    return Planes(
        np.full((18, 32), y, np.uint8), np.full(chroma, u, np.uint8), np.full(chroma, v, np.uint8)
    ).locked()


def literal(file: Path, name: str) -> dict[str, object]:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        target = (
            node.target if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [None])[0]
        )
        if isinstance(target, ast.Name) and target.id == name:
            return dict(ast.literal_eval(node.value))
    raise AssertionError(f"{file.name} has no {name}")


SIDES = ("left", "right", "top", "bottom")
MIRRORED = {"left": "right", "right": "left", "top": "top", "bottom": "bottom"}
USES: dict[str, list[dict[str, Any]]] = {
    "fade": [{"color": "#20406080"}, {"color": "#000000ff"}],
    "slide": [{"from": side} for side in SIDES],
    "push": [{"from": side} for side in SIDES],
    "wipe": [{"from": side, "edge": edge} for side in SIDES for edge in (0, 7.5)],
    "zoom": [{"grows": "new"}, {"grows": "old"}],
}
EVERY = [(name, params) for name in NAMES for params in USES.get(name, [{}])]


def grainy(seed: int, wide: int = 48, high: int = 28) -> Planes:
    """Return a picture of noise without any two like rows or columns, that nobody can write to."""
    chance = np.random.default_rng(seed)
    sizes = ((high, wide), (high // 2, wide // 2), (high // 2, wide // 2))
    return Planes(*(chance.integers(16, 236, size, np.uint8) for size in sizes)).locked()


def blended(name: str, a: Planes, b: Planes, share: float, params: dict[str, Any]) -> Planes:
    picture: Planes = plugin("transitions", name).blend(a, b, share, params)
    return picture


def mirrored(picture: Planes) -> Planes:
    return Planes(*(np.ascontiguousarray(plane[:, ::-1]) for plane in picture)).locked()


@pytest.mark.parametrize(("name", "params"), EVERY)
@pytest.mark.parametrize(("share", "which"), [(0.0, 0), (1.0, 1), (-0.1, 0), (1.1, 1)])
def test_at_0_it_is_the_first_and_at_1_the_second_picture(name, params, share, which):
    pair = grainy(1), grainy(2)

    found = blended(name, *pair, share, params)

    for plane, wanted in zip(found, pair[which], strict=True):
        assert np.array_equal(wanted, plane)


@pytest.mark.parametrize(("name", "params"), EVERY)
def test_between_the_ends_it_keeps_sizes_and_kinds_and_writes_to_neither(name, params):
    a, b = grainy(1), grainy(2)
    for share in (0.001, 0.3, 0.5, 0.999):
        for plane, like in zip(blended(name, a, b, share, params), a, strict=True):
            assert (like.shape, np.uint8) == (plane.shape, plane.dtype)
    for picture, same in ((a, grainy(1)), (b, grainy(2))):
        assert all(map(np.array_equal, picture, same))


@pytest.mark.parametrize(
    ("name", "params"), [use for use in EVERY if use[0] in ("dissolve", "push", "wipe")]
)
def test_where_both_pictures_are_the_same_colour_nothing_is_seen(name, params):
    gray = flat(120, 90, 160)
    for plane, wanted in zip(blended(name, gray, gray, 0.37, params), gray, strict=True):
        assert np.array_equal(wanted, plane)


@pytest.mark.parametrize(("name", "params"), EVERY)
@pytest.mark.parametrize("share", [0.07, 0.5, 0.81])
def test_from_the_other_side_it_is_the_mirror_image(name, params, share):
    a, b = grainy(1), grainy(2)
    turned = {**params, "from": MIRRORED[params["from"]]} if "from" in params else params

    found = blended(name, mirrored(a), mirrored(b), share, turned)

    wanted = mirrored(blended(name, a, b, share, params))
    assert np.abs(found.y.astype(int) - wanted.y).max() <= 1


@pytest.mark.parametrize("name", NAMES)
def test_example_names_the_transition(name):
    assert name == literal(paths.own_plugins("transitions")[name], "EXAMPLE")["kind"]


def test_dissolve_mixes_evenly():
    half = plugin("transitions", "dissolve").blend(flat(40, 100, 150), flat(200, 160, 90), 0.25, {})
    assert [int(plane[0, 0]) for plane in half] == [80, 115, 135]


def test_every_transition_of_the_language_is_built():
    assert {"cut", "dissolve", "fade", "slide", "push", "wipe", "zoom"} <= set(NAMES)


def test_every_use_in_these_tests_has_all_parameters():
    assert [] == [
        (name, params)
        for name, params in EVERY
        if set(params) != set(plugins("transitions")[name].params)
    ]


def marked(column: int, wide: int = 64, high: int = 16) -> Planes:
    """Return a dark grey picture with a light, coloured bar of four columns from `column` on."""
    y, u = np.full((high, wide), 40, np.uint8), np.full((high // 2, wide // 2), 128, np.uint8)
    y[:, column : column + 4] = 200
    u[:, column // 2 : column // 2 + 2] = 200
    return Planes(y, u, u.copy()).locked()


def middle(plane: np.ndarray, ground: int) -> float:
    """Return the middle of what differs from the ground, in columns."""
    weights = (plane.astype(float) - ground).sum(axis=0)
    return float((weights * np.arange(weights.size)).sum() / weights.sum())


@pytest.mark.parametrize("share", [0.1, 0.2, 0.25, 0.3, 0.42])
def test_a_push_moves_light_and_colour_together_by_parts_of_a_pixel(share):
    pushed = blended("push", marked(40), flat_like(40, 128), share, {"from": "right"})

    assert middle(pushed.y, 40) == pytest.approx(41.5 - 64 * share, abs=0.05)
    assert 2 * middle(pushed.u, 128) == pytest.approx(41 - 64 * share, abs=0.05)


def flat_like(y: int, c: int, wide: int = 64, high: int = 16) -> Planes:
    chroma = np.full((high // 2, wide // 2), c, np.uint8)
    return Planes(np.full((high, wide), y, np.uint8), chroma, chroma.copy()).locked()


@pytest.mark.parametrize("share", [0.3, 0.45, 0.6, 0.85])
def test_a_zoom_keeps_light_and_colour_together(share):
    zoomed = blended("zoom", flat_like(16, 128), flat_like(235, 240), share, {"grows": "new"})

    for axis in (0, 1):
        light = (zoomed.y.astype(float) - 16).sum(axis=axis)
        colour = (zoomed.u.astype(float) - 128).sum(axis=axis)
        places = np.arange(light.size), np.arange(colour.size) * 2 + (0.5 if axis else 0)
        sizes = light.sum() / light.max(), 2 * colour.sum() / colour.max()
        at = [(w * place).sum() / w.sum() for w, place in zip((light, colour), places, strict=True)]
        assert at[0] == pytest.approx(at[1], abs=0.1)
        assert sizes[0] == pytest.approx(sizes[1], abs=0.3)
        assert sizes[0] == pytest.approx(share * light.size, abs=0.3)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", ["slide", "push", "wipe"])
def test_the_new_scene_comes_from_its_side(name, side):
    params = {"from": side, **({"edge": 4} if name == "wipe" else {})}
    y = blended(name, flat_like(40, 128), flat_like(200, 128), 0.25, params).y

    ends = {"left": y[8, 0], "right": y[8, -1], "top": y[0, 32], "bottom": y[-1, 32]}
    assert {side} == {end for end, light in ends.items() if light == 200}


def test_a_wipe_uncovers_ever_more():
    lights = [
        blended("wipe", flat_like(40, 128), flat_like(200, 128), share, {"from": "left", "edge": 9})
        for share in np.linspace(0, 1, 40)
    ]
    means = [picture.y.mean() for picture in lights]
    assert all(before < after for before, after in pairwise(means))
    assert all((np.diff(picture.y[0].astype(int)) <= 0).all() for picture in lights)


FILM = """version: 1
lang: {lang}
size: 160x90
fps: 10
scenes:
  - background: "#17397a"
    layers:
      - {{shape: rect, color: "#f5a623", width: 40%, height: 14%, position: top-start}}
      - {{shape: rect, color: "#f4f6fb", width: 60%, height: 8%, position: start}}
    duration: 1s
  - background: "#0a6e5c"
    layers: [{{shape: ellipse, color: "#f4f6fb", width: 30%, position: center}}]
    duration: 1s
    transition: {{kind: {kind}, over: 500ms{more}}}
"""


def film(folder: Path, kind: str, lang: str, more: str = "") -> Timeline:
    spec = folder / "film.yaml"
    spec.write_text(FILM.format(kind=kind, lang=lang, more=more), encoding="utf-8")
    return plan(load(spec), ())[0]


def pictures(timeline: Timeline, first: int, last: int) -> list[Planes]:
    return [paint(*picture_at(timeline, frame)) for frame in range(first, last)]


GOLDEN = [
    *(("dissolve", ""), ("fade", ""), ("slide", ""), ("push", ""), ("wipe", "")),
    *(("zoom", ""), ("zoom", ", grows: old"), ("slide", ", from: bottom")),
]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize(("kind", "more"), GOLDEN)
def test_first_middle_and_last_frame_are_as_their_golden(tmp_path, kind, more, lang):
    shown = pictures(film(tmp_path, kind, lang, more), 10, 15)

    name = "-".join(("transition", kind, *more.split(": ")[1:], lang))
    alike(name, np.concatenate([rgb(shown[index]) for index in (0, 2, 4)], axis=1))


@pytest.mark.parametrize(("kind", "more"), GOLDEN)
def test_neither_end_of_a_transition_repeats_a_frame_of_its_neighbours(tmp_path, kind, more):
    shown = pictures(film(tmp_path, kind, "en", more), 9, 16)

    lights = [picture.y.tobytes() for picture in shown]
    assert len(lights) == len(set(lights))
    timeline = film(tmp_path, "cut", "en")
    assert lights[0] == paint(*picture_at(timeline, 9)).y.tobytes()
    assert lights[-1] == paint(*picture_at(timeline, 15)).y.tobytes()


def test_a_transition_makes_the_film_no_longer(tmp_path):
    assert {20} == {film(tmp_path, name, "en").frames for name in NAMES}


@pytest.mark.parametrize(
    ("lang", "written", "side"),
    [
        *(("en", "start", "left"), ("en", "end", "right"), ("en", "top", "top")),
        *(("ar", "start", "right"), ("ar", "end", "left"), ("ar", "bottom", "bottom")),
    ],
)
def test_sides_follow_the_language(tmp_path, lang, written, side):
    enter = film(tmp_path, "push", lang, f", from: {written}").shots[1].enter
    assert enter is not None
    assert side == enter.params["from"]


def test_a_fade_shows_the_themes_background_in_the_middle(tmp_path):
    enter = film(tmp_path, "fade", "en").shots[1].enter
    ground = tmp_path / "ground.yaml"
    ground.write_text("version: 1\nsize: 160x90\nscenes: [{background: background}]\n")
    (wanted,) = pictures(plan(load(ground), ())[0], 0, 1)

    found = blended("fade", grainy(1, 160, 90), grainy(2, 160, 90), 0.5, dict(enter.params))

    assert all(map(np.array_equal, wanted, found))


def test_a_themes_transition_is_used_with_its_parameters_resolved(tmp_path):
    themes = tmp_path / "templates" / "themes"
    themes.mkdir(parents=True)
    night = (paths.templates("themes") / "midnight.yaml").read_text("utf-8")
    chosen = "transition: {kind: wipe, over: 1s, edge: 10%}"
    lines = [chosen if row.startswith("transition:") else row for row in night.splitlines()]
    (themes / "wiped.yaml").write_text("\n".join(lines), encoding="utf-8")
    spec = tmp_path / "film.yaml"
    spec.write_text(
        "version: 1\nlang: ar\ntheme: wiped\nsize: 360p\nscenes: [{text: a}, {text: b}, "
        "{text: c, transition: cut}]\n"
    )

    _, second, third = load(spec).scenes

    assert ("wipe", Fraction(1), {"from": "right", "edge": 36.0}) == (
        *(second.enter.kind, second.enter.over, second.enter.params),
    )
    assert "cut" == third.enter.kind
