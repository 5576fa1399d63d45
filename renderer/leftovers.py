"""Temporary files: their names say whose they are, so that those of killed programs can be swept.

A name is `.<stem>.<machine>-<process>-<token>.tmp<suffix>`. Whether a process lives can be asked on
POSIX, and only of this machine; elsewhere the age of the file decides.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import time
import zlib
from contextlib import suppress
from pathlib import Path

_NAME = re.compile(r"\..*\.(?P<machine>[0-9a-f]{8})-(?P<process>\d+)-[0-9a-f]{12}\.tmp(\..*)?")
_STEM = 40
_OLD = 24 * 3600.0
"""Seconds after which a file that nobody has written to belongs to nobody."""


def temporary(place: Path) -> Path:
    """Return a new path beside `place`, with its suffix, in the name of this process."""
    owner = f"{_machine()}-{os.getpid()}-{secrets.token_hex(6)}"
    return place.with_name(f".{place.stem[:_STEM]}.{owner}.tmp{place.suffix}")


def sweep(folder: Path) -> None:
    """Remove the temporary files in a folder whose programs are gone.

    What cannot be read or removed stays: another program may be faster, or it may be theirs.
    """
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            match = entry.name.startswith(".") and _NAME.fullmatch(entry.name)
            if match and _abandoned(match, entry):
                with suppress(OSError):
                    Path(entry.path).unlink()


def _abandoned(name: re.Match[str], entry: os.DirEntry[str]) -> bool:
    if name["machine"] == _machine() and (lives := alive(int(name["process"]))) is not None:
        return not lives
    with suppress(OSError):
        return time.time() - entry.stat().st_mtime > _OLD
    return False


def alive(process: int) -> bool | None:
    """Return whether a process of this machine lives; None where the system cannot be asked."""
    if os.name == "nt":  # signal 0 would end the process there
        return None
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _machine() -> str:
    """Return eight digits that tell machines, and containers, on one shared folder apart."""
    return f"{zlib.crc32(platform.node().encode()):08x}"
