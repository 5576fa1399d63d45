"""Stills, runs and motion in any mixture make one stream, which every decoder reads as painted."""

import base64
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import get_args

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, sync_playwright

from renderer.media.film import join
from renderer.media.parts import Film, Part
from renderer.media.planes import Planes
from renderer.media.sound import encode_block, packets_for
from renderer.media.standing import DELAY, Way
from renderer.media.video import (
    encode,
    encode_run,
    encode_states,
    encode_still,
    every,
    standing,
)
from renderer.segments import GOPS
from renderer.times import sample_at
from tests.renderer import openh264

FPS = Fraction(30)
SIZES = ((64, 48), (96, 54), (320, 180))
KINDS = ("still", "run", "motion")
WAYS: tuple[Way, ...] = get_args(Way)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROUNDING = 3
"""Steps by which openh264 may round the mean of two pictures, in B-frames, another way."""
FAR = 10
"""Steps by which a block may differ on average from what was painted; coding takes up to 8."""
STEPS = (26, 240, 244, 322, 436, 501)
"""Seeds of pictures in whose repeats x264 codes a step here and there at a fixed quantiser."""
Picture = NDArray[np.uint8]
"""Luma and both chromas, one after the other, as I420 has them."""
DECODE = """async ([head, packets]) => {
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const text = bytes => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
  const pending = [];
  const decoder = new VideoDecoder({
    error: error => { throw error; },
    output: frame => pending.push((async () => {
      const data = new Uint8Array(frame.allocationSize());
      await frame.copyTo(data);
      const told = [frame.timestamp, frame.format, text(data)];
      frame.close();
      return told;
    })()),
  });
  decoder.configure({codec: "avc1.640028", description: bytes(head), hardwareAcceleration: "no-preference"});
  for (const [time, key, data] of packets)
    decoder.decode(new EncodedVideoChunk({type: key ? "key" : "delta", timestamp: time, data: bytes(data)}));
  await decoder.flush();
  return (await Promise.all(pending)).sort((one, two) => one[0] - two[0]);
}"""


@dataclass(frozen=True, slots=True)
class Mixture:
    """A film of pieces drawn by chance, its size, and what was painted in each of its frames.

    Frames of a picture that stands are one and the same picture here.
    """

    path: Path
    size: tuple[int, int]
    painted: list[Picture]


def flat(planes: Planes) -> Picture:
    return np.concatenate([planes.y.ravel(), planes.u.ravel(), planes.v.ravel()])


