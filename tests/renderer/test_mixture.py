"""Stills, runs and motion in any mixture make one stream, which every decoder reads as painted."""

import base64
import random
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, sync_playwright

from renderer.media.film import join
from renderer.media.parts import Film, Part
from renderer.media.planes import Planes
from renderer.media.sound import encode_block, packets_for
from renderer.media.video import encode, encode_states, encode_still
from renderer.times import sample_at
from tests.renderer import openh264

FPS = Fraction(30)
SIZE = (64, 48)
KINDS = ("still", "run", "motion")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROUNDING = 3
"""Steps of luma by which openh264 may round the mean of two pictures, in B-frames, another way."""
Luma = NDArray[np.uint8]
DECODE = """async ([head, size, packets]) => {
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const found = [];
  const pending = [];
  const decoder = new VideoDecoder({
    error: error => { throw error; },
    output: frame => pending.push((async () => {
      const data = new Uint8Array(frame.allocationSize());
      const layout = await frame.copyTo(data);
      const rows = [];
      for (let row = 0; row < size[1]; row++)
        rows.push(...data.subarray(layout[0].offset + row * layout[0].stride).slice(0, size[0]));
      found.push([frame.timestamp, rows]);
      frame.close();
    })()),
  });
  decoder.configure({codec: "avc1.640028", description: bytes(head), hardwareAcceleration: "no-preference"});
  for (const [time, key, data] of packets)
    decoder.decode(new EncodedVideoChunk({type: key ? "key" : "delta", timestamp: time, data: bytes(data)}));
  await decoder.flush();
  await Promise.all(pending);
  return found.sort((one, two) => one[0] - two[0]).map(each => each[1]);
}"""


def picture(chance: random.Random) -> Planes:
    """Return a slope between two greys with a square on it."""
    first, last, left, top = (chance.randrange(20, 220) for _ in range(4))
    y = np.linspace(first, last, 48 * 64).reshape(48, 64)
    y[top % 32 : top % 32 + 16, left % 48 : left % 48 + 16] = chance.randrange(20, 220)
    chroma = np.full((24, 32), chance.randrange(60, 190), np.uint8)
    return Planes(y.astype(np.uint8), chroma, chroma)


def drifting(chance: random.Random, frames: int) -> list[Planes]:
    still = picture(chance)
    return [Planes(np.roll(still.y, step, axis=1), still.u, still.v) for step in range(frames)]


def piece(kind: str, chance: random.Random, path: Path) -> tuple[Part, list[Luma]]:
    """Return a file of a kind, of some frames, and what was painted in each of them."""
    if kind == "still":
        shown, painted = chance.choice([1, 2, 7, 31, 90, 100, 181]), picture(chance)
        encode_still(painted, min(90, shown), SIZE, FPS, path)
        return Part(path, shown, still=True), [painted.y] * shown
    if kind == "motion":
        moved = drifting(chance, chance.randrange(1, 40))
        encode(moved, SIZE, FPS, path)
        return Part(path, len(moved), still=False), [one.y for one in moved]
    states = [(picture(chance), chance.randrange(1, 12)) for _ in range(chance.randrange(2, 7))]
    encode_states(states, SIZE, FPS, path)
    every = [one.y for one, frames in states for _ in range(frames)]
    return Part(path, len(every), still=False), every


def mixture(seed: int, folder: Path) -> tuple[Path, list[Luma]]:
    """Return a film of pieces drawn by chance, and what was painted in each of its frames."""
    chance = random.Random(seed)
    kinds = [chance.choice(KINDS) for _ in range(chance.randrange(2, 9))]
    pieces = [piece(kind, chance, folder / f"{at}.mp4") for at, kind in enumerate(kinds)]
    painted = [one for _, each in pieces for one in each]
    samples = sample_at(len(painted), FPS)
    encode_block(np.zeros((samples + 4096, 2), np.float32), 0, packets_for(samples), folder / "s")
    film = Film([part for part, _ in pieces], folder / "s", samples, FPS, {}, ())
    join(film, folder / "film.mp4")
    return folder / "film.mp4", painted


def by_ffmpeg(path: Path) -> list[Luma]:
    with av.open(str(path)) as film:
        return [frame.to_ndarray()[:48] for frame in film.decode(video=0)]


def by_openh264(path: Path) -> list[Luma]:
    groups: list[list[bytes]] = []
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        plain = av.BitStreamFilterContext("h264_mp4toannexb", stream)
        for packet in (one for each in film.demux(stream) for one in plain.filter(each)):
            if packet.is_keyframe:
                groups.append([])
            groups[-1].append(bytes(packet))
    return [picture for group in groups for picture in openh264.decoded(group)]


def by_chromium(path: Path, page: Page) -> list[Luma]:
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        head = base64.b64encode(stream.codec_context.extradata).decode()
        packets = [
            [one.pts, one.is_keyframe, base64.b64encode(bytes(one)).decode()]
            for one in film.demux(stream)
            if one.size
        ]
    found = page.evaluate(DECODE, [head, SIZE, packets])
    return [np.array(one, np.uint8).reshape(48, 64) for one in found]


def unlike(seen: list[Luma], painted: list[Luma]) -> list[int]:
    """Return the frames that are not what was painted there."""
    pairs = enumerate(zip(seen, painted, strict=True))
    return [at for at, (one, two) in pairs if abs(one.astype(int) - two).mean() > 3]


def apart(one: list[Luma], other: list[Luma], most: int) -> list[int]:
    """Return the frames that two decoders see differently by more than so many steps of luma."""
    pairs = enumerate(zip(one, other, strict=True))
    return [at for at, (a, b) in pairs if abs(a.astype(int) - b).max() > most]


@pytest.mark.parametrize("seed", range(8))
def test_a_mixture_is_read_as_it_was_painted(seed: int, tmp_path: Path) -> None:
    path, painted = mixture(seed, tmp_path)

    assert [] == unlike(by_ffmpeg(path), painted)


@pytest.mark.skipif(openh264.LIBRARY is None, reason="openh264 is not installed")
@pytest.mark.parametrize("seed", range(8))
def test_openh264_reads_a_mixture_as_ffmpeg_does(seed: int, tmp_path: Path) -> None:
    path, _ = mixture(seed, tmp_path)

    assert [] == apart(by_ffmpeg(path), by_openh264(path), ROUNDING)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    switches = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=switches)
        shown = browser.new_page()
        shown.route("http://localhost/", lambda route: route.fulfill(body="<!doctype html>"))
        shown.goto("http://localhost/")
        yield shown
        browser.close()


@pytest.mark.soak
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.skipif(openh264.LIBRARY is None, reason="openh264 is not installed")
def test_two_hundred_mixtures_are_read_alike_by_every_decoder(tmp_path: Path, page: Page) -> None:
    for seed in range(200):
        folder = tmp_path / str(seed)
        folder.mkdir()
        path, painted = mixture(seed, folder)
        seen = by_ffmpeg(path)
        assert (seed, []) == (seed, unlike(seen, painted))
        assert (seed, []) == (seed, apart(seen, by_openh264(path), ROUNDING))
        assert (seed, []) == (seed, apart(seen, by_chromium(path, page), 0))
