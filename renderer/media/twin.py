"""AAC of one channel as that of two which are alike: a middle, and sides that say nothing.

Elements are those of raw_data_block() in ISO/IEC 14496-3, 4.4.2. A film that is only spoken has
one channel's worth of sound. It is encoded once, without noise substitution and noise shaping,
which are each channel's own; a decoder makes left and right of the middle alone, exactly alike.
"""

from __future__ import annotations

OPTIONS = {"aac_pns": "0", "aac_tns": "0"}
"""What the encoder of the one channel has to leave out."""

_SHORT = 2
"""window_sequence of eight short windows."""
_LONG_INFO, _SHORT_INFO = 11, 15
"""Bits of ics_info() without prediction: reserved, sequence, shape, and what is of each kind."""
_HEAD_BITS, _GAIN_BITS = 7, 8
_PAIR = 1
"""id_syn_ele of a pair of channels; 0 is a single one."""
_ALL_MIDDLE = 2
"""ms_mask_present: every band is middle and sides."""
_END, _END_BITS = 7, 3
Field = tuple[int, int]
"""A value and how many bits it takes."""


class NotSingle(ValueError):
    """A packet is not one channel as our encoder is asked for it, and nothing else."""


def doubled(packet: bytes) -> bytes:
    """Return a packet of one channel as one of two that are alike; raises NotSingle."""
    bits, size = int.from_bytes(packet, "big"), 8 * len(packet)
    padding = (bits & -bits).bit_length() - 1
    if padding > 7 or bits >> padding & _END != _END or bits >> size - 3:
        raise NotSingle(packet[:4].hex(" "))
    bits >>= padding + _END_BITS
    rest = size - padding - _END_BITS - _HEAD_BITS - _GAIN_BITS
    info = _SHORT_INFO if bits >> rest - 3 & 3 == _SHORT else _LONG_INFO
    coded = rest - info
    gain = _cut(bits, rest, _GAIN_BITS)
    window = _cut(bits, coded, info)
    return _joined(
        (_PAIR << 4 | bits >> rest + _GAIN_BITS, _HEAD_BITS),
        (1, 1),  # common_window
        (window, info),
        (_ALL_MIDDLE, 2),
        (gain, _GAIN_BITS),
        (_cut(bits, 0, coded), coded),
        *_silent(window, info),
        (_END, _END_BITS),
    )


def _cut(bits: int, at: int, count: int) -> int:
    return bits >> at & (1 << count) - 1


def _silent(window: int, info: int) -> list[Field]:
    """Return a channel without anything in it: every band of every group has codebook 0."""
    if info == _SHORT_INFO:
        groups, bands, step = 8 - _cut(window, 0, 7).bit_count(), _cut(window, 7, 4), 3
    else:
        groups, bands, step = 1, _cut(window, 1, 6), 5
        if window & 1:
            raise NotSingle("prediction")
    most = (1 << step) - 1
    section = [(0, 4), *[(most, step)] * (bands // most), (bands % most, step)]
    told = section * groups if bands else []
    return [(0, _GAIN_BITS), *told, (0, 3)]  # neither pulses nor shaping nor gain control


def _joined(*fields: Field) -> bytes:
    """Return fields one after the other, filled up to whole bytes."""
    whole = count = 0
    for value, bits in fields:
        whole, count = whole << bits | value, count + bits
    return (whole << -count % 8).to_bytes((count + 7) // 8, "big")
