"""Pictures that zoom and pan as long as their scene: paths, edges, aliasing, holds."""

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from renderer.errors import SpecError
from renderer.paint import paint, rgb
from renderer.plan import plan
from renderer.spec import load
from renderer.timeline import Canvas, Layer, Segment

CANVAS = Canvas(320, 180, Fraction(30), "en", rtl=False)
BACK = Layer("fill", {"fill": "#000000ff"})


def stored(folder: Path, pixels: NDArray[np.uint8]) -> dict[str, Any]:
    file = folder / "picture.png"
    Image.fromarray(pixels).save(file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return {"image": str(file), "file": str(file), "sha256": digest, "fit": "cover"}


def disc(width: int, height: int, at: tuple[float, float], radius: float) -> NDArray[np.uint8]:
    """Return white on black, its edge smoothed."""
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    shade = np.clip(radius + 0.5 - np.hypot(x - at[0], y - at[1]), 0, 1) * 255
    return np.repeat(shade[..., None], 3, axis=2).astype(np.uint8)


def drifting(params: dict[str, Any], pace: int = 100, **more: Any) -> Layer:
    keys = {"position": (160.0, 90.0), "anchor": (0.5, 0.5), "width": 320.0, "height": 180.0}
    return Layer("image", params, **(keys | more), moves=(0, None), pace=pace)


def shown(layer: Layer, frame: int, canvas: Canvas = CANVAS) -> NDArray[np.uint8]:
    return rgb(paint(Segment("s", canvas, (BACK, layer), 0, 200, still=False), frame))


def middle(picture: NDArray[np.uint8]) -> tuple[float, float]:
    light = picture[..., 1].astype(np.float64)
    rows, columns = np.indices(light.shape) + 0.5
    return float((columns * light).sum() / light.sum()), float((rows * light).sum() / light.sum())


def test_the_path_of_a_place_is_smooth_to_a_twentieth_of_a_pixel(tmp_path: Path) -> None:
    params = stored(tmp_path, disc(1280, 720, (400, 240), 80)) | {"zoom": [1.0, 1.08]}
    layer = drifting(params)

    seen = np.array([middle(shown(layer, frame)) for frame in range(0, 100, 2)])
    zoom = np.array([1 + 0.08 * frame / 100 for frame in range(0, 100, 2)])
    exact = np.stack([(100 - 160) * zoom + 160, (60 - 90) * zoom + 90], axis=1)

    apart = seen - exact
    assert float(np.abs(apart).max()) < 0.2
    assert float(np.sqrt(((apart - apart.mean(axis=0)) ** 2).mean())) < 0.05


@pytest.mark.parametrize("pan", [[[0.4, 0.5], [0.44, 0.5]], [[0.5, 0.4], [0.5, 0.44]]])
def test_a_slow_pan_moves_by_even_steps(tmp_path: Path, pan: list[Any]) -> None:
    params = stored(tmp_path, disc(1280, 960, (640, 480), 200)) | {"zoom": [1.4, 1.4], "pan": pan}

    seen = np.array([middle(shown(drifting(params), frame)) for frame in range(100)])

    line = np.stack([np.polyval(np.polyfit(range(100), side, 1), range(100)) for side in seen.T])
    assert 3 < float(np.abs(seen[-1] - seen[0]).max())
    assert float(np.sqrt(((seen.T - line) ** 2).mean())) < 0.03


@pytest.mark.parametrize(
    ("pan", "rtl", "steps"),
    [
        (["start", "end"], False, (0, -80, -160)),
        (["start", "end"], True, (-160, -80, 0)),
        ([[0.25, 0.5], [0.5, 0.5]], False, (-40, -60, -80)),
    ],
)
def test_a_pan_moves_over_what_the_box_does_not_show(
    tmp_path: Path, pan: list[Any], rtl: bool, steps: tuple[int, ...]
) -> None:
    picture = disc(480, 180, (240, 90), 20)
    canvas = Canvas(320, 180, Fraction(30), "ar" if rtl else "en", rtl)
    layer = drifting(stored(tmp_path, picture) | {"pan": pan})

    seen = [middle(shown(layer, frame, canvas))[0] - 240 for frame in (0, 50, 100)]

    assert pytest.approx(steps, abs=0.3) == tuple(seen)


def test_beyond_its_scene_a_zoom_goes_on_at_its_speed(tmp_path: Path) -> None:
    params = stored(tmp_path, disc(640, 360, (200, 180), 30)) | {"zoom": [1.0, 1.5]}

    seen = [middle(shown(drifting(params), frame))[0] for frame in (80, 100, 120)]

    assert pytest.approx(seen[1] - seen[0], abs=0.1) == seen[2] - seen[1]


def test_a_picture_seen_much_smaller_than_it_is_kept_does_not_alias(tmp_path: Path) -> None:
    rows, columns = np.indices((1440, 2560))
    fine = (((rows + columns) % 2) * 255).astype(np.uint8)
    layer = drifting(stored(tmp_path, np.repeat(fine[..., None], 3, axis=2)) | {"zoom": [1.0, 8.0]})

    for frame in (0, 1, 3):
        assert float(shown(layer, frame)[..., 1].std()) < 3


def test_sharpness_never_changes_at_once(tmp_path: Path) -> None:
    noise = np.random.default_rng(7).integers(0, 256, (720, 1280, 1), np.uint8).repeat(3, axis=2)
    layer = drifting(stored(tmp_path, noise) | {"zoom": [1.0, 4.0]}, pace=60)

    sharp = [
        float(cv2.Laplacian(shown(layer, frame)[..., 1], cv2.CV_64F).std()) for frame in range(61)
    ]

    steps = np.abs(np.diff(np.log(sharp)))
    assert float(steps.max()) < 0.2


def test_a_picture_drifts_within_its_rounded_box(tmp_path: Path) -> None:
    white = np.full((400, 400, 3), 255, np.uint8)
    box = {"width": 101.0, "height": 61.0, "position": (160.5, 90.5)}
    layer = drifting(stored(tmp_path, white) | {"zoom": [1.0, 1.2], "radius": 20.0}, **box)
    still = Layer("image", {**layer.params, "zoom": None}, (160.5, 90.5), (0.5, 0.5), 101.0, 61.0)

    first, second = shown(layer, 37)[..., 1], shown(still, 0)[..., 1]

    assert int(np.abs(first.astype(int) - second.astype(int)).max()) <= 3


def test_a_picture_with_alpha_shows_what_is_under_it(tmp_path: Path) -> None:
    pixels = np.zeros((180, 320, 4), np.uint8)
    pixels[60:120, 100:220] = 255
    layer = drifting(stored(tmp_path, pixels) | {"zoom": [1.0, 1.0]})

    light = shown(layer, 5)[..., 1]

    assert (0, 255) == (int(light[10, 10]), int(light[90, 160]))


def test_a_contained_picture_zooms_in_its_box(tmp_path: Path) -> None:
    params = stored(tmp_path, np.full((180, 180, 3), 255, np.uint8)) | {"fit": "contain"}
    layer = drifting(params | {"zoom": [1.0, 2.0]})

    widths = [int((shown(layer, frame)[90, :, 1] > 127).sum()) for frame in (0, 50, 100)]

    assert pytest.approx([180, 270, 320], abs=1) == widths


def written(folder: Path, keys: str) -> str:
    stored(folder, disc(480, 270, (240, 135), 20))
    layer = f"{{image: picture.png, width: 100%, height: 100%, {keys}}}"
    return f"version: 1\nsize: 320x180\nscenes:\n  - duration: 2s\n    layers:\n      - {layer}\n"


def test_zoom_and_pan_are_read(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text(written(tmp_path, "zoom: [100%, 1.08], pan: [start, [50%, 25]]"), "utf-8")

    layer = plan(load(spec), ())[0].shots[0].layers[1]

    assert ([1.0, 1.08], ["start", [0.5, 0.25]]) == (layer.params["zoom"], layer.params["pan"])
    assert ((0, None), 60) == (layer.moves, layer.pace)


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("zoom: [50%, 100%]", "bad-zoom"),
        ("zoom: [100%]", "out-of-range"),
        ("zoom: [100%, 2000%]", "bad-zoom"),
        ("pan: [strat, end]", "unknown-name"),
        ("pan: [[0, 500], end]", "bad-share"),
    ],
)
def test_zoom_and_pan_that_cannot_be_are_told(tmp_path: Path, keys: str, code: str) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text(written(tmp_path, keys), "utf-8")

    with pytest.raises(SpecError) as caught:
        load(spec)

    assert [(code, 6)] == [(one.code, one.place.line) for one in caught.value.problems if one.place]
