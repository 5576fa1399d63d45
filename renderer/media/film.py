"""Segment files and a soundtrack → one MP4, by copying packets; nothing is encoded here.

The file is written once, from its beginning to its end: the tables of its index are worked out
first, from those of the segments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

import numpy as np

from renderer.media import packets
from renderer.media.digested import digested
from renderer.media.parts import Film, Part
from renderer.media.samples import NoSegment, Samples
from renderer.media.sealing import sealed
from renderer.media.shell import SOUND, VIDEO, Packets, shell
from renderer.media.sound import PACKET
from renderer.media.tables import Numbers, Track
from renderer.pulse import beat
from renderer.standing import Standing, stamp_of
from renderer.times import SAMPLE_RATE

TOGETHER = 15
"""Pictures that lie side by side, the sound of them all before them."""

_ENDING = 16
"""Packets that tell when a stream ends: as many as are not shown in the order of decoding."""

_known = Standing[Samples]()


def join(film: Film, path: Path, together: int = TOGETHER) -> tuple[int, str]:
    """Write the film as MP4 with its index in front; return the number of frames and the SHA-256.

    So many pictures lie `together`, sound before them. Raises NoSegment for a part that is no
    segment.
    """
    coded = [_coded(part) for part in film.parts]
    pictures = _Pictures.of(film.parts, coded)
    with film.sound.open("rb") as sound:
        begin, sizes = _sounds(sound, film)
        due = _sounds_before(pictures.decoded, film.fps).clip(0, len(sizes))
        due = _at_once(np.maximum.accumulate(due), together)
        sounds = np.concatenate([[0], np.cumsum(sizes)])
        head, tail = _around(film, pictures, sizes, due)
        size = len(head) + int(pictures.sizes.sum() + sounds[-1]) + len(tail)
        with digested(path, size) as target:
            target.write(head)
            sound.seek(begin)
            copied = _Copied(together, np.diff(sounds[due], prepend=0), sound)
            for piece in copied.pieces(film.parts, coded):
                target.write(piece)
            target.write(sound.read(int(sounds[-1] - sounds[due[-1]])))
            target.write(tail)
    return pictures.frames, target.sha256


def _coded(part: Part) -> Samples:
    """Return the coded pictures of a part's file, so many as are shown of it."""
    known = _known.get(part.path)
    if known is None:
        stamp = stamp_of(part.path)
        known = sealed(part.path)
        _known.keep(part.path, stamp, known)
    return known.first(part.frames)


@dataclass(frozen=True, slots=True)
class _Pictures:
    """The coded pictures of a film in order: bytes, frames of showing and decoding, keys."""

    sizes: Numbers
    shown: Numbers
    decoded: Numbers
    keys: Numbers
    frames: int

    @classmethod
    def of(cls, parts: Sequence[Part], coded: Sequence[Samples]) -> _Pictures:
        """Return those of parts, one after the other; a still's are repeated."""
        columns: list[Sequence[Numbers]] = []
        start = 0
        for part, one in zip(parts, coded, strict=True):
            times, each = divmod(np.arange(part.frames), len(one.sizes))
            base = start + times * len(one.sizes)
            shown, decoded = one.shown[each] + base, one.decoded[each] + base
            columns.append((one.sizes[each], shown, decoded, one.keys[each]))
            start += part.frames
        sizes, shown, decoded, keys = map(np.concatenate, zip(*columns, strict=True))
        if (np.diff(decoded) <= 0).any():
            raise NoSegment("pictures that are decoded before those in front of them")
        return cls(sizes, shown, decoded, keys, start)

    def packets(self) -> Packets:
        """Return the times of the first and the last of them, as `shell` takes them."""
        last = len(self.sizes)
        some = sorted({0, *range(max(0, last - _ENDING), last)})
        return [(int(self.shown[at]), int(self.decoded[at]), 1) for at in some]


def _sounds_before(frames: Numbers, fps: Fraction) -> Numbers:
    """Return how many sound packets begin before frames; the first is the encoder's priming."""
    return 1 - (-frames * SAMPLE_RATE * fps.denominator) // (PACKET * fps.numerator)


def _at_once(due: Numbers, together: int) -> Numbers:
    """Return the sound packets before each picture, all that `together` need before the first."""
    last = np.arange(len(due)) // together * together + together - 1
    return due[np.minimum(last, len(due) - 1)]


def _sounds(file: BinaryIO, film: Film) -> tuple[int, Numbers]:
    """Return where the film's sound packets lie in a file, and their sizes."""
    with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        begin, sizes = packets.table(content)
    return begin, sizes[: 1 - (-film.samples // PACKET)]


def _around(film: Film, pictures: _Pictures, sizes: Numbers, due: Numbers) -> tuple[bytes, bytes]:
    """Return what the film's file holds before and after its pictures and sound."""
    count = len(sizes)
    starts = np.arange(-1, count - 1) * PACKET
    spans = np.minimum(PACKET, film.samples - starts)
    some = [(int(starts[at]), int(starts[at]), int(spans[at])) for at in sorted({0, count - 1})]
    made, ticks = shell(film, pictures.packets(), some)
    seen, heard = _places(pictures.sizes, sizes, due)
    steps = np.diff(pictures.decoded, append=pictures.decoded[-1] + 1)
    delays = pictures.shown - pictures.decoded
    tracks = {
        VIDEO: Track(pictures.sizes, seen, steps * ticks, delays * ticks, pictures.keys > 0),
        SOUND: Track(sizes, heard, spans, np.zeros_like(spans), np.ones(count, bool)),
    }
    unasked = film.subtitles is None or film.subtitles.on
    return made.around(tracks, unasked)


def _places(pictures: Numbers, sounds: Numbers, due: Numbers) -> tuple[Numbers, Numbers]:
    """Return where each picture and each sound packet lies; `due` are the sounds before each."""
    seen = np.concatenate([[0], np.cumsum(pictures)])
    heard = np.concatenate([[0], np.cumsum(sounds)])
    before = np.searchsorted(due, np.arange(len(sounds)), side="right")
    return seen[:-1] + heard[due], heard[:-1] + seen[before]


@dataclass(frozen=True, slots=True)
class _Copied:
    """Copies pictures in the order of decoding, `before` each so many bytes of a file of sound."""

    together: int
    before: Numbers
    sound: BinaryIO

    def pieces(
        self, parts: Sequence[Part], coded: Sequence[Samples]
    ) -> Iterator[bytes | memoryview]:
        """Yield what goes into the film's file."""
        start = 0
        for part, pictures in zip(parts, coded, strict=True):
            beat()
            with open(part.path, "rb", buffering=0) as file:  # noqa: PTH123, as in `sealed`
                data = memoryview(file.read())
            ends = [int(pictures.places[0]), *(pictures.places + pictures.sizes).tolist()]
            for first in range(0, part.frames, len(ends) - 1):
                count = min(len(ends) - 1, part.frames - first)
                yield from self._group(data, ends[: count + 1], start + first)
            start += part.frames

    def _group(
        self, data: memoryview, ends: Sequence[int], start: int
    ) -> Iterator[bytes | memoryview]:
        """Yield pictures that lie side by side, cut where there is sound before one of them."""
        count = len(ends) - 1
        cuts = sorted({0, *range(-start % self.together, count, self.together), count})
        for first, last in pairwise(cuts):
            if size := int(self.before[start + first]):
                yield self.sound.read(size)
            yield data[ends[first] : ends[last]]
