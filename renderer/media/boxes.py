"""Boxes of MP4 files as bytes: found, written, changed. The format is ISO/IEC 14496-12, 4.2."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from mmap import mmap
from struct import unpack_from


class Broken(ValueError):
    """Bytes are no boxes; the text says in what."""


def boxes(
    data: bytes | mmap, first: int = 0, last: int | None = None
) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name of each box between two bytes, and the first byte and the end of its content.

    Raises Broken.
    """
    end = len(data) if last is None else last
    while first + 8 <= end:
        size, name = unpack_from(">I4s", data, first)
        if size < 8 or first + size > end:
            raise Broken(f"a box of {size} bytes")
        yield name, first + 8, first + size
        first += size


def found(data: bytes, *path: bytes) -> bytes:
    """Return the content of the box that a path of names leads to; raises Broken."""
    for name in path:
        inner = next((data[a:b] for kind, a, b in boxes(data) if kind == name), None)
        if inner is None:
            raise Broken(f"it lacks {name.decode('latin-1')}")
        data = inner
    return data


def box(name: bytes, *parts: bytes) -> bytes:
    """Return a box of that content."""
    content = b"".join(parts)
    return (len(content) + 8).to_bytes(4, "big") + name + content


def changed(data: bytes, change: Callable[[bytes, bytes], bytes]) -> bytes:
    """Return boxes with the content of each as `change` gives it for name and content."""
    return b"".join(box(name, change(name, data[a:b])) for name, a, b in boxes(data))
