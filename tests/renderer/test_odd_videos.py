"""Videos as cameras, programs and mischief make them: shown right, or refused in words."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from renderer.errors import SpecError
from renderer.media.footage import between, footage
from renderer.media.upright import NoFootage, Upright
from renderer.paint import paint, rgb
from renderer.plan import plan
from renderer.profile import TRUSTED, UNTRUSTED, Profile
from renderer.segments import picture_at
from renderer.spec import load
from renderer.store import Store, using
from tests.renderer.filming import SIZE, beeps, number_of, numbered, plain, video

Make = Callable[[Path], object]


def frames(count: int = 6, size: tuple[int, int] = (96, 64)) -> list[Any]:
    return [numbered(number, size) for number in range(count)]


def turned(degrees: int) -> Make:
    def setup(stream: Any) -> None:
        stream.set_display_rotation(degrees)

    upright = [np.rot90(each, -degrees // 90 % 4) for each in frames()]
    return lambda path: video(path, map(np.ascontiguousarray, upright), setup=setup)


def stretched(path: Path) -> None:
    def setup(stream: Any) -> None:
        stream.codec_context.sample_aspect_ratio = Fraction(2)

    video(path, [numbered(n, (48, 64)) for n in range(6)], setup=setup)


def coloured(**tags: int) -> Make:
    def setup(stream: Any) -> None:
        for name, value in tags.items():
            setattr(stream.codec_context, name, value)

    def change(frame: Any) -> None:
        for name, value in tags.items():
            setattr(frame, name, value)

    return lambda path: video(path, frames(), setup=setup, change=change)


def fields(path: Path) -> None:
    options = {"flags": "+ilme+ildct", "x264-params": "tff=1"}
    video(path, frames(), options=options)


def named(text: bytes) -> Make:
    return lambda path: path.write_bytes(text)


def cut(share: float) -> Make:
    def make(path: Path) -> None:
        whole = video(path, frames()).read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])

    return make


def sounding(path: Path) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(beeps(1024, [0])[None], "fltp", "mono")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def picture(path: Path) -> None:
    Image.fromarray(numbered(1)).save(path, format="PNG")


HEVC = {"x265-params": "log-level=none:pools=1:frame-threads=1"}
GOOD: dict[str, Make] = {
    "turned-right.mp4": turned(90),
    "turned-left.mp4": turned(-90),
    "upside-down.mp4": turned(180),
    "odd-sides.mp4": lambda path: video(path, frames(6, (97, 65)), pix_fmt="yuv444p"),
    "wide-pixels.mp4": stretched,
    "ten-bits.mp4": lambda path: video(
        path, frames(), codec="libx265", pix_fmt="yuv420p10le", options=HEVC
    ),
    "grey.mkv": lambda path: video(path, frames(), codec="ffv1", pix_fmt="gray"),
    "rgb.mkv": lambda path: video(path, frames(), codec="ffv1", pix_fmt="bgr0"),
    "two-fields.mp4": fields,
    "motion-jpeg.avi": lambda path: video(path, frames(), codec="mjpeg", pix_fmt="yuvj420p"),
    "mpeg-4.avi": lambda path: video(path, frames(), codec="mpeg4"),
    "small.mp4": lambda path: video(path, frames(6, (24, 16)), pix_fmt="yuv444p"),
    "flash.flv": lambda path: video(path, frames(), codec="libx264"),
    "other-name.jpg.mov": lambda path: video(path, frames(), codec="libx264"),
}
BAD: dict[str, tuple[Make, str]] = {
    "hdr.mp4": (coloured(color_trc=16), "HDR (PQ)"),
    "hlg.mp4": (coloured(color_trc=18), "HDR (HLG)"),
    "wide.mp4": (coloured(color_primaries=9), "wider than BT.709"),
    "aslant.mp4": (turned(30), "another angle"),
    "sound.mp4": (sounding, "sound and no picture"),
    "cut-off.mp4": (cut(0.7), "cannot be read as a video"),
    "empty.mp4": (named(b""), "cannot be read as a video"),
    "text.mp4": (named(b"no video at all\n" * 100), "cannot be read as a video"),
    "list.m3u8": (named(b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"), "cannot be read"),
    "list.mp4": (named(b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n"), "cannot be read"),
    "concat.mp4": (named(b"ffconcat version 1.0\nfile turned-right.mp4\n"), "cannot be read"),
    "dash.mp4": (
        named(b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>'),
        "cannot",
    ),
    "picture.mp4": (picture, "cannot be read as a video"),
    "old.avi": (
        lambda path: video(path, frames(), codec="msmpeg4"),
        "its codec (msmpeg4v3) is not among those read",
    ),
}


def loaded(folder: Path, layers: Iterable[str], limits: Profile = TRUSTED) -> Any:
    spec = folder / "film.yaml"
    written = "".join(f"      - {layer}\n" for layer in layers)
    spec.write_text(f"version: 1\nsize: 96x64\nfps: 25\nscenes:\n  - layers:\n{written}")
    with using(Store(folder / "store")):
        return load(spec, root=folder, limits=limits)


def refused(folder: Path, layers: Iterable[str], limits: Profile = TRUSTED) -> list[str]:
    with pytest.raises(SpecError) as caught:
        loaded(folder, layers, limits)
    return [f"{p.place.line}:{p.place.column} {p.code}" for p in caught.value.problems if p.place]


@pytest.mark.parametrize("name", GOOD)
def test_an_odd_video_is_shown_right(tmp_path: Path, name: str) -> None:
    GOOD[name](tmp_path / name)
    with (tmp_path / name).open("rb") as file:
        held = footage(file)
        file.seek(0)
        upright = Upright(held.look, SIZE)
        seen = [upright.picture(each) for _, each in between(file, held, Fraction(0), held.length)]

    assert [*range(6)] == [number_of(each.planes.y) for each in seen]
    assert Fraction(6, 25) == held.length
    assert held.look.size[0] / held.look.size[1] == pytest.approx(1.5, abs=0.02)


@pytest.mark.parametrize("name", BAD)
def test_a_video_that_cannot_be_shown_is_refused_in_words(tmp_path: Path, name: str) -> None:
    make, says = BAD[name]
    make(tmp_path / name)

    with (tmp_path / name).open("rb") as file, pytest.raises(NoFootage) as caught:
        footage(file)
    assert says in caught.value.says
    assert caught.value.hint


def test_videos_that_cannot_be_shown_are_told_where_they_are_named(tmp_path: Path) -> None:
    for name in ("hdr.mp4", "list.mp4", "cut-off.mp4"):
        BAD[name][0](tmp_path / name)
    layers = ["{video: hdr.mp4}", "{loop: true, video: list.mp4}", "{video: cut-off.mp4}"]

    assert ["6:17 bad-video", "7:29 bad-video", "8:17 bad-video"] == refused(tmp_path, layers)


def test_bytes_that_are_damaged_never_end_in_more_than_words(tmp_path: Path) -> None:
    whole = bytearray(video(tmp_path / "a.mp4", frames()).read_bytes())
    for at in range(60, len(whole), 97):
        whole[at] ^= 0x55
    (tmp_path / "a.mp4").write_bytes(whole)

    assert ["6:17 bad-video"] == refused(tmp_path, ["{video: a.mp4}"])


@pytest.mark.soak
@pytest.mark.parametrize("suffix", [".mp4", ".webm", ".mov", ".mkv", ".gif", ".ts"])
def test_bytes_that_are_changed_at_random_give_pictures_or_words(
    tmp_path: Path, suffix: str
) -> None:
    whole = video(tmp_path / f"a{suffix}", frames(20)).read_bytes()
    ended: set[str] = set()
    for seed in range(40):
        chance = Random(seed)
        changed = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50, 400))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        (tmp_path / f"b{suffix}").write_bytes(changed)
        with (tmp_path / f"b{suffix}").open("rb") as file:
            try:
                held = footage(file)
                file.seek(0)
                upright = Upright(held.look, SIZE)
                for _, each in between(file, held, Fraction(0), min(held.length, Fraction(9))):
                    upright.picture(each)
                ended.add("pictures")
            except NoFootage:
                ended.add("words")

    assert {"pictures", "words"} >= ended


def test_a_video_of_one_picture_is_a_still(tmp_path: Path) -> None:
    video(tmp_path / "a.mp4", [numbered(5)])
    timeline, _ = plan(loaded(tmp_path, ["{video: a.mp4}"]), ())

    with using(Store(tmp_path / "store")):
        seen = rgb(paint(*picture_at(timeline, timeline.frames - 1)))
    assert 5 == number_of(seen.mean(axis=2))


def test_sound_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    video(tmp_path / "a.mp4", frames())
    spec = loaded(tmp_path, ["{video: a.mp4, gain: -6dB}"])

    assert [("no-sound", "warning")] == [(p.code, p.level) for p in spec.warnings]


def test_a_stranger_has_lower_limits(tmp_path: Path) -> None:
    video(tmp_path / "a.mp4", [plain((9, 9, 9), (3842, 2162))])

    assert ["6:17 out-of-range"] == refused(tmp_path, ["{video: a.mp4}"], UNTRUSTED)
    assert 1 == len(loaded(tmp_path, ["{video: a.mp4}"]).scenes)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".webm"])
def test_a_stretch_late_in_a_video_is_the_same_as_when_all_is_read(
    tmp_path: Path, suffix: str
) -> None:
    path = video(tmp_path / f"a{suffix}", map(numbered, range(400)), codec=LONG.get(suffix, ""))
    with path.open("rb") as file:
        held = footage(file)
        file.seek(0)
        upright = Upright(held.look, SIZE)
        late = between(file, held, Fraction(13), Fraction(1312, 100))
        seen = [(mark, number_of(upright.picture(each).planes.y)) for mark, each in late]

    assert [(325, 325), (326, 326), (327, 327)] == seen


LONG = {".mkv": "libx264"}
