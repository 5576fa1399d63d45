"""Formats: the same film in other files, transparent where it is and they can be."""

import subprocess
import sys
import wave
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from renderer.build import still
from renderer.errors import RenderError, SpecError, UsageError
from renderer.forms import form, form_for
from renderer.media.planes import BLACK, WHITE
from renderer.media.writing import png
from renderer.movie import is_clear
from renderer.paint import paint
from renderer.render import Made, Options, compile_spec, render
from renderer.schema import plugins
from renderer.segments import picture_at
from renderer.spec import format_of, load

pytestmark = pytest.mark.soak  # nine encoders, some of them slow

RENDER = Path(sys.executable).with_name("render")
FILM = """
version: 1
size: 160x90
fps: 10
title: Formats
voice: {engine: silent}
scenes:
  - id: clear
    background: transparent
    duration: 1s
    say: Hello.
    layers:
      - {shape: rect, color: "#ff000080", width: 25%, height: 100%, position: [12.5%, 50%]}
      - {shape: rect, color: "#0000ff", width: 50%, height: 100%, position: [75%, 50%]}
  - {id: green, background: "#00ff00", duration: 500ms}
"""
HALF_RED, CLEAR, BLUE, GREEN = (255, 0, 0, 128), (0, 0, 0, 0), (0, 0, 255, 255), (0, 255, 0, 255)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("formats")
    (path / "film.yaml").write_text(FILM, "utf-8")
    return path


def made(folder: Path, name: str) -> Made:
    suffix = form(name).suffix
    options = Options(processes=1, format=name)
    return render(folder / "film.yaml", folder / f"{name}{suffix}", options)


