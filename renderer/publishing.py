"""Results put where they were asked for, each in one step: what was there stays until then."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from renderer.disk import flush, lend
from renderer.errors import Problem, RenderError
from renderer.leftovers import sweep, temporary
from renderer.paths import file_digest
from renderer.store import Entry, disk_errors, replacing

_FRAME = re.compile(r"\d{6,}\.png")


def publish_text(text: str, out: Path, *, lasting: bool = True) -> None:
    """Put a text at `out` in one step, in UTF-8; an equal file that is there stays untouched."""
    data = text.encode()
    with disk_errors(out):
        if out.is_file() and out.read_bytes() == data:
            return
        with replacing(out, lasting=lasting) as new:
            new.write_bytes(data)


def publish_folder(entry: Entry, out: Path) -> None:
    """Unpack an entry, a ZIP file of pictures, as the folder `out`; an older one is replaced.

    Raises RenderError where the folder holds anything but such pictures, which stays untouched.
    """
    with disk_errors(out):
        _refuse_others(out)
        new, old = temporary(out), temporary(out.with_name(f"{out.name}-old"))
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.mkdir()
            with zipfile.ZipFile(entry.path) as packed:
                packed.extractall(new)
            if out.exists():
                out.rename(old)
            new.rename(out)
        finally:
            for folder in (new, old):
                shutil.rmtree(folder, ignore_errors=True)


def _refuse_others(out: Path) -> None:
    found = out.iterdir() if out.is_dir() else [out] if out.exists() else []
    other = next((each.name for each in found if not _FRAME.fullmatch(each.name)), None)
    if other is not None:
        says = f"'{out}' is there and is no folder of frames: it holds '{other}'"
        raise RenderError(Problem("overwrites", says, hint="name another folder with `-o`"))


def publish(entry: Entry, out: Path, *, lasting: bool = True) -> None:
    """Put an entry at `out` in one step, dated now; an equal file that is there stays untouched.

    It is the entry itself under another name where the disk can do that, else a copy: whoever
    writes into it afterwards spoils the entry, which is then a miss. What is not `lasting`, for
    the next one soon takes its place, is made so by `kept_safe`.
    """
    with disk_errors(out):
        if out.is_file() and out.stat().st_size == entry.size and file_digest(out) == entry.digest:
            return
        sweep(out.parent)
        with replacing(out, lasting=lasting) as new:
            lend(entry.path, new)
            os.utime(new)


def kept_safe(files: Iterable[Path]) -> None:
    """Bring files, and that they are there, to the disk; raises RenderError."""
    for file in files:
        with disk_errors(file):
            if file.is_file():
                flush(file)
                flush(file.parent)
