"""Slices of H.264 written anew: the same macroblocks under another picture parameter set.

Fields are those of slice_header() in ITU-T H.264, 7.3.3. All our films share one parameter set, of
two references and weighted prediction; an encoder that is to use one reference alone, without
weights, has a set of its own, and what it writes differs in a few bits of the header.
"""

from __future__ import annotations

import re

START = b"\x00\x00\x01"
"""What a unit of the byte stream begins after (Annex B)."""

_NUMBER_BITS, _ORDER_BITS = 4, 5  # of frame_num and pic_order_cnt_lsb in our parameter set
_HEAD = 0x419A00
"""nal_ref_idc 2, a slice of type P that begins the picture, parameter set 0; then both fields."""
_PLAIN = "00"
"""num_ref_idx_active_override_flag and ref_pic_list_modification_flag_l0 of one reference."""
_SHARED = "11" + "0" + "11" + "00"
"""One reference by override, its list as it is, and a table of weights that has none."""
_MOST = 16
"""Bytes that hold the rest of a header and more."""


class NotPlain(ValueError):
    """A slice is not as an encoder of one reference without weights writes it."""


def numbered(data: bytes, frame: int) -> bytes:
    """Return a P slice with the numbers of a frame, counted from the group's first, in its header.

    They fill its first three bytes but for a few bits, and the rest of it stays as it is.
    """
    at = data.find(START) + len(START)
    number, order = frame % (1 << _NUMBER_BITS), 2 * frame % (1 << _ORDER_BITS)
    head = _HEAD | number << _ORDER_BITS | order
    return data[:at] + head.to_bytes(3, "big") + data[at + 3 :]


def shared(data: bytes) -> bytes:
    """Return a P slice of one reference without weights, under the parameter set of our films.

    Raises NotPlain where it is another slice.
    """
    at = data.find(START) + len(START)
    unit = _unescaped(data[at:])
    bits = "".join(f"{byte:08b}" for byte in unit[3 : 3 + _MOST])
    if unit[0] != _HEAD >> 16 or unit[1] & 0xFE != 0x9A or not bits.startswith(_PLAIN):
        raise NotPlain(unit[:8].hex(" "))
    end = _end(bits, len(_PLAIN))
    header = _SHARED + bits[len(_PLAIN) : end]
    header += "1" * (-len(header) % 8)
    coded = unit[3 + (end + 7) // 8 :]
    whole = unit[:3] + int(header, 2).to_bytes(len(header) // 8, "big") + coded
    return data[:at] + _escaped(whole)


def _end(bits: str, at: int) -> int:
    """Return where a header ends whose adaptive_ref_pic_marking_mode_flag is at a bit."""
    at = _after(bits, _after(bits, at + 1))
    unfiltered = bits.startswith("010", at)  # disable_deblocking_filter_idc is 1: no offsets follow
    at = _after(bits, at)
    return at if unfiltered else _after(bits, _after(bits, at))


def _after(bits: str, at: int) -> int:
    """Return where the number that begins at a bit ends (Exp-Golomb, 9.1)."""
    zeros = bits.index("1", at) - at
    return at + 2 * zeros + 1


def _unescaped(unit: bytes) -> bytes:
    return re.sub(rb"\x00\x00\x03", b"\x00\x00", unit)


def _escaped(unit: bytes) -> bytes:
    return re.sub(rb"\x00\x00(?=[\x00-\x03])", b"\x00\x00\x03", unit)
