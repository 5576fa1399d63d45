"""A picture that stands: coded once, with packets after it that say that nothing has changed.

x264 is given a few frames alone. A frame whose macroblocks are all skipped is a slice of H.264 that
differs from the one before in two fields of its header, frame_num and pic_order_cnt_lsb (ITU-T
H.264, 7.3.3); the frames that follow are that slice with those fields counted on, which is what
x264 would have written itself, a hundred times slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

STEADY = 4
"""Frames to encode before a standing picture is known not to change any more."""

_START = b"\x00\x00\x01"
_NUMBER_BITS, _ORDER_BITS = 4, 5  # of frame_num and pic_order_cnt_lsb in our parameter set
_HEAD = 0x419A00
"""nal_ref_idc 2, a slice of type P that begins the picture, parameter set 0; then both fields."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded frame: its bytes, and its times in frames."""

    data: bytes
    pts: int
    dts: int


def stood(packets: Sequence[Coded], frames: int) -> list[Coded] | None:
    """Return the packets of so many frames, from those of the first few of a standing picture.

    None where these do not show that the picture has come to rest; it is to be encoded whole then.
    """
    if len(packets) >= frames:
        return list(packets[:frames])
    if len(packets) < STEADY or not _at_rest(packets[2:]):
        return None
    return [*packets, *islice(_counted_on(packets[-1]), frames - len(packets))]


def _at_rest(packets: Sequence[Coded]) -> bool:
    """Return whether slices differ in the numbers of their frames alone.

    Some carry a mark of x264 in their last bit, behind the end of what is decoded.
    """
    first = packets[0].data
    wanted = (_unmarked(_numbered(first, each.pts)) for each in packets)
    return all(one == _unmarked(each.data) for one, each in zip(wanted, packets, strict=True))


def _unmarked(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] | 1])


def _counted_on(last: Coded) -> Iterator[Coded]:
    while True:
        data = _numbered(last.data, last.pts + 1)
        last = replace(last, data=data, pts=last.pts + 1, dts=last.dts + 1)
        yield last


def _numbered(data: bytes, frame: int) -> bytes:
    """Return a slice with the numbers of a frame, counted from the group's first, in its header."""
    at = data.find(_START) + len(_START)
    number, order = frame % (1 << _NUMBER_BITS), 2 * frame % (1 << _ORDER_BITS)
    head = _HEAD | number << _ORDER_BITS | order
    return data[:at] + head.to_bytes(3, "big") + data[at + 3 :]


def encoded(run: Callable[[int], Sequence[Coded]], frames: int) -> Sequence[Coded]:
    """Return the packets of so many frames; `run` encodes the first so many of them."""
    found = stood(run(min(STEADY, frames)), frames)
    return run(frames) if found is None else found
