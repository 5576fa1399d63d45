"""Small videos to read: every picture carries its number in bars, sound beeps where it flashes."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

SIZE = (96, 64)
BITS = 12
RATE = 48_000
Pixels = NDArray[np.uint8]


def numbered(number: int, size: tuple[int, int] = SIZE) -> Pixels:
    """Return an RGB picture of bars, white where a bit of its number is set."""
    width, height = size
    bits = [number >> bit & 1 for bit in range(BITS)]
    row = np.array([bits[x * BITS // width] for x in range(width)]) * 255
    return np.broadcast_to(row[None, :, None], (height, width, 3)).astype(np.uint8)


def number_of(luma: NDArray[Any]) -> int:
    """Return the number that the bars of a picture carry; luma (height, width)."""
    height, width = luma.shape
    row = luma[height // 4 : height - height // 4].mean(axis=0)
    middles = [int((bit + 0.5) * width / BITS) for bit in range(BITS)]
    return sum(1 << bit for bit, x in enumerate(middles) if row[x] > 126)


def plain(color: Sequence[int], size: tuple[int, int] = SIZE) -> Pixels:
    """Return a picture of one colour, RGB or RGBA."""
    return np.broadcast_to(np.array(color, np.uint8), (size[1], size[0], len(color))).copy()


CODECS: dict[str, dict[str, Any]] = {
    ".mp4": {"codec": "libx264"},
    ".webm": {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}},
    ".mov": {"codec": "prores_ks", "pix_fmt": "yuv422p10le"},
    ".mkv": {"codec": "libsvtav1", "options": {"preset": "12", "svtav1-params": "lp=1"}},
    ".gif": {"codec": "gif", "pix_fmt": "rgb8"},
    ".ts": {"codec": "mpeg2video"},
}


def video(
    path: Path,
    pictures: Iterable[Pixels],
    rate: Fraction | int = 25,
    *,
    codec: str = "",
    pix_fmt: str = "",
    times: Sequence[Fraction] = (),
    sound: NDArray[np.float32] | None = None,
    start: int = 0,
    layout: str = "stereo",
    options: dict[str, str] | None = None,
    change: Callable[[av.VideoFrame], None] = lambda frame: None,
    setup: Callable[[av.VideoStream], None] = lambda stream: None,
) -> Path:
    """Write a video as its suffix says; `times` are in seconds, where they follow no rate.

    The sound begins `start` samples after the pictures.
    """
    made = CODECS[".mp4"] if codec else CODECS.get(path.suffix, CODECS[".mp4"])
    rest = iter(pictures)
    opening = next(rest)
    with av.open(str(path), "w") as container:
        named = codec or made["codec"]
        stream = container.add_stream(named, rate=rate, options=options or made.get("options", {}))
        stream.height, stream.width = opening.shape[:2]
        stream.pix_fmt = pix_fmt or made.get("pix_fmt", "yuv420p")
        if times:
            stream.time_base = stream.codec_context.time_base = Fraction(1, 600)
        stream.codec_context.colorspace = stream.codec_context.color_range = 1
        setup(stream)
        heard = _track(container, layout, path) if sound is not None else None
        for index, pixels in enumerate(chain([opening], rest)):
            form = "rgba" if pixels.shape[2] == 4 else "rgb24"
            frame = av.VideoFrame.from_ndarray(pixels, format=form)
            frame = frame.reformat(format=stream.pix_fmt, dst_colorspace="ITU709")
            change(frame)
            frame.pts, frame.time_base = index, 1 / Fraction(rate)
            if times:
                frame.pts, frame.time_base = round(times[index] * 600), Fraction(1, 600)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if heard is not None and sound is not None:
            _sounding(container, heard, sound, layout, start)
    return path


def _track(container: Any, layout: str, path: Path) -> av.AudioStream:
    named = {".webm": "libopus", ".mkv": "libopus", ".mov": "pcm_s16le"}.get(path.suffix, "aac")
    stream: av.AudioStream = container.add_stream(named, rate=RATE)
    stream.codec_context.layout = layout
    return stream


def _sounding(
    container: Any, stream: Any, sound: NDArray[np.float32], layout: str, start: int
) -> None:
    channels = len(av.AudioLayout(layout).channels)
    fit = av.AudioResampler(format=stream.codec_context.format, layout=layout, rate=RATE)
    for first in range(0, len(sound), 960):
        part = np.repeat(sound[None, first : first + 960], channels, axis=0)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), "fltp", layout)
        frame.sample_rate, frame.pts, frame.time_base = RATE, start + first, Fraction(1, RATE)
        for one in fit.resample(frame):
            container.mux(stream.encode(one))
    container.mux(stream.encode(None))


def beeps(samples: int, places: Iterable[int], length: int = 960) -> NDArray[np.float32]:
    """Return a sound that is silent but for beeps of 1 kHz at some samples."""
    done = np.zeros(samples, np.float32)
    tone = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(length) / RATE)
    for place in places:
        done[place : place + length] += tone[: max(0, samples - place)]
    return done


def flashing(path: Path, rate: Fraction, seconds: int, size: tuple[int, int] = SIZE) -> Path:
    """Write a video that is white for 0.1 s, and beeps, half a second into each second."""
    dark, light = plain((0, 0, 0), size), plain((255, 255, 255), size)
    halves = [Fraction(2 * second + 1, 2) for second in range(seconds)]
    begun = [ceil(half * rate) for half in halves]
    long = ceil(rate / 10)
    lit = {first + more for first in begun for more in range(long)}
    pictures = (light if n in lit else dark for n in range(int(rate * seconds)))
    places = [int(first / rate * RATE) for first in begun]
    return video(path, pictures, rate, sound=beeps(seconds * RATE, places))


def marks_of(path: Path) -> tuple[list[Fraction], list[Fraction]]:
    """Return when a film becomes light and when it becomes loud, in seconds."""
    with av.open(str(path)) as film:
        light = [
            (Fraction(frame.pts) * frame.time_base, _luma(frame) > 126)
            for frame in film.decode(video=0)
        ]
    with av.open(str(path)) as film:
        loud = [
            (Fraction(frame.pts + at) * frame.time_base, bool(level > 0.1))
            for frame in film.decode(audio=0)
            for at, level in _levels(frame)
        ]
    return _risen(light, Fraction(1, 20)), _risen(loud, Fraction(3, 10))


def _luma(frame: av.VideoFrame) -> float:
    return float(np.frombuffer(memoryview(frame.planes[0]), np.uint8).mean())


def _levels(frame: av.AudioFrame) -> list[tuple[int, float]]:
    """Return the loudest of each 32 samples of a frame, and where they begin."""
    sound = np.abs(frame.to_ndarray()).max(axis=0)
    return [(at, float(sound[at : at + 32].max())) for at in range(0, len(sound), 32)]


def _risen(states: list[tuple[Fraction, bool]], apart: Fraction) -> list[Fraction]:
    """Return when something comes on that was off for at least some seconds."""
    found, last = [], Fraction(-10)
    for time, on in states:
        if on and time - last > apart:
            found.append(time)
        last = time if on else last
    return found
