"""The content of an answer: its type judged by header and first bytes, unpacked within limits."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPResponse, IncompleteRead

from reelspec.author.net.address import NotFetched, Target, shown

_CHUNK = 1 << 16
_VAGUE = ("", "application/octet-stream", "binary/octet-stream")
_SIGNS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_HTML = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_CHARSET = re.compile(r"[\w.:-]{1,40}")


def content(
    answer: HTTPResponse, target: Target, types: tuple[str, ...], most: int
) -> tuple[str, str, bytes]:
    """Return type, charset and content of an answer; raises NotFetched where it will not do."""
    declared, charset = _declared(answer.headers)
    if declared not in (*types, *_VAGUE):
        raise _wrong(target, declared, types)
    data = _unpacked(answer, target, most)
    found = _sniffed(data, declared)
    if found not in types:
        raise _wrong(target, found or "of no known kind", types)
    if found.startswith("text/") and b"\0" in data[:4096] and not charset.startswith("utf-16"):
        raise _wrong(target, "no text", types)
    return found, charset, data


def _declared(headers: Message) -> tuple[str, str]:
    written = headers.get("Content-Type", "") or ""
    kind = written.split(";")[0].strip().lower()
    found = re.search(r"charset\s*=\s*\"?([^\s\";]+)", written, re.IGNORECASE)
    charset = found[1].lower() if found and _CHARSET.fullmatch(found[1]) else ""
    return kind, charset


def _sniffed(data: bytes, declared: str) -> str:
    """Return the type that the first bytes show; what the header said where they show none."""
    for sign, kind in _SIGNS:
        if data.startswith(sign):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if declared.startswith("image/") or declared == "application/pdf":
        return ""
    return "text/html" if declared in _VAGUE and _HTML.match(data) else declared


def _wrong(target: Target, found: str, types: tuple[str, ...]) -> NotFetched:
    says = f"'{shown(target.url)}' is {found or 'of no named type'}"
    return NotFetched("wrong-type", says, f"wanted is one of {', '.join(types)}")


def _unpacked(answer: HTTPResponse, target: Target, most: int) -> bytes:
    encoding = (answer.headers.get("Content-Encoding", "") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise NotFetched("wrong-type", f"'{shown(target.url)}' is packed as '{encoding[:20]}'")
    pieces = _pieces(answer)
    if encoding != "identity":
        pieces = _inflated(pieces, 47 if "gzip" in encoding else 15, most)
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > most:
            says = f"'{shown(target.url)}' is larger than {most:,} bytes"
            raise NotFetched("too-large", says)
    return bytes(whole)


def _pieces(answer: HTTPResponse) -> Iterator[bytes]:
    while piece := answer.read(_CHUNK):
        yield piece
    if answer.length:
        raise IncompleteRead(b"", answer.length)


def _inflated(pieces: Iterator[bytes], window: int, most: int) -> Iterator[bytes]:
    """Yield what packed pieces hold, never more than a chunk at once; raises zlib.error."""
    unpacker = zlib.decompressobj(window)
    packed = 0
    for piece in pieces:
        packed += len(piece)
        if packed > most:
            raise zlib.error("too much is packed")
        while piece and not unpacker.eof:
            yield unpacker.decompress(piece, _CHUNK)
            piece = unpacker.unconsumed_tail
    while not unpacker.eof:
        rest = unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
        if not rest:
            raise zlib.error("the end is missing")
        yield rest
