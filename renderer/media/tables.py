"""The tables of a track: where its samples lie in the file, how large, and when they are due.

They are those of ISO/IEC 14496-12, 8.6 and 8.7, in the form in which libavformat writes them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renderer.media.boxes import box

Numbers = NDArray[np.int64]

_CHUNK = 1 << 20
"""Bytes that samples side by side have to stay below to be one chunk."""

_LARGEST = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Track:
    """The samples of a track in the order of decoding.

    `sizes` are in bytes, `places` count bytes from the first sample of any track. `spans` are the
    ticks from one sample to the next, `delays` those from its decoding to its showing, `keys` says
    which can be begun with.
    """

    sizes: Numbers
    places: Numbers
    spans: Numbers
    delays: Numbers
    keys: NDArray[np.bool_]

    def tables(self, begin: int) -> dict[bytes, bytes]:
        """Return name → box of every table; `begin` is where the first sample of any track lies.

        A table that says nothing is empty: that of delays where there are none, that of keys where
        every sample is one.
        """
        firsts = self._chunks()
        return {
            b"stts": box(b"stts", _rows(*_runs(self.spans))),
            b"stss": box(b"stss", _rows(np.flatnonzero(self.keys) + 1)) if self._apart else b"",
            b"ctts": box(b"ctts", _rows(*_runs(self.delays))) if self.delays.any() else b"",
            b"stsc": box(b"stsc", _samples_per_chunk(firsts, len(self.sizes))),
            b"stsz": box(b"stsz", self._sizes()),
            b"stco": offsets(self.places[firsts] + begin, int(self.places[-1]) + begin),
        }

    @property
    def _apart(self) -> bool:
        return not self.keys.all()

    def rate(self, second: int) -> int:
        """Return its bits a second, where a second has so many ticks."""
        return int(self.sizes.sum()) * 8 * second // int(self.spans.sum())

    def _sizes(self) -> bytes:
        count, same = len(self.sizes), int(self.sizes[0])
        head = (0).to_bytes(4, "big")
        if (self.sizes == same).all():
            return head + same.to_bytes(4, "big") + count.to_bytes(4, "big")
        return head + head + _rows(self.sizes)[4:]

    def _chunks(self) -> Numbers:
        """Return the number of the first sample of each chunk: samples side by side are one."""
        apart = self.places[1:] != self.places[:-1] + self.sizes[:-1]
        firsts = np.concatenate([[0], np.flatnonzero(apart) + 1])
        if np.add.reduceat(self.sizes, firsts).max() < _CHUNK:
            return firsts
        ends = [*firsts[1:].tolist(), len(self.sizes)]
        sizes = self.sizes.tolist()
        runs = zip(firsts.tolist(), ends, strict=True)
        return np.array([at for first, last in runs for at in _cut(sizes, first, last)], np.int64)


def _cut(sizes: list[int], first: int, last: int) -> list[int]:
    """Return where a run of samples side by side is cut into chunks."""
    found, held = [first], sizes[first]
    for at in range(first + 1, last):
        held += sizes[at]
        if held >= _CHUNK:
            found.append(at)
            held = sizes[at]
    return found


def offsets(places: Numbers, last: int) -> bytes:
    """Return the box of the places of chunks in the file, wide where the `last` sample needs it."""
    if last > _LARGEST:
        return box(b"co64", (0).to_bytes(4, "big"), _count(places), places.astype(">u8").tobytes())
    return box(b"stco", _rows(places))


def _samples_per_chunk(firsts: Numbers, count: int) -> bytes:
    held = np.diff(np.append(firsts, count))
    at = np.concatenate([[0], np.flatnonzero(np.diff(held)) + 1])
    return _rows(at + 1, held[at], np.ones_like(at))


def _runs(values: Numbers) -> tuple[Numbers, Numbers]:
    """Return how often each value stands in a row, and the value."""
    at = np.concatenate([[0], np.flatnonzero(np.diff(values)) + 1])
    return np.diff(np.append(at, len(values))), values[at]


def _rows(*columns: Numbers) -> bytes:
    """Return a table's version, its count and its rows, four bytes a number."""
    rows = np.column_stack(columns).astype(">u4").tobytes()
    return (0).to_bytes(4, "big") + _count(columns[0]) + rows


def _count(rows: Numbers) -> bytes:
    return len(rows).to_bytes(4, "big")
