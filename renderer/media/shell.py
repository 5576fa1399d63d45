"""The head of a film as libavformat writes it, from a film of a few empty packets.

All that is not a table of pictures or sound is the library's: the coders' settings, tags, lengths,
chapters, subtitles. The tables are put in their places, so that a film of an hour need not be
written packet by packet to have its head.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from struct import iter_unpack, pack, pack_into, unpack_from
from typing import Any

import av
import numpy as np
from av.packet import Packet

from renderer.media import titling
from renderer.media.boxes import Broken, box, boxes, changed, found
from renderer.media.parts import Film
from renderer.media.sound import set_up
from renderer.media.tables import Track, offsets

Packets = Sequence[tuple[int, int, int]]
"""Packets of a stream: when each is shown, when it is decoded, how long it is."""

VIDEO, SOUND, SUBTITLES = b"vide", b"soun", b"sbtl"
_HOLDERS = (b"mdia", b"minf", b"stbl")
_WIDEST = (1 << 32) - 1
_UNSEEN = {"skip_frame": "all"}
"""What keeps libavformat from decoding a picture of a file whose description is all we want."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A file of libavformat's: its first box and its index, and the data of tracks of its own.

    That is what stands before all pictures and sound, from the byte `begin` of that file on, and
    what goes behind them; `late` tells from where it was in that file where it is in that.
    """

    kind: bytes
    index: bytes
    before: bytes
    begin: int
    after: bytes
    late: Mapping[int, int]

    def around(self, tracks: Mapping[bytes, Track], unasked: bool) -> tuple[bytes, bytes]:
        """Return what stands before the samples of tracks and what after them in the film's file.

        With `unasked` players show the subtitles by themselves.
        """
        held = sum(int(track.sizes.sum()) for track in tracks.values())
        size = 8 + len(self.before) + held + len(self.after)
        wide = size > _WIDEST
        narrow = box(b"free") + pack(">I4s", size & _WIDEST, b"mdat")
        head = pack(">I4sQ", 1, b"mdat", size + 8) if wide else narrow
        begin, index = 0, b""
        while begin != len(self.kind) + len(index) + len(head):
            begin = len(self.kind) + len(index) + len(head)
            index = _Index(self, tracks, begin, held, unasked).written()
        return self.kind + index + head + self.before, self.after


@dataclass(frozen=True, slots=True)
class _Index:
    """The index of a film whose data begin at `begin` and hold so many bytes of tracks."""

    shell: Shell
    tracks: Mapping[bytes, Track]
    begin: int
    held: int
    unasked: bool

    def written(self) -> bytes:
        return box(b"moov", changed(self.shell.index, self._track))

    def _track(self, name: bytes, content: bytes) -> bytes:
        if name != b"trak":
            return content
        kind = found(content, b"mdia", b"hdlr")[8:12]
        second = unpack_from(">I", found(content, b"mdia", b"mdhd"), 12)[0]

        def inside(name: bytes, content: bytes) -> bytes:
            if name == b"stbl":
                return self._tables(kind, content, second)
            if name == b"tkhd" and kind == SUBTITLES and not self.unasked:
                return content[:3] + bytes([content[3] & ~1]) + content[4:]
            return changed(content, inside) if name in _HOLDERS else content

        return changed(content, inside)

    def _tables(self, kind: bytes, content: bytes, second: int) -> bytes:
        """Return a track's tables: of pictures and sound ours, else those that are there, moved."""
        there = {name: box(name, content[a:b]) for name, a, b in boxes(content)}
        track = self.tracks.get(kind)
        if track is None:
            there[b"stco"] = self._moved(found(content, b"stco"))
            return b"".join(there.values())
        ours = track.tables(self.begin + len(self.shell.before))
        ours[b"stsd"] = _rated(there.pop(b"stsd"), track.rate(second))
        rest = {name: _for_all(each, len(track.sizes)) for name, each in there.items()}
        order = (b"stsd", b"stts", b"stss", b"ctts", b"stsc", b"stsz", b"stco")
        others = [each for name, each in rest.items() if name not in order]
        return b"".join([*(ours[name] for name in order), *others])

    def _moved(self, content: bytes) -> bytes:
        """Return the places of a track that is the library's as they are in the film."""
        behind = self.begin + len(self.shell.before) + self.held
        late, ahead = self.shell.late, self.begin - self.shell.begin
        there = (place for (place,) in iter_unpack(">I", content[8:]))
        places = [behind + late[at] if at in late else ahead + at for at in there]
        return offsets(np.array(places, np.int64), max(places))


