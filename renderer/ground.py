"""What a command stands on beside what it reads: the program, Python, the libraries, a setting.

None of it is imported or read for this: dates, sizes and numbers of files tell whether any of them
is another. A program that is changed in place and dated back would not be seen; nothing else is.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from renderer.environ import KEPT, named
from renderer.standing import Stamp, stamp_of

_PACKAGE = Path(__file__).resolve().parent
_BESIDE = ("schemas", "templates")
_TOLD = ("METADATA", "PKG-INFO", "RECORD", "entry_points.txt")
_DISTRIBUTION = (".dist-info", ".egg-info")


def under_foot() -> tuple[str, int]:
    """Return a digest of the program, Python and every installed distribution, and its last date.

    The date is that in ns at which any file of them was last written or changed.
    """
    stamps: dict[str, Stamp] = dict((*_program(), *_libraries()))
    python = [sys.version, sys.prefix, sys.platform, sys.path, list(sys.flags)]
    last = max((max(stamp[:2]) for stamp in stamps.values()), default=0)
    return digest_of([python, sorted(stamps.items())]), last


def settings(names: Collection[str]) -> str:
    """Return a digest of the variables of the environment that some patterns name.

    Those that every child gets are among them.
    """
    return digest_of(named((*KEPT, *names)))


def digest_of(value: object) -> str:
    """Return the SHA-256 of a value of JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def models_in(folder: Path) -> tuple[str, int]:
    """Return a digest of the names and stamps of the models in a folder, and their last date."""
    found = {}
    for file in sorted(folder.glob("*.onnx*")):
        with suppress(OSError):
            found[file.name] = stamp_of(file)
    last = max((max(stamp[:2]) for stamp in found.values()), default=0)
    return digest_of([str(folder), sorted(found.items())]), last


def _program() -> Iterator[tuple[str, Stamp]]:
    """Yield the stamp of each file of the program and of the data that ship with it."""
    yield from _below(str(_PACKAGE))
    if not (_PACKAGE / "_data").is_dir():
        for name in _BESIDE:
            yield from _below(str(_PACKAGE.parent / name))


def _below(folder: str) -> Iterator[tuple[str, Stamp]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _below(entry.path)
            elif (stamp := _stamp(entry.path)) is not None:
                yield entry.path, stamp


def _libraries() -> Iterator[tuple[str, Stamp]]:
    """Yield the stamps of what each distribution that is on the path says of itself."""
    for folder in dict.fromkeys(sys.path):
        with suppress(OSError), os.scandir(folder or ".") as entries:
            for entry in entries:
                if entry.name.endswith(_DISTRIBUTION):
                    yield from _told(entry.path)
        if (stamp := _stamp(folder)) is not None and Path(folder).is_file():
            yield folder, stamp


def _told(distribution: str) -> Iterator[tuple[str, Stamp]]:
    for path in (distribution, *(f"{distribution}{os.sep}{name}" for name in _TOLD)):
        if (stamp := _stamp(path)) is not None:
            yield path, stamp


def _stamp(path: str) -> Stamp | None:
    with suppress(OSError):
        return stamp_of(path)
    return None
