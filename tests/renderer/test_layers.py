"""Layer kinds: fills, shapes and pictures from files."""

import hashlib
from math import inf
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from renderer.errors import AssetError
from renderer.layers import fill, image, shape

RED, GREEN, BLUE = (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255)


def picture(
    folder: Path, pixels: Image.Image, name: str = "a.png", **save: object
) -> dict[str, object]:
    file = folder / name
    pixels.save(file, **save)
    return {
        "file": str(file),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "radius": 0.0,
    }


def halves(width: int, height: int) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    done = Image.new("RGBA", (width, height), RED)
    done.paste(BLUE, (width // 2, 0, width, height))
    return done


def test_fill_covers_its_box_with_the_colour():
    pixels, offset = fill.draw({"fill": "#01020380"}, (3, 2), 0)
    assert (pixels.shape, offset) == ((2, 3, 4), (0, 0))
    assert pixels[1, 2].tolist() == [1, 2, 3, 128]


@pytest.mark.parametrize(("angle", "ends"), [(0, (0, -1)), (180, (-1, 0))])
def test_gradient_runs_at_its_angle_and_keeps_its_end_colours(angle, ends):
    paint = {"gradient": ["#000000ff", "#ffffffff"], "angle": angle}
    row = fill.draw({"fill": paint}, (512, 4), 0)[0][0, :, 0]
    assert (row[ends[0]] <= 1, row[ends[1]] >= 254) == (True, True)


def test_shallow_gradient_is_dithered_not_banded():
    paint = {"gradient": ["#0a0a0aff", "#0e0e0eff"], "angle": 90}
    pixels = fill.draw({"fill": paint}, (64, 400), 0)[0][..., 0].astype(float)
    exact = np.linspace(10, 14, 400)
    assert np.abs(pixels.mean(axis=1) - 0.0 - exact).max() < 0.15
    assert pixels[50].min() != pixels[50].max()


def test_rectangle_with_radius_has_clear_corners_and_a_full_middle():
    asked = {"shape": "rect", "color": "#ffffffff", "radius": 8.0, "thickness": 1.0}
    alpha = shape.draw(asked, (40, 20), 0)[0][..., 3]
    assert (alpha[0, 0], alpha[10, 20], alpha[0, 20]) == (0, 255, 255)
    assert np.array_equal(alpha, alpha[::-1, ::-1])


def test_ellipse_has_its_area():
    asked = {"shape": "ellipse", "color": "#ffffffff", "thickness": 1.0}
    alpha = shape.draw(asked, (40, 20), 0)[0][..., 3]
    assert pytest.approx(np.pi * 20 * 10, rel=0.02) == alpha.sum() / 255


@pytest.mark.parametrize(
    ("points", "direction", "side"),
    [
        ("end", "ltr", "right"),
        ("end", "rtl", "left"),
        ("start", "ltr", "left"),
        ("start", "rtl", "right"),
    ],
)
def test_arrow_points_with_the_language(points, direction, side):
    asked = {
        "shape": "arrow",
        "color": "#ffffffff",
        "thickness": 4.0,
        "points": points,
        "direction": direction,
    }
    alpha = shape.draw(asked, (80, 16), 0)[0][..., 3].astype(float)
    weight = (alpha.sum(axis=0) * np.arange(80)).sum() / alpha.sum()
    assert side == ("right" if weight > 40 else "left")


@pytest.mark.parametrize(("points", "top"), [("up", True), ("down", False)])
def test_arrow_up_and_down_do_not_follow_the_language(points, top):
    for direction in ("ltr", "rtl"):
        asked = {
            "shape": "arrow",
            "color": "#ffffffff",
            "thickness": 4.0,
            "points": points,
            "direction": direction,
        }
        alpha = shape.draw(asked, (16, 80), 0)[0][..., 3].astype(float)
        assert top == ((alpha.sum(axis=1) * np.arange(80)).sum() / alpha.sum() < 40)


@pytest.mark.parametrize(
    ("kind", "limits", "size"),
    [
        ("rect", (30.0, inf), (30, 30)),
        ("rect", (30.0, 10.0), (30, 10)),
        ("ellipse", (inf, 8.0), (8, 8)),
        ("line", (100.0, inf), (100, 4)),
        ("line", (inf, 100.0), (4, 100)),
        ("arrow", (100.0, inf), (100, 16)),
    ],
)
def test_free_side_follows_the_shape(kind, limits, size):
    assert size == shape.size({"shape": kind, "thickness": 4.0}, limits)


@pytest.mark.parametrize(
    ("fit", "offset", "shape_", "left", "right"),
    [
        ("cover", (0, 0), (20, 20), RED, BLUE),
        ("contain", (0, 5), (10, 20), RED, BLUE),
        ("fill", (0, 0), (20, 20), RED, BLUE),
        ("none", (0, 0), (20, 20), RED, BLUE),
    ],
)
def test_fit(tmp_path, fit, offset, shape_, left, right):
    asked = picture(tmp_path, halves(80, 40))
    pixels, at = image.draw({**asked, "fit": fit}, (20, 20), 0)
    assert (offset, shape_) == (at, pixels.shape[:2])
    assert [left, right] == [tuple(pixels[5, 0].tolist()), tuple(pixels[5, -1].tolist())]


def test_small_picture_without_fit_stands_in_the_middle(tmp_path):
    pixels, at = image.draw({**picture(tmp_path, halves(4, 2)), "fit": "none"}, (20, 20), 0)
    assert (at, pixels.shape[:2]) == ((8, 9), (2, 4))


def test_crop_shows_a_part(tmp_path):
    asked = {**picture(tmp_path, halves(40, 20)), "crop": [50, 0, 50, 100]}
    pixels, _ = image.draw(asked, (10, 10), 0)
    assert tuple(pixels[5, 0].tolist()) == BLUE
    assert image.size(asked, (20.0, inf)) == (20.0, 20.0)


def test_radius_rounds_the_corners(tmp_path):
    asked = {**picture(tmp_path, halves(40, 40)), "radius": 10.0}
    alpha = image.draw(asked, (40, 40), 0)[0][..., 3]
    assert (alpha[0, 0], alpha[20, 20]) == (0, 255)


def test_free_side_keeps_the_proportion(tmp_path):
    assert image.size(picture(tmp_path, halves(80, 40)), (20.0, inf)) == (20.0, 10.0)


def test_exif_rotation_is_applied(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    asked = picture(tmp_path, halves(40, 20).convert("RGB"), "a.jpg", exif=exif, quality=95)
    assert image.size(asked, (10.0, inf)) == (10.0, 20.0)
    pixels, _ = image.draw({**asked, "fit": "fill"}, (10, 20), 0)
    assert pixels[2, 5, 0] > 200 > 60 > pixels[17, 5, 0]


@pytest.mark.parametrize(
    ("mode", "color", "name"),
    [
        ("L", 128, "a.png"),
        ("P", 3, "a.gif"),
        ("RGBA", (128, 128, 128, 100), "a.webp"),
        ("CMYK", (127, 127, 127, 0), "a.jpg"),
        ("I;16", 128 * 257, "a.png"),
        ("LA", (128, 100), "a.png"),
        ("1", 1, "a.png"),
    ],
)
def test_every_mode_becomes_rgba(tmp_path, mode, color, name):
    source = Image.new(mode, (8, 8), color)
    if mode == "P":
        source.putpalette([0, 0, 0] * 3 + [128, 128, 128])
    pixels, _ = image.draw(picture(tmp_path, source, name), (8, 8), 0)
    expected = 255 if mode == "1" else 128
    assert np.abs(pixels[4, 4, :3].astype(int) - expected).max() <= 3
    assert (100 if "A" in mode else 255) == pixels[4, 4, 3]


def test_transparent_pixels_lend_no_colour_when_a_picture_is_scaled(tmp_path):
    source = Image.new("RGBA", (40, 40), (255, 0, 0, 255))
    source.paste((0, 255, 0, 0), (20, 0, 40, 40))
    pixels, _ = image.draw({**picture(tmp_path, source), "fit": "fill"}, (9, 9), 0)
    shown = pixels[pixels[..., 3] > 20]
    assert shown[:, 1].max() <= 12


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"not a picture", "not a PNG"),
        (b"", "not a PNG"),
        (b"P6 1 1 255 abc", "not a PNG"),
        (b"\x89PNG\r\n\x1a\n cut", "a.png"),
    ],
)
def test_unreadable_picture_is_an_asset_error(tmp_path, content, says):
    file = tmp_path / "a.png"
    file.write_bytes(content)
    with pytest.raises(AssetError, match=says):
        image.draw({"file": str(file), "sha256": hashlib.sha256(content).hexdigest()}, (8, 8), 0)


def test_cut_off_picture_is_an_asset_error(tmp_path):
    noise = Image.fromarray((np.arange(64 * 64 * 3) % 251).astype(np.uint8).reshape(64, 64, 3))
    asked = picture(tmp_path, noise)
    cut = Path(str(asked["file"])).read_bytes()[:-200]
    Path(str(asked["file"])).write_bytes(cut)
    with pytest.raises(AssetError, match="cannot read"):
        image.draw({**asked, "sha256": hashlib.sha256(cut).hexdigest()}, (8, 8), 0)


def test_picture_that_changed_is_an_asset_error(tmp_path):
    asked = picture(tmp_path, halves(4, 4))
    with pytest.raises(AssetError, match="changed while"):
        image.draw({**asked, "sha256": "0" * 64}, (8, 8), 0)


def test_huge_picture_is_refused_before_it_is_decoded(tmp_path):
    asked = picture(tmp_path, Image.new("1", (8000, 8000)))
    with pytest.raises(AssetError, match="50 million"):
        image.draw(asked, (8, 8), 0)
