"""Foreign video opened with care: what a file holds, and its pictures as they are decoded.

Files are read through Python, no address and no other file is ever opened, and only containers and
codecs of a list are, told by content. Time 0 of a file is that of its first picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain as chain_of
from typing import Any, BinaryIO, cast

import av
import numpy as np
from av.container import InputContainer
from av.filter import Graph
from av.stream import Disposition

from renderer.media.upright import Look, NoFootage, look_of

_CONTAINERS = "mov,matroska,gif,avi,mpegts,mpeg,flv,ogg,ivf"
_CODECS = {
    *("h264", "hevc", "vp8", "vp9", "av1", "prores", "gif", "mpeg4", "mpeg2video", "mpeg1video"),
    *("mjpeg", "dnxhd", "ffv1", "theora", "png", "qtrle", "rawvideo"),
}
_CLEAR = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""Codec → the decoder that reads its alpha, which FFmpeg's own does not."""
_RATES = tuple(
    Fraction(rate)
    for rate in ("24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60")
)
Rates = tuple[Fraction | None, Fraction | None]
_AHEAD = Fraction(5)
"""Seconds before a stretch from which on a file is decoded."""
_HINT = "use MP4, MOV, WebM, MKV or GIF; does it play elsewhere?"


@dataclass(frozen=True, slots=True)
class Clock:
    """When the pictures of a file are shown: picture `mark` at `mark * unit` seconds.

    Where they follow a rate, marks count frames of it; else they are ticks of the file, and times
    are told apart to `slack` seconds. `zero` is the first picture's time in the file. They are
    `counted` where the file does not say when they are shown.
    """

    unit: Fraction
    slack: Fraction
    zero: Fraction
    counted: bool = False

    def mark(self, seconds: Fraction) -> int:
        """Return the mark of a picture that has a time in the file."""
        return round((seconds - self.zero) / self.unit)


