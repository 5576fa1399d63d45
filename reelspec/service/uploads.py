"""What is sent to be used in a film: written as it comes, kept under the digest of its bytes."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reelspec.service.files import size, upload_place
from reelspec.service.refusals import Refused

_PIECE = 1 << 18


class Upload:
    """A file that comes in pieces."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._path = base / "uploads" / f"{uuid.uuid4().hex}.coming"
        self._path.parent.mkdir(exist_ok=True)
        self._file, self._digest = self._path.open("xb"), hashlib.sha256()

    def write(self, piece: bytes) -> None:
        """Add a piece."""
        self._digest.update(piece)
        self._file.write(piece)

    def kept(self) -> str:
        """Keep what has come, and return its id, the SHA-256 of its bytes."""
        self._file.close()
        digest = self._digest.hexdigest()
        self._path.replace(upload_place(self._base, digest))
        return digest

    def drop(self) -> None:
        """Let go of what has come and was not kept."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def keep(base: Path, most: int, file: BinaryIO) -> str:
    """Keep what a file holds as an upload and return its id; raises Refused as `coming` does."""
    with coming(base, most) as upload:
        while piece := file.read(_PIECE):
            upload.write(piece)
        return upload.kept()


@contextmanager
def coming(base: Path, most: int) -> Iterator[Upload]:
    """Give what takes an upload; raises Refused where `most` bytes of them are kept already."""
    if size(base / "uploads") >= most:
        says = "there is no room for another upload"
        raise Refused(507, "no-room", says, headers={"Retry-After": "3600"})
    upload = Upload(base)
    try:
        yield upload
    finally:
        upload.drop()