def _rated(box: bytes, rate: int) -> bytes:
    """Return the description of a track's samples with their bits a second."""
    told = bytearray(box)
    for place in _rates(box):
        most = max(unpack_from(">I", told, place)[0], rate)
        pack_into(">II", told, place, most, rate)
    return bytes(told)


def _rates(box: bytes) -> list[int]:
    """Return where the highest and the mean rate stand: in `btrt` and in MPEG-4's `esds`."""
    places = [box.rfind(b"btrt") + 8, box.find(b"\x04\x80\x80\x80", box.find(b"esds")) + 10]
    marks = (b"btrt" in box, b"esds" in box)
    return [place for place, there in zip(places, marks, strict=True) if there]


def _for_all(box: bytes, count: int) -> bytes:
    """Return a box; one that puts samples into a group has the one that there is hold them all."""
    if box[4:8] != b"sbgp":
        return box
    if unpack_from(">I", box, 16)[0] != 1:
        raise Broken("samples in several groups")
    return box[:20] + pack(">I", count) + box[24:]


def shell(film: Film, pictures: Packets, sounds: Packets) -> tuple[Shell, int]:
    """Return the shell of a film, and the ticks of its file in a frame.

    It is made of some packets of each kind, the first and the last ones; those of pictures are
    timed in frames, those of sound in samples. Raises Broken where the library writes what is not
    known here.
    """
    file = BytesIO()
    with (
        av.open(film.parts[0].path, options=_UNSEEN) as model,
        av.open(file, "w", format="mp4", container_options={"fflags": "+bitexact"}) as target,
    ):
        video = target.add_stream_from_template(model.streams.video[0])
        video.time_base = 1 / film.fps
        speech = target.add_stream("aac")
        set_up(speech.codec_context, "stereo")
        titling.begin(target, film.titles)
        ticks = int(1 / (film.fps * video.time_base))
        for times in pictures:
            target.mux_one(_empty(video, *(ticks * time for time in times)))
        for times in sounds:
            target.mux_one(_empty(speech, *times))
    return _taken_apart(file.getvalue()), ticks


def _empty(stream: Any, pts: int, dts: int, duration: int) -> Packet[Any]:
    packet: Packet[Any] = Packet(b"\0")
    packet.stream, packet.time_base = stream, stream.time_base
    packet.pts, packet.dts, packet.duration = pts, dts, duration
    packet.is_keyframe = True
    return packet


def _taken_apart(file: bytes) -> Shell:
    """Return what a file of empty packets is made of."""
    places = {name: (first, last) for name, first, last in boxes(file)}
    begin, index = places[b"mdat"][0], found(file, b"moov")
    ours: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    for track in (index[a:b] for name, a, b in boxes(index) if name == b"trak"):
        kind = found(track, b"mdia", b"hdlr")[8:12]
        chunks = _chunks(found(track, b"mdia", b"minf", b"stbl"))
        (ours if kind in (VIDEO, SOUND) else others).extend(chunks)
    first = min(ours)[0]
    after, late = b"", dict[int, int]()
    for place, size in sorted(each for each in others if each[0] > first):
        late[place] = len(after)
        after += file[place : place + size]
    return Shell(file[: places[b"ftyp"][1]], index, file[begin:first], begin, after, late)


def _chunks(tables: bytes) -> Iterator[tuple[int, int]]:
    """Yield the place and the size of each chunk of a track."""
    same, count = unpack_from(">II", found(tables, b"stsz"), 4)
    each = [size for (size,) in iter_unpack(">I", found(tables, b"stsz")[12:])] or [same] * count
    places = [place for (place,) in iter_unpack(">I", found(tables, b"stco")[8:])]
    rows = list(iter_unpack(">III", found(tables, b"stsc")[8:]))
    held = {first: samples for first, samples, _ in rows}
    samples, at = 0, 0
    for number, place in enumerate(places, 1):
        samples = held.get(number, samples)
        yield place, sum(each[at : at + samples])
        at += samples
