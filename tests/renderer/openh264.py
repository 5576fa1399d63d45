"""Cisco's H.264 decoder, where the system has it, through the C interface of its `codec_api.h`."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_ubyte, c_uint, c_ulonglong, c_void_p
from ctypes.util import find_library

import numpy as np
from numpy.typing import NDArray

LIBRARY = find_library("openh264")
_INITIALIZE, _DECODE, _FLUSH = 0, 3, 5
_AVC = 0


class _Parameters(ctypes.Structure):
    _fields_ = (
        ("file", c_char_p),
        ("load", c_uint),
        ("layer", c_ubyte),
        ("concealment", c_int),
        ("parse_only", c_bool),
        ("size", c_uint),
        ("kind", c_int),
    )


class _Told(ctypes.Structure):
    _fields_ = (
        ("ready", c_int),
        ("time_in", c_ulonglong),
        ("time_out", c_ulonglong),
        ("width", c_int),
        ("height", c_int),
        ("format", c_int),
        ("strides", c_int * 2),
        ("planes", POINTER(c_ubyte) * 3),
    )


def decoded(units: Sequence[bytes]) -> Iterator[NDArray[np.uint8]]:
    """Yield each picture of closed groups in the order they are shown: luma, then both chromas.

    One decoder has them all. Of those with B-frames only the last may be: behind them it would
    write an IDR over the picture that is next.
    """
    library, decoder = ctypes.CDLL(LIBRARY), c_void_p()
    assert 0 == library.WelsCreateDecoder(byref(decoder))
    table = ctypes.cast(decoder, POINTER(POINTER(c_void_p))).contents
    wanted = _Parameters(layer=0xFF, size=8, kind=_AVC)
    assert 0 == _method(table, _INITIALIZE, POINTER(_Parameters))(decoder, byref(wanted))
    out = POINTER(POINTER(c_ubyte) * 3), POINTER(_Told)
    decode, flush = _method(table, _DECODE, c_char_p, c_int, *out), _method(table, _FLUSH, *out)
    count = 0
    for unit in units:
        planes, told = (POINTER(c_ubyte) * 3)(), _Told()
        assert 0 == decode(decoder, unit, len(unit), byref(planes), byref(told))
        count += told.ready
        if told.ready:
            yield _picture(planes, told)
    for _ in range(count, len(units)):
        planes, told = (POINTER(c_ubyte) * 3)(), _Told()
        flush(decoder, byref(planes), byref(told))
        assert told.ready
        yield _picture(planes, told)
    library.WelsDestroyDecoder(decoder)


def _method(table: ctypes._Pointer[c_void_p], index: int, *kinds: type) -> ctypes._FuncPointer:
    return ctypes.CFUNCTYPE(c_int, c_void_p, *kinds)(table[index])


def _picture(planes: ctypes.Array[ctypes._Pointer[c_ubyte]], told: _Told) -> NDArray[np.uint8]:
    """Return the planes of a picture one after the other, as I420 has them."""
    parts = []
    for plane, by, stride in ((0, 1, 0), (1, 2, 1), (2, 2, 1)):
        rows = np.ctypeslib.as_array(planes[plane], (told.height // by, told.strides[stride]))
        parts.append(rows[:, : told.width // by].ravel())
    return np.concatenate(parts)
