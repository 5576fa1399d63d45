"""What kind of picture a file is and how large, told by its first bytes; nothing is decoded.

Sources: PNG (Third Edition) 5 and 11; JPEG, ITU-T T.81 B.1 and B.2.2; GIF89a 18 to 24; WebP
Container Specification (RFC 9649) 2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from struct import error, unpack
from typing import BinaryIO

_HEAD = 64 * 1024
_MOST_BLOCKS = 100_000
_SVG = re.compile(rb"<(\w+:)?svg[\s>]")
_OTHERS = {b"BM": "BMP", b"II*\0": "TIFF", b"MM\0*": "TIFF", b"%PDF": "PDF", b"8BPS": "PSD"}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A picture's kind (`PNG JPEG WEBP GIF SVG`, another name, or nothing), its size, if it moves.

    The size is width and height in pixels, None where the first bytes do not tell it.
    """

    kind: str
    size: tuple[int, int] | None = None
    animated: bool = False


def picture(path: Path) -> Sniffed:
    """Return what a file looks like; raises OSError if it cannot be read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(0)
        try:
            return _sniffed(head, file)
        except (ValueError, LookupError, error):
            return Sniffed(_kind(head))


def _sniffed(head: bytes, file: BinaryIO) -> Sniffed:
    kind = _kind(head)
    if kind == "PNG":
        width, height = unpack(">II", head[16:24])
        before = head.partition(b"IDAT")[0]
        return Sniffed(kind, (width, height), b"acTL" in before)
    if kind == "GIF":
        width, height = unpack("<HH", head[6:10])
        return Sniffed(kind, (width, height), _several(file))
    if kind == "JPEG":
        return Sniffed(kind, _jpeg_size(file))
    return _webp(head) if kind == "WEBP" else Sniffed(kind)


def _kind(head: bytes) -> str:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return {b"avif": "AVIF", b"heic": "HEIC", b"mif1": "HEIC"}.get(head[8:12], "video")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and _SVG.search(head):
        return "SVG"
    return next((name for magic, name in _OTHERS.items() if head.startswith(magic)), "")


def _webp(head: bytes) -> Sniffed:
    form = head[12:16]
    if form == b"VP8X":
        width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (24, 27))
        return Sniffed("WEBP", (width, height), bool(head[20] & 2))
    if form == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return Sniffed("WEBP", ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
    width, height = unpack("<HH", head[26:30])
    return Sniffed("WEBP", (width & 0x3FFF, height & 0x3FFF))


def _jpeg_size(file: BinaryIO) -> tuple[int, int] | None:
    """Return the size that the frame header of a JPEG gives."""
    file.seek(2)
    for _ in range(_MOST_BLOCKS):
        marker = file.read(2)
        if len(marker) < 2 or marker[0] != 0xFF:
            return None
        if marker[1] == 0xFF:
            file.seek(-1, 1)
        elif marker[1] in _FRAMES:
            _, _, height, width = unpack(">HBHH", file.read(7))
            return width, height
        elif not 0xD0 <= marker[1] <= 0xD9:
            file.seek(unpack(">H", file.read(2))[0] - 2, 1)
    return None


def _several(file: BinaryIO) -> bool:
    """Return whether a GIF has more than one picture."""
    header = file.read(13)
    file.seek(_table(header[10]), 1)
    pictures = 0
    for _ in range(_MOST_BLOCKS):
        block = file.read(1)
        if block == b",":
            pictures += 1
            file.seek(_table(file.read(9)[8]) + 1, 1)
        elif block == b"!":
            file.seek(1, 1)
        else:
            return pictures > 1
        if pictures > 1:
            return True
        _skip(file)
    return pictures > 1


def _table(packed: int) -> int:
    """Return the bytes of the table of colours that a packed field announces."""
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _skip(file: BinaryIO) -> None:
    """Move over the data of one block."""
    while length := file.read(1):
        if length == b"\0":
            return
        file.seek(length[0], 1)
