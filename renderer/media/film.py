"""Segment files and a soundtrack → one MP4, by copying packets; nothing is encoded here."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
from av.packet import Packet

from renderer.media.parts import Chapter, Film
from renderer.pulse import beat

_PRIMING = 1024
"""Samples that an AAC encoder puts before the first; an edit list in the file skips them."""


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
        pictures = _pictures(film, picture)
        for packet in heapq.merge(pictures, _sounds(film, sound, speech), key=_when):
            target.mux(packet)
    return sum(part.frames for part in film.parts)


def _when(packet: Packet[Any]) -> Fraction:
    return cast(int, packet.dts) * packet.time_base


def _chapter(index: int, chapter: Chapter, fps: Fraction) -> av.container.Chapter:
    return {
        "id": index,
        "start": chapter.first,
        "end": chapter.last,
        "time_base": 1 / fps,
        "metadata": {"title": chapter.title},
    }


def _pictures(film: Film, stream: av.VideoStream) -> Iterator[Packet[Any]]:
    """Yield the video packets of the film in decoding order, their times in frames."""
    start = 0
    for part in film.parts:
        beat()
        units = _units(part.path, film.fps)
        for base in range(0, part.frames, len(units) if part.still else part.frames):
            for unit in units[: part.frames - base]:
                yield unit.at(start + base, film.fps, stream)
        start += part.frames


@dataclass(frozen=True, slots=True)
class _Unit:
    """One coded picture: its bytes, and its times in frames from the start of its segment."""

    data: bytes
    pts: int
    dts: int
    key: bool

    def at(self, frame: int, fps: Fraction, stream: av.VideoStream) -> Packet[Any]:
        packet = Packet(self.data)
        packet.stream = stream
        packet.time_base = 1 / fps
        packet.pts, packet.dts = self.pts + frame, self.dts + frame
        packet.duration = 1
        packet.is_keyframe = self.key
        return packet


def _units(path: Path, fps: Fraction) -> list[_Unit]:
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
        return [_unit(packet, fps) for packet in packets]


def _unit(packet: Packet[Any], fps: Fraction) -> _Unit:
    frame = packet.time_base * fps
    pts, dts = cast(int, packet.pts) * frame, cast(int, packet.dts) * frame
    return _Unit(bytes(packet), int(pts), int(dts), packet.is_keyframe)


def _sounds(
    film: Film, container: av.container.InputContainer, stream: av.AudioStream
) -> Iterator[Packet[Any]]:
    """Yield the sound's packets; the last one ends with the film's last sample."""
    packets: Iterable[Packet[Any]] = (packet for packet in container.demux(audio=0) if packet.size)
    for index, packet in enumerate(packets):
        start = index * _PRIMING - _PRIMING
        if start >= film.samples:
            return
        packet.stream = stream
        packet.time_base = Fraction(1, 48_000)
        packet.pts = packet.dts = start
        packet.duration = min(_PRIMING, film.samples - start)
        yield packet
