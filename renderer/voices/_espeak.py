"""The eSpeak NG library: found, loaded and declared, after `speak_lib.h` of eSpeak NG 1.52.

The wheel espeakng-loader brings the library and its data; a library of the system serves where
the wheel is not there.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_short, c_uint, c_void_p
from functools import cache
from pathlib import Path
from typing import Any

SYNCHRONOUS = 2
CHARACTERS_UTF8 = 1
RATE, PITCH = 1, 3
RATES = (80, 450)  # words a minute that the library keeps to

LIST_ENDS, WORD = 0, 1

_NAMES = ("libespeak-ng.so.1", "libespeak-ng.1.dylib", "libespeak-ng.dll")
_FOLDERS = (".", "../lib", "../lib64")  # from that of the program, by system


class Event(Structure):
    """`espeak_EVENT`: `text_position` counts characters from 1, `audio_position` milliseconds."""

    _fields_ = (
        ("type", c_int),
        ("unique_identifier", c_uint),
        ("text_position", c_int),
        ("length", c_int),
        ("audio_position", c_int),
        ("sample", c_int),
        ("user_data", c_void_p),
        ("id", c_void_p),
    )


class _Voice(Structure):
    """The head of `espeak_VOICE`; `languages` lists (priority byte, name, NUL), ended by a 0."""

    _fields_ = (
        ("name", c_char_p),
        ("languages", c_void_p),
        ("identifier", c_char_p),
    )


Callback = CFUNCTYPE(c_int, POINTER(c_short), c_int, POINTER(Event))


@cache
def library() -> ctypes.CDLL:
    """Return the library, loaded so that others that ask for it by name get the same one.

    Raises OSError where there is none.
    """
    shipped = _shipped()
    if shipped:
        os.environ["ESPEAK_DATA_PATH"] = str(shipped[1])
    for place in (str(shipped[0]),) if shipped else _system():
        try:
            return _declared(ctypes.CDLL(place, mode=ctypes.RTLD_GLOBAL))
        except OSError:
            if shipped:
                raise
    raise OSError("no eSpeak NG library is installed: pip install espeakng-loader")


def _shipped() -> tuple[Path, Path] | None:
    """Return the loader's library and the folder that holds its `espeak-ng-data`, or None."""
    try:
        import espeakng_loader
    except ImportError:
        return None
    return Path(espeakng_loader.get_library_path()), Path(espeakng_loader.get_data_path()).parent


def _system() -> tuple[str, ...]:
    """Return where a system's library may be: where it is searched for, and beside its program."""
    found = ctypes.util.find_library("espeak-ng")
    program = shutil.which("espeak-ng")
    folder = Path(program).resolve().parent if program else None
    beside = [folder / each / name for each in _FOLDERS for name in _NAMES] if folder else []
    there = [str(path.resolve()) for path in beside if path.is_file()]
    return (*([found] if found else ()), *there, *_NAMES)


def _declared(lib: ctypes.CDLL) -> ctypes.CDLL:
    lib.espeak_Info.restype = c_char_p
    lib.espeak_Info.argtypes = [c_void_p]
    lib.espeak_Initialize.argtypes = [c_int, c_int, c_char_p, c_int]
    lib.espeak_SetSynthCallback.argtypes = [Callback]
    lib.espeak_SetSynthCallback.restype = None
    lib.espeak_ListVoices.argtypes = [c_void_p]
    lib.espeak_ListVoices.restype = POINTER(POINTER(_Voice))
    lib.espeak_Synth.argtypes = [
        *(c_char_p, ctypes.c_size_t, c_uint, c_int, c_uint, c_uint),
        *(c_void_p, c_void_p),
    ]
    return lib


def version() -> str:
    """Return the library's version, such as `1.52.0`."""
    return str(library().espeak_Info(None).decode())


def voices() -> list[tuple[str, list[str], str]]:
    """Return (name, languages, identifier) of each voice; the library must be initialised.

    MBROLA voices are left out: their sound data does not come with the library.
    """
    listed = library().espeak_ListVoices(None)
    found = []
    for index in range(10_000):
        if not listed[index]:
            break
        voice = listed[index].contents
        found.append((voice.name.decode(), _languages(voice.languages), voice.identifier.decode()))
    return [each for each in found if not each[2].startswith("mb/")]


def _languages(address: int) -> list[str]:
    tags = []
    while address and ctypes.string_at(address, 1) != b"\0":
        tag = ctypes.string_at(address + 1)
        tags.append(tag.decode())
        address += len(tag) + 2
    return tags


def words_per_minute(factor: float) -> int:
    """Return a rate for the library; 1.0 is 175 words a minute, its own default.

    Raises ValueError outside of what it can speak.
    """
    wanted = round(175 * factor)
    if not RATES[0] <= wanted <= RATES[1]:
        raise ValueError(f"eSpeak speaks {RATES[0]} to {RATES[1]} words a minute, not {wanted}")
    return wanted


def pitch(factor: float) -> int:
    """Return a pitch for the library, 0–100 with 50 the normal one, from a factor."""
    return max(0, min(100, round(50 * factor)))


def word_events(events: Any) -> list[tuple[int, int, int]]:
    """Return (ms, first character from 0, length) of the word events of one callback."""
    found = []
    index = 0
    while events[index].type != LIST_ENDS:
        event = events[index]
        if event.type == WORD:
            found.append((event.audio_position, event.text_position - 1, event.length))
        index += 1
    return found
