"""The scrim of pictures: dark enough for the text on them, no darker, and soft."""

import hashlib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from renderer.layers import _scrim
from renderer.paint import paint, rgb
from renderer.timeline import Canvas, Layer, Segment

CANVAS = Canvas(320, 180, Fraction(30), "en", False)
TEXT = (20, 130, 200, 30, "#ffffffff")


def plain(*color: int) -> np.ndarray:
    return np.full((180, 320, 4), (*color, 255), np.uint8)


def noisy() -> np.ndarray:
    pixels = np.random.default_rng(5).integers(0, 256, (180, 320, 4), np.uint8)
    pixels[..., 3] = 255
    return pixels


def contrast(under: np.ndarray, own: float) -> float:
    """Contrast with a text's luminance that all but half a percent of the pixels have."""
    below = _scrim.luminance(under[..., :3].reshape(-1, 3).astype(float))
    worst = np.percentile(below, 99.5 if own > 0.18 else 0.5)
    return (max(own, worst) + 0.05) / (min(own, worst) + 0.05)


@pytest.mark.parametrize("pixels", [plain(255, 255, 255), plain(120, 200, 90), noisy()])
@pytest.mark.parametrize("color", ["#ffffffff", "#101010ff"])
def test_text_has_its_contrast(pixels, color):
    x, y, width, height, _ = TEXT
    done = _scrim.shaded(pixels, [(*TEXT[:4], color)])
    own = 1.0 if color.startswith("#ff") else _scrim.luminance(np.array([[16, 16, 16]]))[0]
    assert contrast(done[y : y + height, x : x + width], own) >= 4.4


def test_no_more_shade_than_is_needed():
    x, y, width, height, _ = TEXT
    done = _scrim.shaded(plain(255, 255, 255), [TEXT])
    assert 4.4 <= contrast(done[y : y + height, x : x + width], 1.0) <= 4.7


def test_a_dark_picture_stays_as_it_is():
    pixels = plain(20, 30, 40)
    assert _scrim.shaded(pixels, [TEXT]) is pixels


def test_shade_is_soft_and_far_from_the_text_there_is_none():
    rows = _scrim.shaded(plain(255, 255, 255), [TEXT])[..., 0].mean(axis=1)
    assert 255 == rows[:80].min()
    assert abs(np.diff(rows[80:])).max() < 14
    assert rows[179] == pytest.approx(rows[140], abs=1)


def test_text_off_the_picture_shades_nothing():
    pixels = plain(255, 255, 255)
    assert _scrim.shaded(pixels, [(400, 300, 20, 20, "#ffffffff")]) is pixels


def painted(folder: Path, *above: Layer, scrim: bool) -> np.ndarray:
    file = folder / "white.png"
    Image.new("RGB", (32, 18), "white").save(file)
    told = {"file": str(file), "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    asked = {"fit": "cover", "radius": 0.0, "scrim": scrim, **told}
    back = Layer("image", asked, (160, 90), (0.5, 0.5), 320, 180)
    return rgb(paint(Segment("s", CANVAS, (back, *above), 0, 1, True), 0))


def test_a_picture_is_shaded_where_a_layer_of_text_stands_on_it(tmp_path):
    words = Layer("text", {"text": "Hi", "size": 20.0, "color": "#ffffffff"}, (20, 140))
    assert painted(tmp_path, words, scrim=True)[150, 300, 0] < 140
    assert painted(tmp_path, words, scrim=False)[150, 300, 0] > 250
    assert painted(tmp_path, scrim=True)[150, 300, 0] > 250


def test_the_shade_for_a_text_is_there_before_it_comes_and_after_it_went(tmp_path):
    keys = {"text": "Hi", "size": 20.0, "color": "#ffffffff"}, (20, 140)
    there, later, gone = (
        painted(tmp_path, Layer("text", *keys, **when), scrim=True)[150, 300, 0]
        for when in ({}, {"first": 5}, {"last": 0})
    )
    assert there == later == gone < 200
