"""The scene templates as they look, in both directions; the gallery that shows them."""

import importlib.util
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest
from test_golden import alike, told_apart

from renderer import text as texts
from renderer.encode import encode_segment
from renderer.paint import layout, paint
from renderer.plan import plan
from renderer.segments import picture_at, segments
from renderer.spec import load
from renderer.templates import library
from renderer.timeline import Timeline

FILE = Path(__file__).parents[2] / "docs" / "gallery.py"
SPEC = importlib.util.spec_from_file_location("gallery", FILE)
assert SPEC and SPEC.loader
gallery = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(gallery)

SCENES = sorted(library().scenes)
SIZES = {"wide": (1280, 720), "square": (720, 720), "tall": (720, 1280)}
raqm = pytest.mark.skipif(texts.machine_shaper() != "raqm", reason="drawn with Raqm")


@cache
def film(theme: str, size: tuple[int, int], lang: str) -> Timeline:
    return gallery.timeline(theme, size, lang)


@cache
def pictures(lang: str) -> tuple[np.ndarray, ...]:
    return tuple(gallery.pictures(film("midnight", (320, 180), lang)))


@raqm
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", SCENES)
def test_a_template_is_as_its_golden_picture(name: str, lang: str) -> None:
    alike(f"template-{name}-{lang}", pictures(lang)[SCENES.index(name)])


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("shape", SIZES)
@pytest.mark.parametrize("name", SCENES)
def test_words_keep_to_the_safe_area_and_clear_of_captions(
    name: str, shape: str, lang: str
) -> None:
    whole = film("midnight", SIZES[shape], lang)
    index = SCENES.index(name)
    segment, _ = picture_at(whole, whole.starts[index] + whole.shots[index].frames - 1)
    width, height = SIZES[shape]
    for layer, box in zip(segment.layers, layout(segment.layers, segment.canvas), strict=True):
        if layer.kind in ("text", "code"):
            assert box.x >= 0.05 * width - 1 and box.x + box.width <= 0.95 * width + 1
            assert box.y >= 0.05 * height - 1
            assert box.y + box.height <= 0.84 * height


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("shape", SIZES)
@pytest.mark.parametrize("name", SCENES)
def test_words_do_not_overlap(name: str, shape: str, lang: str) -> None:
    whole = film("midnight", SIZES[shape], lang)
    index = SCENES.index(name)
    segment, _ = picture_at(whole, whole.starts[index] + whole.shots[index].frames - 1)
    placed = zip(segment.layers, layout(segment.layers, segment.canvas), strict=True)
    boxes = [box for layer, box in placed if layer.params.get("text", "•") != "•"]
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = one.y + one.height <= other.y + 1 or other.y + other.height <= one.y + 1
            beside = one.x + one.width <= other.x + 1 or other.x + other.width <= one.x + 1
            assert apart or beside


def test_the_gallerys_page_shows_every_sheet_there_is() -> None:
    page = (gallery.FOLDER / "README.md").read_text("utf-8")
    assert gallery.index() == page
    assert all(
        (gallery.FOLDER / f"{theme}-{name}.webp").is_file()
        for theme in library().themes
        for name in gallery.FORMATS
    )


def test_the_gallery_is_small() -> None:
    assert sum(file.stat().st_size for file in gallery.FOLDER.rglob("*.*")) < 6_000_000


def test_a_difference_is_left_to_be_seen() -> None:
    one, other = np.zeros((8, 8, 3), np.uint8), np.full((8, 8, 3), 9, np.uint8)
    folder = told_apart("x", one, other)
    assert ["difference.png", "found.png", "wanted.png"] == sorted(p.name for p in folder.iterdir())


def blocks(plane: np.ndarray) -> np.ndarray:
    """Return the mean of each block of 10 by 10 pixels."""
    high, wide = plane.shape
    return plane.reshape(high // 10, 10, wide // 10, 10).mean(axis=(1, 3))


def test_the_films_gradients_have_no_bands(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text("version: 1\nsize: 640x360\nscenes: [{duration: 1s}]\n")
    (still,) = segments(plan(load(spec), ())[0])
    encode_segment(still, tmp_path / "still.mp4")
    with av.open(str(tmp_path / "still.mp4")) as film:
        shown = [frame.to_ndarray()[:360].astype(float) for frame in film.decode(video=0)]
    exact = blocks(paint(still, 0).y.astype(float))
    for picture in (shown[0], shown[-1]):
        assert np.abs(blocks(picture) - exact).max() < 0.6
        assert (picture.reshape(36, 10, 64, 10).std(axis=(1, 3)) > 0).mean() > 0.6
