"""Packets of sound in a file: how many, the size of each, then all of them, side by side.

A long film has a hundred thousand packets of sound: read and written one by one, by a container's
muxer, they would cost more than the pictures do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from mmap import mmap
from pathlib import Path

import numpy as np

from renderer.media.samples import NoSegment
from renderer.media.tables import Numbers

_NUMBER = "<u4"
_WIDE = 4
"""Bytes of a number of the table; the first is the count."""


def write(packets: Sequence[bytes], path: Path) -> None:
    """Write packets, in their order, as a file of their own."""
    path.write_bytes(_table([len(packet) for packet in packets]) + b"".join(packets))


def joined(files: Iterable[Path], path: Path) -> int:
    """Write the packets of several files into one of the same kind; return how many there are.

    No more than one of them is held at a time. Raises NoSegment.
    """
    each = list(files)
    sizes = np.concatenate([table(file.read_bytes())[1] for file in each])
    with path.open("wb") as target:
        target.write(_table(sizes))
        for content in (file.read_bytes() for file in each):
            target.write(memoryview(content)[table(content)[0] :])
    return len(sizes)


def read(path: Path) -> list[bytes]:
    """Return the packets of a file in their order; raises NoSegment."""
    content = path.read_bytes()
    begin, sizes = table(content)
    ends = (begin + np.cumsum(sizes)).tolist()
    return [content[first:last] for first, last in pairwise([begin, *ends])]


def table(file: bytes | mmap) -> tuple[int, Numbers]:
    """Return where the first packet of a file lies, and the sizes of all; raises NoSegment."""
    count = int.from_bytes(file[:_WIDE], "little")
    begin = _WIDE * (1 + count)
    if begin > len(file):
        raise NoSegment(f"{count} packets in {len(file)} bytes")
    sizes = np.frombuffer(file[_WIDE:begin], _NUMBER).astype(np.int64)
    if begin + int(sizes.sum()) != len(file):
        raise NoSegment(f"packets of {int(sizes.sum())} bytes in {len(file) - begin}")
    return begin, sizes


def _table(sizes: Sequence[int] | Numbers) -> bytes:
    return np.array([len(sizes), *sizes], _NUMBER).tobytes()
