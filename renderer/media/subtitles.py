"""The subtitle track of an MP4: timed text (3GPP TS 26.245), its packets written by hand.

A sample is the text's length in two bytes and the text in UTF-8; what lies between two texts the
muxer fills with empty ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

import av
from av.packet import Packet
from av.subtitles.stream import SubtitleStream

from renderer.media.parts import Subtitles

_LOOK = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, \
Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, \
Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
""".replace(b"\\\n", b"")
_LONGEST = 0xFFFF
_ENABLED = 1
_INSIDE = (b"moov", b"trak", b"mdia")


def add_track(
    target: av.container.OutputContainer, subtitles: Subtitles, fps: Fraction
) -> SubtitleStream:
    """Return a new stream of a film for its subtitles, whose times are frames."""
    stream: Any = target.add_stream("mov_text")
    stream.codec_context.subtitle_header = _LOOK
    stream.metadata["language"] = subtitles.lang
    stream.time_base = 1 / fps
    found: SubtitleStream = stream
    return found


def texts(subtitles: Subtitles, stream: SubtitleStream, fps: Fraction) -> Iterator[Packet[Any]]:
    """Yield the packets of the track, one for each text."""
    for each in subtitles.texts:
        written = each.text.encode()[:_LONGEST].decode(errors="ignore").encode()
        packet: Packet[Any] = Packet(len(written).to_bytes(2, "big") + written)
        packet.stream = stream
        packet.time_base = 1 / fps
        packet.pts = packet.dts = each.first
        packet.duration = each.last - each.first
        packet.is_keyframe = True
        yield packet


def switch_off(path: Path) -> None:
    """Clear the flag of an MP4's subtitle track by which players show it unasked.

    The muxer sets it on the first track of each kind, whatever the stream says.
    """
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        headers = [header for kind, header in _tracks(file, 0, size) if kind == b"sbtl"]
        for header in headers:
            file.seek(header)
            flags = int.from_bytes(file.read(4), "big")
            file.seek(header)
            file.write((flags & ~_ENABLED).to_bytes(4, "big"))


def _tracks(file: BinaryIO, begin: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Yield the kind of each track, and where version and flags of its header stand."""
    header = 0
    for name, first, last in _boxes(file, begin, end):
        if name == b"tkhd":
            header = first
        elif name == b"hdlr":
            file.seek(first + 8)
            yield file.read(4), 0
        elif name in _INSIDE:
            for kind, inner in _tracks(file, first, last):
                yield kind, inner or header


def _boxes(file: BinaryIO, begin: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, first byte and end of what is in each box (ISO 14496-12) of a stretch."""
    while begin + 8 <= end:
        file.seek(begin)
        size, name = int.from_bytes(file.read(4), "big"), file.read(4)
        head = 16 if size == 1 else 8
        if size == 1:
            size = int.from_bytes(file.read(8), "big")
        if size < head:
            return
        yield name, begin + head, begin + size
        begin += size
