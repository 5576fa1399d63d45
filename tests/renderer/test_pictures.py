"""Pictures from outside: every odd one is shown right, or refused in words."""

import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from renderer.child import confined
from renderer.errors import AssetError, SpecError
from renderer.layers._picture import measured, part
from renderer.paths import file_digest
from renderer.plan import plan
from renderer.sniff import picture
from renderer.spec import load

RED, BLUE = (255, 0, 0, 255), (0, 0, 255, 255)


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def halves(mode: str = "RGB") -> Image.Image:
    """Return a picture 40 wide and 20 high: its left half red, its right half blue."""
    image = Image.new("RGB", (40, 20), (255, 0, 0))
    image.paste((0, 0, 255), (20, 0, 40, 20))
    return image.convert(mode)


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(halves(), "JPEG", quality=100, subsampling=0, exif=exif)


def deep() -> bytes:
    grey = np.full((20, 40), 65535, np.uint16)
    grey[:, 20:] = 0x8000
    return saved(Image.fromarray(grey), "PNG")


def png(width: int, height: int, depth: int, colour: int, rows: bytes) -> bytes:
    """Return a PNG as the standard writes it; for kinds that Pillow does not write."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def moving(kind: str) -> bytes:
    blue = Image.new("RGB", (40, 20), (0, 0, 255))
    more = {"lossless": True} if kind == "WEBP" else {}
    return saved(
        Image.new("RGB", (40, 20), "red"), kind, save_all=True, append_images=[blue], **more
    )


def clear_palette() -> bytes:
    image = halves("P")
    return saved(image, "PNG", transparency=image.getpixel((30, 10)))


def half_clear() -> Image.Image:
    image = halves("RGBA")
    image.putalpha(128)
    return image


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">%s</svg>'
SHAPES = b'<rect width="20" height="20" fill="red"/><path d="M20 0h20v20h-20z" fill="#00f"/>'

GREY = (128, 128, 128, 255)
GOOD: dict[str, tuple[str, Callable[[], bytes], tuple[int, ...], tuple[int, ...]]] = {
    "plain": ("a.png", lambda: saved(halves(), "PNG"), RED, BLUE),
    "turned half": ("a.jpg", lambda: turned(3), BLUE, RED),
    "mirrored": ("a.jpg", lambda: turned(2), BLUE, RED),
    "four inks": ("a.jpg", lambda: saved(halves("CMYK"), "JPEG", quality=100), RED, BLUE),
    "brightness and colour": ("a.jpg", lambda: saved(halves(), "JPEG", quality=100), RED, BLUE),
    "16 bits of grey": ("a.png", deep, (255, 255, 255, 255), GREY),
    "16 bits of colour": (
        "a.png",
        lambda: png(2, 1, 16, 2, b"\0" + bytes.fromhex("ffff00000000" + "00000000ffff")),
        RED,
        BLUE,
    ),
    "16 bits with alpha": (
        "a.png",
        lambda: png(2, 1, 16, 6, b"\0" + bytes.fromhex("ffff00000000ffff" + "00000000ffff8000")),
        RED,
        (0, 0, 255, 128),
    ),
    "one bit": ("a.png", lambda: png(8, 1, 1, 0, b"\0\xf0"), (255,) * 4, (0, 0, 0, 255)),
    "palette": ("a.png", lambda: saved(halves("P"), "PNG"), RED, BLUE),
    "palette of a GIF": ("a.gif", lambda: saved(halves("P"), "GIF"), RED, BLUE),
    "clear colour": ("a.png", clear_palette, RED, (0, 0, 255, 0)),
    "half clear": ("a.png", lambda: saved(half_clear(), "PNG"), (255, 0, 0, 128), (0, 0, 255, 128)),
    "lossless WebP": ("a.webp", lambda: saved(halves(), "WEBP", lossless=True), RED, BLUE),
    "moving GIF": ("a.gif", lambda: moving("GIF"), RED, RED),
    "moving WebP": ("a.webp", lambda: moving("WEBP"), RED, RED),
    "moving PNG": ("a.png", lambda: moving("PNG"), RED, RED),
    "wrong ending": ("a.jpg", lambda: saved(halves(), "PNG"), RED, BLUE),
    "drawing": ("a.svg", lambda: SVG % SHAPES, RED, BLUE),
    "drawing with its own gradient": (
        "a.svg",
        lambda: (
            SVG % b'<defs><linearGradient id="g"><stop stop-color="red"/></linearGradient></defs>'
            b'<rect width="40" height="20" fill="url(#g)"/>'
        ),
        RED,
        RED,
    ),
    "one pixel": ("a.png", lambda: saved(Image.new("RGB", (1, 1), "red"), "PNG"), RED, RED),
}


def opened_at(path: Path) -> Image.Image:
    """Return the whole picture of a file."""
    sha256 = file_digest(path)
    size = measured(str(path), sha256)
    return part(str(path), sha256, (0, 0, *size), size)


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_is_shown_as_it_is_meant(name: str, tmp_path: Path) -> None:
    file, content, left, right = GOOD[name]
    (tmp_path / file).write_bytes(content())
    found = opened_at(tmp_path / file)
    ends = [found.getpixel((found.width * share // 8, found.height // 2)) for share in (1, 7)]
    assert "RGBA" == found.mode
    assert np.abs(np.array(ends) - np.array([left, right])).max() <= 6, ends


def test_one_on_its_side_is_set_upright(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(turned(6))
    found = opened_at(tmp_path / "a.jpg")
    assert (20, 40) == found.size
    assert 200 < found.getpixel((10, 5))[0] and 200 < found.getpixel((10, 35))[2]


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA"])
def test_a_part_of_a_picture_is_resampled_as_its_colours_and_its_alpha_ask(
    mode: str, tmp_path: Path
) -> None:
    spots = np.random.default_rng(1).integers(0, 256, (60, 90, 4), np.uint8)
    whole = Image.fromarray(spots).convert(mode)
    path = tmp_path / "a.png"
    whole.save(path)
    expected = whole.convert("RGBA").crop((10, 5, 80, 55)).resize((28, 20), Image.LANCZOS)
    found = part(str(path), file_digest(path), (10, 5, 80, 55), (28, 20))
    assert np.array_equal(np.asarray(expected), np.asarray(found))


HELD = """
import pathlib, sys
from renderer.layers._picture import measured, part
from renderer.paths import file_digest

