"""Files that a spec names: opened under the project's root, and nothing outside it, ever.

A name is resolved first, so links inside the root work. The file is then opened from the root
folder by folder without following any link, so what is swapped in between is refused, not read.

Whoever wants to know what a spec was made of has every file that is read `noted`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MEBIBYTE = 1 << 20
TAIL = 64
LARGEST = 4 << 30
"""Bytes that any file of a project may have."""

SOUNDS = (".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus")
"""Endings of recordings."""

_ABSOLUTE = re.compile(r"[/\\~]|[A-Za-z]:[/\\]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|data:|file:", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class NotRead(Exception):
    """A file is refused or cannot be read; carries a problem's code, message and hint."""

    def __init__(self, code: str, says: str, hint: str = "") -> None:
        super().__init__(code, says, hint)
        self.code, self.says, self.hint = code, says, hint


@dataclass(frozen=True, slots=True)
class Input:
    """A file of the project: its absolute path and the SHA-256 of the bytes that were read."""

    path: Path
    sha256: str
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Content:
    """What a path held: the SHA-256 of a file's bytes, or of names of files in a folder.

    They are those of YAML files and recordings, the kinds that folders are looked through for.

    It is empty where there was nothing; `last` are the last bytes of a file, TAIL or fewer.
    """

    sha256: str = ""
    last: bytes = b""


Noted = dict[Path, Content | None]
"""Path, as it was named → what was read there; None where it was refused."""

_noted: ContextVar[Noted | None] = ContextVar("noted", default=None)


@contextmanager
def noted() -> Iterator[Noted]:
    """Give what fills with every path that this thread reads or misses before leaving.

    Whoever noted before goes on noting.
    """
    found: Noted = {}
    outer, token = _noted.get(), _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)
        if outer is not None:
            outer.update(found)


def notes() -> Noted:
    """Return what this thread has noted so far, to be read and added to; empty if nobody asked."""
    found = _noted.get()
    return {} if found is None else found


def _note(path: Path, content: Content | None) -> None:
    found = _noted.get()
    if found is not None:
        found[path.absolute()] = content


def content_of(path: Path) -> Content:
    """Return what a path holds now; of what is neither file nor folder nothing."""
    if path.is_dir():
        return _names(_listed(path))
    with suppress(OSError, NotRead):
        descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
        with _ordinary(descriptor, path.name) as file:
            return _hashed(file)
    return Content()


def _hashed(file: BinaryIO) -> Content:
    found, last = hashlib.sha256(), b""
    while chunk := file.read(MEBIBYTE):
        found.update(chunk)
        last = (last + chunk)[-TAIL:]
    return Content(found.hexdigest(), last)


def yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files in a folder in order of name; none where there is no such folder."""
    return [file for file in _looked_through(folder) if file.suffix == ".yaml"]


def sound_files(folder: Path) -> list[Path]:
    """Return the recordings in a folder in order of name; none where there is no such folder."""
    return [file for file in _looked_through(folder) if file.suffix != ".yaml"]


def _looked_through(folder: Path) -> list[Path]:
    files = _listed(folder)
    _note(folder, _names(files) if folder.is_dir() else Content())
    return files


def _listed(folder: Path) -> list[Path]:
    """Return the files in a folder that are found by their names, in order of name."""
    with suppress(OSError):
        return sorted(file for file in folder.iterdir() if found_by_name(file.name))
    return []


def found_by_name(name: str) -> bool:
    """Return whether files of such a name are looked for in folders."""
    ending = Path(name).suffix
    return ending == ".yaml" or ending.lower() in SOUNDS


def _names(files: list[Path]) -> Content:
    names = "\0".join(file.name for file in files)
    return Content(hashlib.sha256(names.encode("utf-8", "surrogateescape")).hexdigest())


def read_input(root: Path, folder: Path, name: str, largest: int = MEBIBYTE) -> Input:
    """Return the file that `name` means in `folder`, with its content; raises NotRead.

    It has to be an ordinary file of at most `largest` bytes that lies under `root`.
    """
    with _opened(root, folder, name, largest) as (path, file):
        data = file.read(largest + 1)
        _refuse_large(len(data), largest, name)
    sha256 = hashlib.sha256(data).hexdigest()
    _note(folder / name, Content(sha256, data[-TAIL:]))
    return Input(path, sha256, data)


def digest_input(root: Path, folder: Path, name: str, largest: int = LARGEST) -> Input:
    """Return the same as `read_input` without the content, which may be larger than memory."""
    with _opened(root, folder, name, largest) as (path, file):
        found, left, last = hashlib.sha256(), largest, b""
        while chunk := file.read(MEBIBYTE):
            left -= len(chunk)
            _refuse_large(largest - left, largest, name)
            found.update(chunk)
            last = (last + chunk)[-TAIL:]
    _note(folder / name, Content(found.hexdigest(), last))
    return Input(path, found.hexdigest())


def read_ordinary(path: Path, largest: int) -> bytes:
    """Return at most `largest` + 1 bytes of a file; raises OSError, NotRead where it is no file."""
    _note(path, Content())
    descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    _note(path, None)
    with _ordinary(descriptor, path.name) as file:
        data = file.read(largest + 1)
    if len(data) <= largest:
        _note(path, Content(hashlib.sha256(data).hexdigest(), data[-TAIL:]))
    return data


@contextmanager
def _opened(root: Path, folder: Path, name: str, largest: int) -> Iterator[tuple[Path, BinaryIO]]:
    """Give the path and the opened file that `name` means; raises NotRead."""
    _refuse_name(name)
    base = Path(os.path.realpath(root))
    path = Path(os.path.realpath(folder / name))
    if not path.is_relative_to(base):
        hint = "move it there, or give a wider root with `--root`"
        raise NotRead("outside-root", f"'{name}' lies outside the project", hint)
    _note(folder / name, None)
    try:
        descriptor = _open_under(base, path)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            _note(folder / name, Content())
        raise _failed(name, error) from None
    with _ordinary(descriptor, name) as file:
        _refuse_large(os.fstat(descriptor).st_size, largest, name)
        yield path, file


def _refuse_name(name: str) -> None:
    """Refuse names that mean something else on some system than a file below a folder."""
    if _ADDRESS.match(name):
        hint = "save the file in the project"
        raise NotRead("not-a-file", f"'{name}' is an address; files lie in the project", hint)
    if _ABSOLUTE.match(name):
        hint = "write the path as it is seen from this file"
        raise NotRead("outside-root", f"'{name}' is not a path inside the project", hint)
    if "\\" in name:
        hint = f"write '{name.replace(chr(92), '/')}'"
        raise NotRead("bad-path", f"'{name}' has a backslash", hint)
    if _CONTROL.search(name):
        raise NotRead("bad-path", "a path has no control characters", "rename the file")


def _failed(name: str, error: OSError) -> NotRead:
    """Return in words why a file could not be opened."""
    if isinstance(error, FileNotFoundError):
        return NotRead("missing-file", f"there is no file '{name}'")
    if error.errno in (errno.ENXIO, errno.EOPNOTSUPP):
        return _no_file(name, "is not an ordinary file")
    says = f"the file '{name}' cannot be read: {error.strerror or error}"
    return NotRead("unreadable-file", says)


def _no_file(name: str, what: str) -> NotRead:
    return NotRead("not-a-file", f"'{name}' {what}", "name a file")


def _ordinary(descriptor: int, name: str) -> BinaryIO:
    """Return the ordinary file that a descriptor stands for; closes it and raises NotRead else."""
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    raise _no_file(name, "is a folder" if stat.S_ISDIR(mode) else "is not an ordinary file")


def _refuse_large(size: int, largest: int, name: str) -> None:
    if size > largest:
        says = f"'{name}' has {size:,} bytes; at most {largest:,} are allowed"
        raise NotRead("too-large", says)


_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_BY_FOLDER = hasattr(os, "O_NOFOLLOW") and os.open in os.supports_dir_fd


def _walked(root: Path, path: Path) -> int:
    """Return the descriptor of a file opened folder by folder from the root; POSIX's way."""
    *folders, name = path.relative_to(root).parts or (".",)
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            inner = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = inner
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | _NO_WAIT, dir_fd=here)
    finally:
        os.close(here)


def _rechecked(root: Path, path: Path) -> int:
    """Return the descriptor of a file that still is the one under the root once it is open."""
    descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    there = Path(os.path.realpath(path))
    if there.is_relative_to(root) and os.path.samestat(os.fstat(descriptor), there.stat()):
        return descriptor
    os.close(descriptor)
    raise OSError(f"'{path.name}' changed while it was opened")


_open_under: Callable[[Path, Path], int] = _walked if _BY_FOLDER else _rechecked
