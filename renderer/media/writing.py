"""A film through an encoder of FFmpeg's into a file: pictures and sound side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from renderer.media.movie import Movie, Picture
from renderer.media.pcm import Pcm, opened
from renderer.media.titling import label
from renderer.media.video import BT709, LIMITED, fill
from renderer.times import SAMPLE_RATE, sample_at

_STRETCH = SAMPLE_RATE
_BIT_EXACT = {"fflags": "+bitexact"}


@dataclass(frozen=True, slots=True)
class Coding:
    """How a film is coded: FFmpeg's names of container, encoders and pixel formats.

    `clear` is the pixel format of a film with alpha, empty where the format has none.
    """

    container: str
    video: str
    pixels: str
    sound: str
    clear: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    muxing: Mapping[str, str] = field(default_factory=dict)
    tag: str = ""
    bit_rate: int = 0


def write(movie: Movie, coding: Coding, path: Path) -> dict[str, int]:
    """Write a film and return the number of its frames; raises av.FFmpegError."""
    options = {**_BIT_EXACT, **coding.muxing}
    with av.open(str(path), "w", format=coding.container, container_options=options) as target:
        stream = _video(target, movie, coding)
        sound = _Sound(target, movie, coding)
        label(target, movie.tags, movie.chapters, movie.fps)
        count = 0
        for count, picture in enumerate(movie.pictures(), 1):
            frame = _frame(picture, count - 1, movie.fps, stream.pix_fmt)
            for packet in stream.encode(frame):
                target.mux(packet)
            sound.up_to(sample_at(count, movie.fps))
        for packet in stream.encode():
            target.mux(packet)
        sound.finish()
    return {"frames": count}


def _video(target: Any, movie: Movie, coding: Coding) -> Any:
    stream = target.add_stream(coding.video, rate=movie.fps, options=dict(coding.options))
    stream.width, stream.height = movie.size
    stream.pix_fmt = coding.clear if movie.clear and coding.clear else coding.pixels
    stream.time_base = 1 / movie.fps
    context = stream.codec_context
    context.color_range, context.colorspace = LIMITED, BT709
    context.color_primaries = context.color_trc = BT709
    if coding.tag:
        context.codec_tag = coding.tag
    return stream


def _frame(picture: Picture, index: int, fps: Fraction, pixels: str) -> av.VideoFrame:
    """Return a frame in a pixel format; colours are BT.709, limited range."""
    height, width = picture.planes.y.shape
    clear = pixels.startswith("yuva")
    frame = av.VideoFrame(width, height, "yuva420p" if clear else "yuv420p")
    planes = [picture.planes.y, picture.planes.u, picture.planes.v]
    if clear:
        opaque = np.full((height, width), 255, np.uint8)
        planes.append(opaque if picture.alpha is None else picture.alpha)
    for target, source in zip(frame.planes, planes, strict=True):
        fill(target, source)
    frame = frame if frame.format.name == pixels else frame.reformat(format=pixels)
    frame.pts, frame.time_base = index, 1 / fps
    frame.color_range, frame.colorspace = LIMITED, BT709
    return frame


class _Sound:
    """Encodes the film's sound as its pictures come."""

    def __init__(self, target: Any, movie: Movie, coding: Coding) -> None:
        self._target, self._pcm = target, opened(movie.sound)
        self._stream = target.add_stream(coding.sound, rate=SAMPLE_RATE)
        context = self._stream.codec_context
        context.layout = "stereo"
        if coding.bit_rate:
            context.bit_rate = coding.bit_rate
        context.open()
        self._fit = av.AudioResampler(
            context.format.name, "stereo", SAMPLE_RATE, frame_size=context.frame_size or None
        )
        self._done = 0

    def up_to(self, sample: int) -> None:
        """Encode all before a sample of the film."""
        last = min(sample, self._pcm.samples)
        while self._done < last:
            stop = min(self._done + _STRETCH, last)
            self._put(_audio(self._pcm, self._done, stop))
            self._done = stop

    def finish(self) -> None:
        """Encode what is left."""
        self.up_to(self._pcm.samples)
        self._put(None)
        for packet in self._stream.encode(None):
            self._target.mux(packet)

    def _put(self, frame: av.AudioFrame | None) -> None:
        for fitted in self._fit.resample(frame):
            for packet in self._stream.encode(fitted):
                self._target.mux(packet)


def _audio(pcm: Pcm, first: int, last: int) -> av.AudioFrame:
    sound = np.ascontiguousarray(pcm.stretch(first, last).T)
    frame = av.AudioFrame.from_ndarray(sound, format="fltp", layout="stereo")
    frame.sample_rate, frame.pts = SAMPLE_RATE, first
    frame.time_base = Fraction(1, SAMPLE_RATE)
    return frame


def png(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    """Return RGB or RGBA pixels (height, width, 3 or 4) as a PNG file."""
    form = "rgba" if pixels.shape[2] == 4 else "rgb24"
    context: Any = av.CodecContext.create("png", "w")
    context.width, context.height = pixels.shape[1], pixels.shape[0]
    context.pix_fmt, context.time_base = form, Fraction(1, 1)
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format=form)
    packets = [*context.encode(frame), *context.encode(None)]
    return b"".join(map(bytes, packets))