def most():
    told = pathlib.Path("/proc/self/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0])

path = pathlib.Path(sys.argv[1])
size, before = measured(str(path), file_digest(path)), most()
shown = part(str(path), file_digest(path), (0, 0, *size), (600, 400))
print(*size, *shown.size, most() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what a process has held")
def test_a_photograph_takes_the_memory_of_what_is_shown_of_it(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    Image.new("RGB", (6000, 4000), (90, 120, 60)).save(path)
    done = subprocess.run(
        [sys.executable, "-c", HELD, str(path)], stdout=subprocess.PIPE, check=True
    )
    *sizes, grown = map(int, done.stdout.split())
    assert [6000, 4000, 600, 400] == sizes
    assert grown < 20_000, "KB; all of it is 96 MB"


NAMED = b'<image href="%s" width="4" height="4"/>'
ENTITY = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SVG % b"<g>&b;</g>"
BAD = {
    "no picture": ("a.png", b"hello", "it is not a PNG"),
    "nothing": ("a.png", b"", "it is not a PNG"),
    "cut off": ("a.png", saved(halves(), "PNG")[:60], ""),
    "cut off at the end": ("a.jpg", saved(halves(), "JPEG")[:-200], "runcated"),
    "another kind": ("a.png", saved(halves(), "TIFF"), "it is not a PNG"),
    "a bomb": ("a.png", png(30_000, 30_000, 8, 0, b"\0"), "over 50 million pixels"),
    "no SVG": ("a.svg", b"<html><svg/></html>", "it is not an SVG"),
    "broken XML": ("a.svg", b"<svg><g></svg>", "not readable as XML"),
    "a file": ("a.svg", SVG % (NAMED % b"/etc/passwd"), "refers to '/etc/passwd'"),
    "an address": ("a.svg", SVG % (NAMED % b"http://127.0.0.1:9/x.png"), "refers to 'http"),
    "a drawing inside": ("a.svg", SVG % (NAMED % b"data:image/svg+xml,x"), "refers to 'data"),
    "a style of others": ("a.svg", SVG % b"<style>@import 'x.css';</style>", "its styles refer"),
    "a fill of others": ("a.svg", SVG % b'<rect fill="url( x.svg#a)"/>', "its styles refer"),
    "entities": ("a.svg", ENTITY, "declares entities"),
    "a style sheet": ("a.svg", b'<?xml-stylesheet href="a.css"?>' + SVG % b"", "style sheets"),
    "a script": ("a.svg", SVG % b"<script>1</script>", "holds a <script>"),
    "text": ("a.svg", SVG % b"<text>hello</text>", "holds text"),
    "too deep": ("a.svg", SVG % (b"<g>" * 300 + b"</g>" * 300), "in one another"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_shown_is_refused_in_words(name: str, tmp_path: Path) -> None:
    file, content, says = BAD[name]
    (tmp_path / file).write_bytes(content)
    with pytest.raises(AssetError) as caught:
        opened_at(tmp_path / file)
    (problem,) = caught.value.problems
    assert "bad-image" == problem.code and says in problem.message, problem.message


def crash(arguments: list[str]) -> int:
    raise SystemError(arguments[0])


def hang(arguments: list[str]) -> int:
    from renderer.child import limit_self

    limit_self(seconds=1, memory=1 << 40, file_size=1 << 20)
    time.sleep(60)
    return 0


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="a copy needs fork")
def test_what_decodes_cannot_take_anything_with_it(tmp_path: Path) -> None:
    crashed = confined(crash, ["ouch"], folder=tmp_path, seconds=30)
    late = confined(hang, [], folder=tmp_path, seconds=1)
    assert (1, None) == (crashed.status, late.status)
    assert "it did not finish within 1 s" == late.reason(1)


def spec(tmp_path: Path, name: str, content: bytes) -> Path:
    (tmp_path / name).write_bytes(content)
    path = tmp_path / "film.yaml"
    path.write_text(f"version: 1\nscenes:\n  - layers: [{{image: {name}}}]\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.png", b"hello", "'a.png' is no picture; a picture is a PNG, JPEG, WEBP, GIF or SVG"),
        ("a.png", b"BM....", "'a.png' is a BMP file; a picture is a PNG, JPEG, WEBP, GIF or SVG"),
        ("a.png", BAD["a bomb"][1], "'a.png' has 30000x30000 pixels; at most 50 million"),
        ("a.png", SVG % b"", "'a.png' is an SVG; its name says otherwise"),
        ("a.svg", saved(halves(), "GIF"), "'a.svg' is no SVG; its name says otherwise"),
    ],
)
def test_checking_a_spec_tells_what_is_no_picture(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    with pytest.raises(SpecError) as caught:
        load(spec(tmp_path, name, content))
    (problem,) = caught.value.problems
    assert problem.message.startswith(expected) and problem.place
    assert (3, 22) == (problem.place.line, problem.place.column)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_it_is_said_that_it_stands(tmp_path: Path, kind: str) -> None:
    (warning,) = load(spec(tmp_path, f"a.{kind.lower()}", moving(kind))).warnings
    assert ("animated-image", "warning") == (warning.code, warning.level)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_size_and_kind_are_told_without_decoding(tmp_path: Path, kind: str) -> None:
    for number, how in enumerate(({}, {"lossless": True}) if kind == "WEBP" else ({},)):
        path = tmp_path / str(number)
        path.write_bytes(saved(halves(), kind, **how))
        found = picture(path)
        assert (kind, (40, 20), False) == (found.kind, found.size, found.animated)


def test_a_drawing_is_as_sharp_as_the_film_needs(tmp_path: Path) -> None:
    path = spec(tmp_path, "a.svg", SVG % SHAPES)
    assert plan(load(path), ())[0].shots
    assert (3840, 1920) == opened_at(tmp_path / "a.svg").size
