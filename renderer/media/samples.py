"""The coded pictures of a segment file, found by its own tables: no demuxer is opened for them.

What is read is the tables that `media.video` has written: ISO/IEC 14496-12, sections 8.5 to 8.7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import error, unpack_from

import numpy as np

from renderer.media.tables import Numbers

_TABLES = ("moov", "trak", "mdia", "minf", "stbl", "edts")


@dataclass(frozen=True, slots=True)
class Samples:
    """Coded pictures in the order of decoding: where each lies in its file, its bytes, its times.

    Times are in frames from the start of the segment; `keys` is 1 where one can be begun with.
    """

    places: Numbers
    sizes: Numbers
    shown: Numbers
    decoded: Numbers
    keys: Numbers

    def first(self, count: int) -> Samples:
        """Return the first of them, so many at the most."""
        columns = (self.places, self.sizes, self.shown, self.decoded, self.keys)
        return Samples(*(column[:count] for column in columns))


class NoSegment(ValueError):
    """A file is not as segments are written; the text says in what."""


def samples(file: bytes) -> Samples:
    """Return the coded pictures of a segment file; raises NoSegment."""
    try:
        boxes = dict(_boxes(file, 0, len(file)))
        begun, frame = _begun(file, boxes["elst"]), _frame(file, boxes["stts"])
        sizes = _sizes(file, boxes["stsz"])
        keys = _keys(file, boxes.get("stss"), len(sizes))
        first = unpack_from(">I", file, boxes["stco"] + 8)[0]
        delays = _delays(file, boxes.get("ctts"), len(sizes))
    except (KeyError, IndexError, ValueError, error) as lacking:
        raise NoSegment(f"it lacks {lacking}") from None
    places = first + np.cumsum(sizes) - sizes
    decoded = np.arange(len(sizes)) * frame - begun
    return Samples(places, sizes, (decoded + delays) // frame, decoded // frame, keys)


def _boxes(file: bytes, first: int, last: int) -> Iterator[tuple[str, int]]:
    """Yield the name of each box between two bytes, and in those of tables, and where it begins."""
    while first < last:
        size, name = unpack_from(">I4s", file, first)
        if size < 8 or first + size > last:
            raise NoSegment(f"a box of {size} bytes")
        kind = name.decode("latin-1")
        yield kind, first + 8
        first += 8 if kind in _TABLES else size


def _rows(file: bytes, place: int, wide: int) -> Numbers:
    """Return the rows of a table whose count stands at a place, so many numbers of 32 bits wide."""
    (count,) = unpack_from(">I", file, place)
    rows = np.frombuffer(file[place + 4 : place + 4 + 4 * count * wide], ">u4")
    return rows.astype(np.int64).reshape(count, wide)


def _keys(file: bytes, place: int | None, count: int) -> Numbers:
    """Return 1 for each key frame, else 0; without a table of them every one is."""
    if place is None:
        return np.ones(count, np.int64)
    keys = np.zeros(count, np.int64)
    keys[_rows(file, place + 4, 1)[:, 0] - 1] = 1
    return keys


def _sizes(file: bytes, place: int) -> Numbers:
    """Return the sizes of packets; where all are the same it stands once."""
    (same,) = unpack_from(">I", file, place + 4)
    if same:
        (count,) = unpack_from(">I", file, place + 8)
        return np.full(min(count, len(file)), same, np.int64)
    return _rows(file, place + 8, 1)[:, 0]


def _begun(file: bytes, edits: int) -> int:
    """Return the tick that the segment begins at: decoding is ahead by as much."""
    if file[edits] or unpack_from(">I", file, edits + 4)[0] != 1:
        raise NoSegment("more than one edit")
    return int(unpack_from(">i", file, edits + 12)[0])


def _frame(file: bytes, durations: int) -> int:
    """Return the ticks of a frame, which are the same for every one."""
    (_, ticks), *others = _rows(file, durations + 4, 2).tolist()
    if others or not ticks:
        raise NoSegment("frames of several lengths")
    return int(ticks)


def _delays(file: bytes, place: int | None, count: int) -> Numbers:
    """Return by how many ticks each picture is shown later than it is decoded."""
    if place is None:
        return np.zeros(count, np.int64)
    runs = _rows(file, place + 4, 2)
    signed = runs[:, 1].astype(np.uint32).view(np.int32).astype(np.int64)
    return np.repeat(signed, runs[:, 0])
