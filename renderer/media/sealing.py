"""The last box of a segment file: where its coded pictures lie and when they are due, in one piece.

The tables of MP4 are many and small, and a long film has thousands of segments: reading them from
all took longer than copying the pictures. The box is one of ISO/IEC 14496-12, 11.1, with a type of
our own, which every other reader passes over.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from renderer.media.boxes import box
from renderer.media.samples import NoSegment, Samples, samples

_MARK = b"uuid" + bytes.fromhex("b3a5c1d6 6f0e 4c62 9b1d 52656c737065")
_NUMBER = np.dtype("<i4")
_COLUMNS = 4
_USUAL = 4096
"""Bytes that nearly every such box is shorter than."""


def seal(path: Path) -> None:
    """Add the box to a segment file that is otherwise done; raises NoSegment and OSError."""
    known = samples(path.read_bytes())
    columns = (known.sizes, known.shown, known.decoded, known.keys)
    rows = np.concatenate([*columns, known.places[:1]]).astype(_NUMBER).tobytes()
    size = len(box(_MARK[:4], _MARK[4:], rows, bytes(4)))
    with path.open("ab") as file:
        file.write(box(_MARK[:4], _MARK[4:], rows, size.to_bytes(4, "little")))


def sealed(path: Path | str) -> Samples:
    """Return the coded pictures of a segment file as its last box has them; raises NoSegment."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123, of thousands, named by strings
        whole = file.seek(0, 2)
        file.seek(max(0, whole - _USUAL))
        end = file.read(_USUAL)
        size = int.from_bytes(end[-4:], "little")
        if len(end) < size <= whole:
            file.seek(whole - size)
            end = file.read(size)
    last = end[len(end) - size :] if 8 < size <= len(end) else b""
    if last[4 : 4 + len(_MARK)] != _MARK:
        raise NoSegment("it lacks its last box")
    numbers = np.frombuffer(last[4 + len(_MARK) : -4], _NUMBER).astype(np.int64)
    table = numbers[:-1].reshape(_COLUMNS, -1)
    return Samples(numbers[-1] + np.cumsum(table[0]) - table[0], *table)
