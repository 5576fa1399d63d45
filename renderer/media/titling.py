"""What a film's file says beside pictures and sound: tags, chapters and the subtitle track."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from mmap import mmap
from pathlib import Path

import av

from renderer.media.boxes import boxes, found
from renderer.media.parts import Chapter, Titles
from renderer.media.subtitles import add_track, texts

_OPTIONS = {"movflags": "+faststart", "fflags": "+bitexact"}
_ENABLED = 1


def titled(source: Path, titles: Titles, path: Path) -> None:
    """Write the pictures and the sound of an MP4 with titles, by copying packets."""
    with (
        av.open(str(source)) as given,
        av.open(str(path), "w", format="mp4", container_options=_OPTIONS) as target,
    ):
        streams = [*given.streams.video, *given.streams.audio]
        copies = {one.index: target.add_stream_from_template(one) for one in streams}
        begin(target, titles)
        for packet in given.demux(streams):
            if packet.dts is not None:
                packet.stream = copies[packet.stream.index]
                target.mux(packet)
    if titles.subtitles and not titles.subtitles.on:
        _switch_off(path)


def begin(target: av.container.OutputContainer, titles: Titles) -> None:
    """Begin a film whose other streams are there, with its titles; no packet comes before them."""
    subtitles, fps = titles.subtitles, titles.fps
    label(target, titles.tags, titles.chapters, fps)
    track = subtitles and add_track(target, subtitles, fps)
    target.start_encoding()
    for packet in texts(subtitles, track, fps) if subtitles and track else ():
        target.mux_one(packet)


def label(
    target: av.container.OutputContainer,
    tags: Mapping[str, str],
    chapters: Iterable[Chapter],
    fps: Fraction,
) -> None:
    """Give a film its tags and its chapters, whose times are frames."""
    target.metadata.update(tags)
    target.set_chapters([_chapter(*each, fps) for each in enumerate(chapters)])


def _chapter(index: int, chapter: Chapter, fps: Fraction) -> av.container.Chapter:
    return {
        "id": index,
        "start": chapter.first,
        "end": chapter.last,
        "time_base": 1 / fps,
        "metadata": {"title": chapter.title},
    }


def _switch_off(path: Path) -> None:
    """Clear the flag of an MP4's subtitle track by which players show it unasked.

    The muxer sets it on the first track of each kind, whatever the stream says.
    """
    with path.open("r+b") as file, mmap(file.fileno(), 0) as data:
        for flags in list(_flags(data)):
            data[flags] &= ~_ENABLED


def _flags(data: mmap) -> Iterator[int]:
    """Yield where the lowest flags of each subtitle track's header stand; the index comes first."""
    first, last = next((a, b) for name, a, b in boxes(data) if name == b"moov")
    for name, begins, ends in boxes(data, first, last):
        track = data[begins:ends]
        if name == b"trak" and found(track, b"mdia", b"hdlr")[8:12] == b"sbtl":
            yield next(begins + a for kind, a, _ in boxes(track) if kind == b"tkhd") + 3
