"""The subtitle track of an MP4: timed text (3GPP TS 26.245), its packets written by hand.

A sample is the text's length in two bytes and the text in UTF-8; what lies between two texts the
muxer fills with empty ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

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
