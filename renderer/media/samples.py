"""The coded pictures of a segment file, found by its own tables: no demuxer is opened for them.

A long film has thousands of segments, and opening one costs more than copying it. What is read is
the tables that `media.video` has written: ISO/IEC 14496-12, sections 8.5 to 8.7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from mmap import mmap
from struct import error, iter_unpack, unpack_from

Bytes = bytes | mmap
_TABLES = ("moov", "trak", "mdia", "minf", "stbl", "edts")


@dataclass(frozen=True, slots=True)
class Sample:
    """One coded picture: the bytes it has in its file, from which on, and its times.

    These are in frames from the start of its segment.
    """

    place: int
    size: int
    pts: int
    dts: int
    key: bool


class NoSegment(ValueError):
    """A file is not as segments are written; the text says in what."""


def side_by_side(file: Bytes) -> tuple[int, list[int]]:
    """Return where the first packet of a file of sound lies, and the sizes of all, in their order.

    One lies after the other. Raises NoSegment.
    """
    try:
        tables = dict(_boxes(file, 0, len(file)))
        sizes = _sizes(file, tables["stsz"])
        return unpack_from(">I", file, tables["stco"] + 8)[0], sizes
    except (KeyError, error) as lacking:
        raise NoSegment(f"it lacks {lacking}") from None


def samples(file: Bytes, most: int) -> list[Sample]:
    """Return the coded pictures of a segment file in decoding order, so many at the most.

    Raises NoSegment.
    """
    try:
        boxes = dict(_boxes(file, 0, len(file)))
        begun, frame = _begun(file, boxes["elst"]), _frame(file, boxes["stts"])
        sizes = _sizes(file, boxes["stsz"], most)
        keys = _keys(file, boxes.get("stss"), len(sizes))
        places = accumulate(sizes, initial=unpack_from(">I", file, boxes["stco"] + 8)[0])
    except (KeyError, error) as lacking:
        raise NoSegment(f"it lacks {lacking}") from None
    delays = _delays(file, boxes.get("ctts"), len(sizes))
    return [
        Sample(
            place,
            size,
            (number * frame + delay - begun) // frame,
            (number * frame - begun) // frame,
            number + 1 in keys,
        )
        for number, (place, size, delay) in enumerate(zip(places, sizes, delays, strict=False))
    ]


def _boxes(file: Bytes, first: int, last: int) -> Iterator[tuple[str, int]]:
    """Yield the name of each box between two bytes and in the tables, and where its content is."""
    while first < last:
        size, name = unpack_from(">I4s", file, first)
        if size < 8 or first + size > last:
            raise NoSegment(f"a box of {size} bytes")
        kind = name.decode("latin-1")
        yield kind, first + 8
        if kind in _TABLES:
            yield from _boxes(file, first + 8, first + size)
        first += size


def _rows(file: Bytes, place: int, form: str) -> Iterator[tuple[int, ...]]:
    """Return the rows of a table whose count stands at a place, four bytes a number."""
    (count,) = unpack_from(">I", file, place)
    wide = 4 * (len(form) - 1)
    return iter_unpack(form, file[place + 4 : place + 4 + count * wide])


def _keys(file: Bytes, place: int | None, count: int) -> set[int]:
    """Return the numbers of the key frames, from 1; without a table of them every one is."""
    if place is None:
        return set(range(1, count + 1))
    return {number for (number,) in _rows(file, place + 4, ">I")}


def _sizes(file: Bytes, place: int, most: int | None = None) -> list[int]:
    """Return the sizes of packets, so many at the most; where all are the same it stands once."""
    same, count = unpack_from(">II", file, place + 4)
    if same:
        return [same] * min(count, count if most is None else most)
    return [size for (size,) in islice(_rows(file, place + 8, ">I"), most)]


def _begun(file: Bytes, edits: int) -> int:
    """Return the tick that the segment begins at: decoding is ahead by as much."""
    if file[edits] or unpack_from(">I", file, edits + 4)[0] != 1:
        raise NoSegment("more than one edit")
    return int(unpack_from(">i", file, edits + 12)[0])


def _frame(file: Bytes, durations: int) -> int:
    """Return the ticks of a frame, which are the same for every one."""
    (_, ticks), *others = _rows(file, durations + 4, ">II")
    if others or not ticks:
        raise NoSegment("frames of several lengths")
    return ticks


def _delays(file: Bytes, place: int | None, count: int) -> Iterator[int]:
    """Yield by how many ticks each picture is shown later than it is decoded."""
    if place is None:
        yield from (0 for _ in range(count))
        return
    for run, delay in _rows(file, place + 4, ">Ii"):
        yield from (delay for _ in range(run))