def picture(chance: random.Random, size: tuple[int, int]) -> Planes:
    """Return a slope between two greys, tinted, with a square of another colour on it."""
    width, height = size
    left, top = chance.randrange(0, width - 16, 2), chance.randrange(0, height - 16, 2)
    first, last = chance.randrange(20, 220), chance.randrange(20, 220)
    y = np.linspace(first, last, height * width).reshape(height, width).astype(np.uint8)
    u, v = (np.full((height // 2, width // 2), chance.randrange(60, 190), np.uint8) for _ in "uv")
    for plane, by in ((y, 1), (u, 2), (v, 2)):
        square = slice(top // by, (top + 16) // by), slice(left // by, (left + 16) // by)
        plane[square] = chance.randrange(60, 190)
    return Planes(y, u, v)


def drifting(chance: random.Random, size: tuple[int, int], frames: int) -> list[Planes]:
    still = picture(chance, size)

    def after(steps: int) -> Planes:
        y, u, v = still.y, still.u, still.v
        return Planes(np.roll(y, 2 * steps, 1), np.roll(u, steps, 1), np.roll(v, steps, 1))

    return [after(steps) for steps in range(frames)]


def piece(
    kind: str, way: Way, chance: random.Random, size: tuple[int, int], path: Path
) -> tuple[Part, list[Picture]]:
    """Return a file of a kind, of some frames, and what was painted in each of them."""
    if kind == "motion":
        moved = drifting(chance, size, chance.randrange(1, 40))
        encode(moved, size, FPS, path)
        return Part(str(path), len(moved), still=False), [flat(one) for one in moved]
    if kind == "still":
        shown = chance.choice([1, 2, 7, 31, 90, 100, 181])
        states = [(picture(chance, size), next((one for one in GOPS if shown <= one), GOPS[-1]))]
    else:
        states = [
            (picture(chance, size), chance.randrange(1, 12)) for _ in range(chance.randrange(2, 7))
        ]
        shown = sum(frames for _, frames in states)
    stand(states, way, size, path)
    painted = [one for planes, frames in states for one in [flat(planes)] * frames]
    painted += painted[-1:] * (shown - len(painted))
    return Part(str(path), shown, still=kind == "still"), painted[:shown]


def stand(states: list[tuple[Planes, int]], way: Way, size: tuple[int, int], path: Path) -> None:
    pictures, lengths = zip(*states, strict=True)
    write = encode_states if way == "skip" else encode_run
    write(pictures, lengths, size, FPS, path)


def mixture(seed: int, way: Way, folder: Path) -> Mixture:
    chance = random.Random(seed)
    size = chance.choice(SIZES)
    kinds = [chance.choice(KINDS) for _ in range(chance.randrange(2, 9))]
    pieces = [piece(kind, way, chance, size, folder / f"{at}.mp4") for at, kind in enumerate(kinds)]
    painted = [one for _, each in pieces for one in each]
    samples = sample_at(len(painted), FPS)
    encode_block(np.zeros((samples + 4096, 2), np.float32), 0, packets_for(samples), folder / "s")
    film = Film([part for part, _ in pieces], folder / "s", samples, FPS, {}, ())
    join(film, folder / "film.mp4")
    return Mixture(folder / "film.mp4", size, painted)


def by_ffmpeg(path: Path) -> list[Picture]:
    with av.open(str(path)) as film:
        return [frame.to_ndarray().ravel() for frame in film.decode(video=0)]


def coded(path: Path) -> list[bytes]:
    """Return the slices of a file, without the four bytes before each that tell its length."""
    with av.open(str(path)) as film:
        return [bytes(packet)[4:] for packet in film.demux(video=0) if packet.size]


def by_openh264(path: Path) -> list[Picture]:
    """Return what openh264 sees, by a decoder for all that comes up to each moving part's end."""
    stretches: list[list[bytes]] = [[]]
    reordered = False
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        plain = av.BitStreamFilterContext("h264_mp4toannexb", stream)
        for packet in (one for each in film.demux(stream) for one in plain.filter(each)):
            if packet.is_keyframe and reordered:
                stretches.append([])
                reordered = False
            reordered |= packet.pts != packet.dts + DELAY
            stretches[-1].append(bytes(packet))
    return [picture for stretch in stretches for picture in openh264.decoded(stretch)]


def by_chromium(path: Path, page: Page) -> list[Picture]:
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        head = base64.b64encode(stream.codec_context.extradata).decode()
        packets = [
            [one.pts, one.is_keyframe, base64.b64encode(bytes(one)).decode()]
            for one in film.demux(stream)
            if one.size
        ]
    found = page.evaluate(DECODE, [head, packets])
    assert {"I420"} == {form for _, form, _ in found}
    return [np.frombuffer(base64.b64decode(data), np.uint8) for _, _, data in found]


def blocks(difference: Picture, size: tuple[int, int]) -> NDArray[np.float64]:
    """Return the mean of each block of 16×6 pixels of luma, and of 8×3 of both chromas."""
    width, height = size
    luma = difference[: width * height].reshape(height // 6, 6, width // 16, 16)
    chroma = difference[width * height :].reshape(height // 3, 3, width // 16, 8)
    return np.concatenate([each.mean(axis=(1, 3)).ravel() for each in (luma, chroma)])


def apart(one: Picture, other: Picture) -> Picture:
    return np.maximum(one, other) - np.minimum(one, other)


def unlike(seen: list[Picture], film: Mixture) -> list[int]:
    """Return the frames of which some block is not what was painted there."""
    pairs = enumerate(zip(seen, film.painted, strict=True))
    return [at for at, (one, two) in pairs if blocks(apart(one, two), film.size).max() > FAR]


def stirring(seen: list[Picture], film: Mixture) -> list[int]:
    """Return the frames that differ from the one before though the same picture stands in both."""
    stands = [one is two for one, two in pairwise(film.painted)]
    pairs = enumerate(pairwise(seen), start=1)
    return [at for at, (one, two) in pairs if stands[at - 1] and (one != two).any()]


def otherwise(one: list[Picture], other: list[Picture], most: int) -> list[int]:
    """Return the frames that two decoders see differently by more than so many steps."""
    pairs = enumerate(zip(one, other, strict=True))
    return [at for at, (a, b) in pairs if apart(a, b).max() > most]


@pytest.mark.parametrize("seed", [*range(20), *STEPS])
def test_a_still_is_to_the_byte_what_the_encoder_writes(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    size = chance.choice(SIZES)
    shown = picture(chance, size)

    encode_still(shown, 15, size, FPS, tmp_path / "counted.mp4")
    written = standing([shown] * 15, size, FPS, every([15]))

    assert [unit[4:] for unit in written] == coded(tmp_path / "counted.mp4")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(8))
def test_a_mixture_is_read_as_it_was_painted(seed: int, way: Way, tmp_path: Path) -> None:
    film = mixture(seed, way, tmp_path)

    seen = by_ffmpeg(film.path)

    assert [] == unlike(seen, film)
    assert [] == stirring(seen, film)


@pytest.mark.skipif(openh264.LIBRARY is None, reason="openh264 is not installed")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(8))
def test_openh264_reads_a_mixture_as_ffmpeg_does(seed: int, way: Way, tmp_path: Path) -> None:
    film = mixture(seed, way, tmp_path)

    seen = by_openh264(film.path)

    assert [] == otherwise(by_ffmpeg(film.path), seen, ROUNDING)
    assert [] == stirring(seen, film)


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
@pytest.mark.parametrize("way", WAYS)
def test_two_hundred_mixtures_are_read_alike_by_every_decoder(
    way: Way, tmp_path: Path, page: Page
) -> None:
    for seed in range(200):
        folder = tmp_path / str(seed)
        folder.mkdir()
        film = mixture(seed, way, folder)
        seen = by_ffmpeg(film.path)
        assert (seed, [], []) == (seed, unlike(seen, film), stirring(seen, film))
        assert (seed, []) == (seed, otherwise(seen, by_openh264(film.path), ROUNDING))
        assert (seed, []) == (seed, otherwise(seen, by_chromium(film.path, page), 0))
        shutil.rmtree(folder)
