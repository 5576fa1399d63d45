"""Sound through PyAV: any file into samples, another sample rate, PCM into AAC packets."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
import numpy.typing as npt

from renderer.media import packets, twin
from renderer.times import SAMPLE_RATE

Samples = npt.NDArray[np.float32]

PACKET = 1024  # samples in an AAC packet; the encoder begins with one packet of priming
BIT_RATE = 192_000
_AT_ONCE = 16 * PACKET
"""Samples that the encoder is given in one go: fewer cost calls, more cost memory."""
_CODED = {"aac_coder": "fast", "flags": "+bitexact"}
_FINE = {"flags": "+bitexact+qscale", "global_quality": "90"}
"""Of one channel every frame is coded once, to a fineness; most would be coded again for a rate.

Noise lies 4 dB (restless music) to 14 dB (a voice) deeper than FFmpeg's own choices leave it at
192 kb/s for two sides; the finest there is takes half as long again for 12 dB that nobody hears.
"""
_MARGIN = 4
"""Frames of silence around what is heard that are encoded with it: more than it reaches."""
_SECOND = Fraction(1, SAMPLE_RATE)
"""The unit of times."""


class Unreadable(Exception):
    """A sound file cannot be decoded; the text says why."""


def read(path: Path) -> tuple[Samples, int]:
    """Return a file's first sound as samples (channels, n) within ±1, and its rate in Hz.

    Raises Unreadable.
    """
    try:
        with av.open(str(path)) as container:
            stream = container.streams.audio[0]
            to_float = av.AudioResampler(format="fltp")
            parts = [
                one.to_ndarray()
                for frame in (*container.decode(stream), None)
                for one in to_float.resample(frame)
            ]
            return np.concatenate(parts, axis=1), int(stream.rate)
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise Unreadable(str(error) or type(error).__name__) from error


_CONTAINERS = "wav,w64,aiff,flac,mp3,ogg,mov,matroska,caf"
"""Formats that sound files may have; none of them names other files or addresses."""


def stretches(file: BinaryIO) -> Iterator[Samples]:
    """Yield a file's first sound at 48 kHz, mono (n,) or stereo (n, 2), as it is decoded.

    Of more channels than two a stereo sound is made. Raises Unreadable.
    """
    options = {"format_whitelist": _CONTAINERS, "protocol_whitelist": ""}
    try:
        with av.open(file, "r", options=options) as container:
            stream = container.streams.audio[0]
            mono = stream.codec_context.channels == 1
            layout = "mono" if mono else "stereo"
            convert = av.AudioResampler(format="fltp", layout=layout, rate=SAMPLE_RATE)
            for frame in chain(container.decode(stream), [None]):
                for one in convert.resample(frame):
                    samples = one.to_ndarray()
                    yield samples[0] if mono else np.ascontiguousarray(samples.T)
    except IndexError as error:
        raise Unreadable("it holds no sound") from error
    except (av.FFmpegError, ValueError) as error:
        raise Unreadable(getattr(error, "strerror", "") or type(error).__name__) from error


def resample(sound: Samples, rate: int) -> Samples:
    """Return samples (channels, n) of a rate in Hz at 48 kHz; one or two channels."""
    if rate == SAMPLE_RATE or not sound.shape[1]:
        return sound
    layout = "mono" if len(sound) == 1 else "stereo"
    convert = av.AudioResampler(format="fltp", layout=layout, rate=SAMPLE_RATE)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout=layout)
    frame.sample_rate = rate
    parts = [one.to_ndarray() for each in (frame, None) for one in convert.resample(each)]
    return np.concatenate(parts, axis=1)


def packets_for(samples: int) -> int:
    """Return how many AAC packets it takes to hold so many samples, priming included."""
    return -(-samples // PACKET) + 1


def encode_block(pcm: Samples, drop: int, keep: int, path: Path) -> None:
    """Encode PCM as stereo AAC-LC; write `keep` packets after the first `drop`.

    PCM is stereo, (n, 2), coded at 192 kb/s, or mono, (n,), which is heard on both sides alike and
    takes a fifth of the time: about 120 kb/s where somebody speaks, seldom over 160. The file is
    one of `packets`, of which packet `i` stands at sample `1024 · i`; the same PCM gives the same
    bytes. Raises ValueError where the PCM is too short for so many packets.
    """
    coded = _pairs(pcm) if pcm.ndim == 1 else _packets(pcm.T, "stereo")
    kept = coded[drop : drop + keep]
    if len(kept) < keep:
        raise ValueError(f"{len(pcm)} samples give no {drop + keep} packets")
    packets.write(kept, path)


def _pairs(pcm: Samples) -> list[bytes]:
    """Return the packets of a mono sound, each as one of two channels that are alike."""
    return list(map(twin.doubled, _packets(pcm[None], "mono")))


def _packets(sound: Samples, layout: str) -> list[bytes]:
    """Return the packets of a sound (channels, n); silence at its ends is not encoded.

    The last frame is filled up with silence.
    """
    channels, count = sound.shape
    frames = -(-count // PACKET)
    planes = np.zeros((channels, frames * PACKET), np.float32)
    planes[:, :count] = sound
    heard = np.flatnonzero(planes.reshape(channels, frames, PACKET).any(axis=(0, 2)))
    if not len(heard):
        return [_silent(layout)] * (frames + 1)
    first, last = max(0, int(heard[0]) - _MARGIN), min(frames, int(heard[-1]) + 1 + _MARGIN)
    coded = _encoded(layout, planes[:, first * PACKET : last * PACKET])
    return [_silent(layout)] * first + list(coded) + [_silent(layout)] * (frames - last)


@cache
def _silent(layout: str) -> bytes:
    """Return the packet of silence amid silence, which is always the same."""
    channels = 1 if layout == "mono" else 2
    return list(_encoded(layout, np.zeros((channels, 2 * _MARGIN * PACKET), np.float32)))[_MARGIN]


def set_up(context: av.AudioCodecContext, layout: str) -> None:
    """Have an encoder of AAC code stereo or mono; a stream of stereo says so of our packets."""
    context.sample_rate = SAMPLE_RATE
    context.layout = layout
    context.format = "fltp"
    context.bit_rate = BIT_RATE
    context.thread_count = 1
    context.options = _CODED | ({**twin.OPTIONS, **_FINE} if layout == "mono" else {})


def _encoded(layout: str, sound: Samples) -> Iterator[bytes]:
    """Yield the packets of whole frames of sound (channels, n)."""
    context = av.CodecContext.create("aac", "w")
    set_up(context, layout)
    for start in range(0, sound.shape[1], _AT_ONCE):
        part = np.ascontiguousarray(sound[:, start : start + _AT_ONCE])
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout=layout)
        frame.sample_rate = SAMPLE_RATE
        frame.time_base = _SECOND
        frame.pts = start
        yield from map(bytes, context.encode(frame))
    yield from map(bytes, context.encode(None))