def pixels(path: Path, frame: int, *how: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return a frame as FFmpeg decodes it, RGBA."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *how, "-i", str(path)]
    command += ["-vf", f"select=eq(n\\,{frame})", "-frames:v", "1", "-f", "rawvideo"]
    done = subprocess.run([*command, "-pix_fmt", "rgba", "-"], capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.uint8).reshape(90, 160, 4)


def at(picture: np.ndarray[Any, Any], share: int) -> tuple[int, ...]:
    return tuple(map(int, picture[45, 20 * share]))


def near(one: tuple[int, ...], other: tuple[int, ...], most: int) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= most


CODECS = {
    "hevc": ("hevc", "aac"),
    "av1": ("libdav1d", "aac"),
    "webm": ("vp9", "opus"),
}


@pytest.mark.parametrize("name", CODECS)
def test_a_film_of_its_codec_is_as_long_as_it_says(folder: Path, name: str) -> None:
    path = made(folder, name).path
    with av.open(str(path)) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        told = (video.codec_context.name, audio.codec_context.name, video.width, video.height)
        colours = (video.codec_context.colorspace, video.codec_context.color_range)
        chapters, title = len(film.chapters()), film.metadata["title"]
        frames = sum(1 for _ in film.decode(video=0))
    with av.open(str(path)) as film:
        heard = sum(frame.samples for frame in film.decode(audio=0)) / 48_000
    assert (*CODECS[name], 160, 90) == told
    assert (1, 1, 2, "Formats", 15) == (*colours, chapters, title, frames)
    assert abs(heard - 1.5) < 0.1


@pytest.mark.parametrize(
    ("name", "how"), [("webm", ("-c:v", "libvpx-vp9")), ("mov", ()), ("gif", ())]
)
def test_what_is_clear_in_the_film_is_clear_in_the_file(
    folder: Path, name: str, how: tuple[str, ...]
) -> None:
    path = made(folder, name).path
    first, last = pixels(path, 5, *how), pixels(path, 14, *how)
    assert near(at(first, 6), BLUE, 12) and near(at(last, 3), GREEN, 12)
    assert 0 == at(first, 3)[3]
    if name != "gif":
        assert near(at(first, 1), HALF_RED, 12)


def test_a_folder_of_pictures_has_each_frame(folder: Path) -> None:
    path = made(folder, "png").path
    names = [file.name for file in sorted(path.iterdir())]
    assert (15, "000001.png", "000015.png") == (len(names), names[0], names[-1])
    first = np.asarray(Image.open(path / "000006.png"))
    assert near(at(first, 1), HALF_RED, 4) and near(at(first, 6), BLUE, 3)
    assert CLEAR[3] == at(first, 3)[3]


def test_a_folder_that_holds_anything_else_is_not_replaced(folder: Path) -> None:
    made(folder, "png")
    (folder / "png" / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(RenderError, match=r"it holds 'mine\.txt'"):
        made(folder, "png")
    (folder / "png" / "mine.txt").unlink()
    assert 15 == len(list(made(folder, "png").path.iterdir()))


def test_the_sound_alone_is_as_long_as_the_film(folder: Path) -> None:
    with wave.open(str(made(folder, "wav").path)) as file:
        assert (48_000, 2, 72_000) == (file.getframerate(), file.getnchannels(), file.getnframes())


def test_a_poster_is_the_first_scene_at_its_end(folder: Path) -> None:
    poster = np.asarray(Image.open(made(folder, "poster").path))
    assert near(at(poster, 6), BLUE, 3) and CLEAR[3] == at(poster, 3)[3]


def test_mp4_shows_black_where_nothing_is(folder: Path) -> None:
    path = made(folder, "mp4").path
    assert near(at(pixels(path, 5), 3), (0, 0, 0, 255), 3)


@pytest.mark.parametrize("name", sorted(plugins("formats")))
def test_what_was_made_is_not_made_again(folder: Path, name: str) -> None:
    first = made(folder, name)
    again = made(folder, name)
    assert (0, first.built.entry.key) == (again.encoded, again.built.entry.key)
    assert plugins("formats")[name].about


def test_equal_films_are_equal_files(folder: Path, tmp_path: Path) -> None:
    for name in ("webm", "gif", "mov", "hevc", "png"):
        options = Options(processes=1, format=name, store=tmp_path / "store")
        other = render(folder / "film.yaml", tmp_path / f"{name}{form(name).suffix}", options)
        assert made(folder, name).built.entry.digest == other.built.entry.digest, name


def test_a_moving_film_keeps_its_pictures(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    layer = "{shape: rect, color: white, width: 20%, height: 40%, animate: {position: [[20%, 50%], [80%, 50%]]}}"
    spec.write_text(
        f"version: 1\nsize: 160x90\nfps: 10\nscenes: [{{duration: 1s, layers: [{layer}]}}]\n"
    )
    made = render(spec, tmp_path / "out", Options(processes=1, format="png"))
    timeline = compile_spec(spec, Options(), Options().open_store(spec)).timeline
    for frame in (0, 5, 9):
        wanted = still(timeline, frame, Options().open_store(spec)).path
        shown = np.asarray(Image.open(made.path / f"{frame + 1:06}.png"))
        assert np.array_equal(np.asarray(Image.open(wanted)), shown)


def test_a_film_is_clear_where_a_scene_lets_through(folder: Path) -> None:
    timeline = compile_spec(folder / "film.yaml", Options(), Options().open_store(folder)).timeline
    assert is_clear(timeline)
    segment, frame = picture_at(timeline, 5)
    dark, light = (paint(segment, frame, ground).y[45, 60] for ground in (BLACK, WHITE))
    assert (BLACK, WHITE) == (dark, light)


def test_png_is_written_without_loss() -> None:
    colours = np.random.default_rng(1).integers(0, 256, (7, 5, 4), np.uint8)
    assert np.array_equal(colours, np.asarray(Image.open(BytesIO(png(colours)))))


@pytest.mark.parametrize(
    ("suffix", "named", "expected"),
    [
        (".webm", "mp4", "webm"),
        (".mp4", "mp4", "mp4"),
        (".mp4", "hevc", "hevc"),
        (".MP4", "gif", "mp4"),
        (".png", "mp4", "poster"),
        (".xyz", "gif", "gif"),
    ],
)
def test_the_suffix_says_the_format(suffix: str, named: str, expected: str) -> None:
    assert expected == form_for(suffix, named)


def test_a_format_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"did you mean 'webm'\?"):
        form("webn")
    spec = tmp_path / "film.yaml"
    spec.write_text("version: 1\nformat: webn\nscenes: [{duration: 1s}]\n", "utf-8")
    with pytest.raises(SpecError, match=r"did you mean 'webm'\?"):
        load(spec)


def test_a_cut_has_its_own_format(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text("version: 1\nformat: webm\ncuts: {a: {format: gif}, b: {}}\n", "utf-8")
    assert ["webm", "gif", "webm"] == [format_of(spec, cut) for cut in ("", "a", "b")]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([RENDER, *words], cwd=folder, capture_output=True, timeout=120)


def test_standard_output_holds_the_film_and_nothing_else(folder: Path) -> None:
    done = run(folder, "film.yaml", "-o", "-", "--format", "webm")
    assert made(folder, "webm").path.read_bytes() == done.stdout
    assert 2 == run(folder, "film.yaml", "-o", "-", "--format", "png").returncode
    assert 2 == run(folder, "film.yaml", "film.yaml", "-o", "-").returncode


def test_the_file_that_is_named_decides(folder: Path) -> None:
    done = run(folder, "film.yaml", "-o", "named.gif", "-q")
    assert b"named.gif" == done.stdout.strip()
    assert b"GIF89a" == (folder / "named.gif").read_bytes()[:6]


def test_moviepy_writes_mp4_alone(folder: Path) -> None:
    with pytest.raises(UsageError, match="writes MP4"):
        render(folder / "film.yaml", folder / "x.gif", Options(engine="moviepy", format="gif"))
