"""Segment files and a soundtrack → one MP4, by copying packets; nothing is encoded here."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any, cast

import av
from av.packet import Packet

from renderer.media.parts import Chapter, Film
from renderer.media.samples import Sample, samples
from renderer.media.sound import PACKET
from renderer.media.subtitles import add_track, switch_off, texts
from renderer.pulse import beat
from renderer.times import SAMPLE_RATE


def join(film: Film, path: Path) -> int:
    """Write the film as MP4 with its index in front, and return the number of its frames."""
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with (
        av.open(str(film.parts[0].path)) as model,
        av.open(str(film.sound)) as sound,
        av.open(str(path), "w", format="mp4", container_options=options) as target,
    ):
        picture = target.add_stream_from_template(model.streams.video[0])
        picture.time_base = 1 / film.fps
        speech = target.add_stream_from_template(sound.streams.audio[0])
        target.metadata.update(film.tags)
        target.set_chapters([_chapter(*each, film.fps) for each in enumerate(film.chapters)])
        track = film.subtitles and add_track(target, film.subtitles, film.fps)
        target.start_encoding()
        for packet in texts(film.subtitles, track, film.fps) if film.subtitles and track else ():
            target.mux_one(packet)
        _copy(film, target, picture, _sounds(film, sound, speech))
    if film.subtitles and not film.subtitles.on:
        switch_off(path)
    return sum(part.frames for part in film.parts)


def _copy(
    film: Film,
    target: av.container.OutputContainer,
    picture: av.VideoStream,
    sounds: Iterator[Packet[Any]],
) -> None:
    """Write every packet in the order of decoding; of two at once the picture comes first."""
    written, mux = 0, target.mux_one
    for frame, packet in _pictures(film, picture):
        due = _sounds_before(frame, film.fps)
        if due > written:
            for sound in islice(sounds, due - written):
                mux(sound)
            written = due
        mux(packet)
    for sound in sounds:
        mux(sound)


def _sounds_before(frame: int, fps: Fraction) -> int:
    """Return how many sound packets begin before a frame; the first is the encoder's priming."""
    return 1 - (-frame * SAMPLE_RATE * fps.denominator) // (PACKET * fps.numerator)


def _chapter(index: int, chapter: Chapter, fps: Fraction) -> av.container.Chapter:
    return {
        "id": index,
        "start": chapter.first,
        "end": chapter.last,
        "time_base": 1 / fps,
        "metadata": {"title": chapter.title},
    }


def _pictures(film: Film, stream: av.VideoStream) -> Iterator[tuple[int, Packet[Any]]]:
    """Yield each video packet with the frame that it is decoded at, in that order.

    A packet of a still is one object that comes again with later times: use it before the next.
    """
    start, tick = 0, cast(Fraction, stream.time_base)
    ticks = int(1 / (film.fps * tick))
    for part in film.parts:
        beat()
        coded = samples(part.path.read_bytes(), part.frames)
        packets = [_packet(sample, stream, tick, ticks) for sample in coded]
        for base in range(start, start + part.frames, len(coded)):
            for sample, packet in zip(coded[: start + part.frames - base], packets, strict=False):
                packet.pts, packet.dts = (sample.pts + base) * ticks, (sample.dts + base) * ticks
                yield sample.dts + base, packet
        start += part.frames


def _packet(sample: Sample, stream: av.VideoStream, tick: Fraction, ticks: int) -> Packet[Any]:
    """Return a packet in the stream's own time, which the muxer then has nothing to change in."""
    packet = Packet(sample.data)
    packet.stream = stream
    packet.time_base = tick
    packet.duration = ticks
    packet.is_keyframe = sample.key
    return packet


def _sounds(
    film: Film, container: av.container.InputContainer, stream: av.AudioStream
) -> Iterator[Packet[Any]]:
    """Yield the sound's packets; the last one ends with the film's last sample."""
    start, samples = -PACKET, film.samples
    for packet in container.demux(audio=0):
        if start >= samples:
            return
        if packet.size:
            packet.stream = stream
            packet.pts = packet.dts = start
            packet.duration = min(PACKET, samples - start)
            yield packet
            start += PACKET