@dataclass(frozen=True, slots=True)
class Footage:
    """What a file holds: how its pictures lie, when they are shown, for how long, if it sounds.

    `length` is in seconds.
    """

    look: Look
    clock: Clock
    length: Fraction
    sound: bool

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values, which `footage_of` reads."""
        clock = [str(self.clock.unit), str(self.clock.slack), str(self.clock.zero)]
        look = [self.look.size, self.look.turn, self.look.clear, self.look.woven]
        told = {"look": look, "clock": clock, "counted": self.clock.counted}
        return {**told, "length": str(self.length), "sound": self.sound}


def footage_of(told: Mapping[str, Any]) -> Footage:
    """Return what `to_json` has told."""
    size, turn, clear, woven = told["look"]
    unit, slack, zero = map(Fraction, told["clock"])
    return Footage(
        Look(tuple(size), tuple(turn), clear, woven),
        Clock(unit, slack, zero, told["counted"]),
        Fraction(told["length"]),
        told["sound"],
    )


@contextmanager
def opened(file: BinaryIO) -> Iterator[InputContainer]:
    """Give the container of a file; raises NoFootage, also for what fails while it is read."""
    options = {"format_whitelist": _CONTAINERS, "protocol_whitelist": ""}
    try:
        with av.open(file, "r", options=options, metadata_errors="ignore") as container:
            yield container
    except (av.FFmpegError, ValueError, OSError, IndexError) as error:
        says = getattr(error, "strerror", "") or type(error).__name__
        raise NoFootage(f"it cannot be read as a video ({says.lower()})", _HINT) from error


def footage(file: BinaryIO) -> Footage:
    """Return what a file holds; raises NoFootage where that cannot be shown."""
    with opened(file) as container:
        stream = chosen(container)
        unit = stream.time_base or Fraction(1, 1000)
        packets = (each for each in container.demux(stream) if each.size and not each.is_discard)
        shown = [(each.pts, each.duration or 0) for each in packets]
        if not shown:
            raise NoFootage("it holds no picture that is ever shown", _HINT)
        rates = stream.average_rate, stream.guessed_rate
        timed = [(mark, lasts) for mark, lasts in shown if mark is not None]
        times = dict(timed)
        if len(times) < len(timed):
            raise NoFootage("two of its pictures are shown at one time", "save it as MP4 or MKV")
        if not times:
            clock, end = _counted(len(shown), rates)
        else:
            clock = _clock(sorted(times), unit, rates)
            end = _end(sorted(times), times[max(times)] * unit, clock, unit)
        sound = bool(container.streams.audio)
    file.seek(0)
    return Footage(_look(file), clock, end, sound)


def chosen(container: InputContainer) -> av.VideoStream:
    """Return the stream whose pictures are shown; raises NoFootage where there is none."""
    for stream in container.streams.video:
        if Disposition.attached_pic in stream.disposition:
            continue
        name = _codec(stream)
        if not name:
            raise NoFootage("it cannot be read as a video (its codec cannot be told)", _HINT)
        if name not in _CODECS:
            hint = "convert it to H.264, HEVC, VP9, AV1 or ProRes"
            raise NoFootage(f"its codec ({name}) is not among those read", hint)
        return stream
    if container.streams.audio:
        raise NoFootage("it holds sound and no picture", "list it in a scene's `sounds`")
    raise NoFootage("it holds no video", _HINT)


def _codec(stream: av.VideoStream) -> str:
    context = stream.codec_context
    return context.codec.canonical_name if context is not None else ""


def _look(file: BinaryIO) -> Look:
    with opened(file) as container:
        stream = chosen(container)
        found = next(decoded(container, stream), None)
        if found is None:
            raise NoFootage("none of its pictures can be decoded", _HINT)
        ratio = stream.sample_aspect_ratio or Fraction(1)
        return look_of(found, ratio if ratio > 0 else Fraction(1))


def decoded(container: InputContainer, stream: av.VideoStream) -> Iterator[av.VideoFrame]:
    """Yield the pictures of a stream as they are shown; of VP8 and VP9 with their alpha."""
    context = stream.codec_context
    if stream.metadata.get("alpha_mode") == "1" and _codec(stream) in _CLEAR:
        context = cast(av.VideoCodecContext, av.CodecContext.create(_CLEAR[_codec(stream)], "r"))
    else:
        stream.thread_type = "AUTO"
    for packet in container.demux(stream):
        for frame in context.decode(packet):
            frame.time_base = frame.time_base or stream.time_base
            yield frame


def _seconds(frame: av.VideoFrame, stream: av.VideoStream) -> Fraction:
    """Return when a picture is shown, in seconds of the file."""
    unit = frame.time_base or stream.time_base or Fraction(1, 1000)
    return Fraction(frame.pts if frame.pts is not None else frame.dts or 0) * unit


def _clock(marks: list[int], unit: Fraction, named: Rates) -> Clock:
    """Return the clock of pictures shown at some ticks: that of a rate, if they follow one."""
    zero = marks[0] * unit
    ticks = np.array(marks, np.float64) - marks[0]
    for rate in (*named, *_RATES):
        if rate and _follows(ticks, float(unit * rate)):
            return Clock(1 / rate, Fraction(0), zero)
    return Clock(unit, unit / 2, zero)


def _follows(ticks: np.ndarray[tuple[int], np.dtype[np.float64]], frames: float) -> bool:
    """Return whether each tick is that of its picture at a rate, rounded; a tick is `frames`."""
    if len(ticks) < 2 or frames > 1.5:
        return False
    away = np.abs(ticks * frames - np.arange(len(ticks)))
    return bool(away.max() <= min(1.01 * frames, 0.5))


def _counted(pictures: int, rates: Rates) -> tuple[Clock, Fraction]:
    """Return the clock of pictures that come at a rate, and when the last of them goes."""
    rate = rates[0] or rates[1]
    if not rate:
        raise NoFootage("it does not say when its pictures are shown", _HINT)
    return Clock(1 / rate, Fraction(0), Fraction(0), counted=True), pictures / rate


def _end(marks: list[int], lasts: Fraction, clock: Clock, unit: Fraction) -> Fraction:
    """Return when the last picture goes, in seconds after the first."""
    last = clock.mark(marks[-1] * unit) * clock.unit
    if not clock.slack:
        return last + clock.unit
    usual = last / (len(marks) - 1) if len(marks) > 1 else Fraction(1, 10)
    return last + (lasts if lasts > 0 else usual)


def between(
    file: BinaryIO, held: Footage, first: Fraction, last: Fraction
) -> Iterator[tuple[int, av.VideoFrame]]:
    """Yield the pictures that are seen between two times, each with its mark, in order.

    The first is the one that is seen at the first time. Raises NoFootage.
    """
    begin = first - _AHEAD if first > 2 * _AHEAD and not held.clock.counted else None
    found = _seen(file, held, first, last, begin)
    opening = next(found, None)
    if begin is not None and (opening is None or opening[0] * held.clock.unit > first):
        file.seek(0)
        found = _seen(file, held, first, last, None)
        opening = next(found, None)
    if opening is None:
        raise NoFootage("none of its pictures can be decoded", _HINT)
    yield opening
    yield from found


def _seen(
    file: BinaryIO, held: Footage, first: Fraction, last: Fraction, begin: Fraction | None
) -> Iterator[tuple[int, av.VideoFrame]]:
    """Yield the same as `between`; what comes well before `begin` is not decoded."""
    before: tuple[int, av.VideoFrame] | None = None
    for mark, frame in _marked(file, held, begin):
        time = mark * held.clock.unit
        if time >= last and before:
            break
        if before and time > first + held.clock.slack:
            yield before
        before = mark, frame
    if before is not None:
        yield before


def _marked(
    file: BinaryIO, held: Footage, begin: Fraction | None
) -> Iterator[tuple[int, av.VideoFrame]]:
    """Yield the pictures of a file with marks that only grow, all or those from a time on."""
    with opened(file) as container:
        stream = chosen(container)
        if begin is not None:
            sought(container, stream, held.clock.zero + begin)
        frames = decoded(container, stream)
        latest = -(1 << 62)
        for count, frame in enumerate(_whole(frames, stream) if held.look.woven else frames):
            mark = count if held.clock.counted else held.clock.mark(_seconds(frame, stream))
            if mark > latest:
                latest = mark
                yield mark, frame


def sought(container: InputContainer, stream: av.stream.Stream, seconds: Fraction) -> None:
    """Move to the last place at or before a time of the file from which it can be decoded."""
    unit = stream.time_base or Fraction(1, av.time_base)
    container.seek(int(seconds / unit), backward=True, stream=stream)


def _whole(frames: Iterator[av.VideoFrame], stream: av.VideoStream) -> Iterator[av.VideoFrame]:
    """Yield pictures of one time each, made of those that were filmed in two fields (bwdif)."""
    graph = Graph()
    source = graph.add_buffer(template=stream)
    chain = [source, graph.add("bwdif", "mode=send_frame:deint=all"), graph.add("buffersink")]
    graph.link_nodes(*chain).configure()
    for frame in chain_of(frames, [None]):
        graph.push(frame)
        with suppress(av.BlockingIOError, av.EOFError):
            while True:
                pulled = graph.pull()
                if isinstance(pulled, av.VideoFrame):
                    yield pulled
