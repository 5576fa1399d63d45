"""Where the files of jobs lie; no name that a client sends ever becomes a path unseen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from renderer.errors import Problem

SPEC = "film.yaml"
SOURCES = "sources"
DRAFT = "draft"
MOST_ASSETS = 100
IDENTITY = re.compile(r"[0-9a-f]{32}")
ASSET = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[^\W_][\w .+-]{0,99}(/[^\W_][\w .+-]{0,99}){0,5}")


@dataclass(frozen=True, slots=True)
class JobFiles:
    """The files of one job: `work` holds the spec and what it uses, `made` what came of it."""

    folder: Path

    @property
    def work(self) -> Path:
        """Return the folder of the spec; the root of the film, which reads nothing outside it."""
        return self.folder / "work"

    @property
    def spec(self) -> Path:
        """Return the place of the spec."""
        return self.work / SPEC

    @property
    def made(self) -> Path:
        """Return the folder of what was made."""
        return self.folder / "made"

    @property
    def film(self) -> Path:
        """Return the place of the film."""
        return self.made / "film.mp4"

    @property
    def sheet(self) -> Path:
        """Return the place of the contact sheet."""
        return self.made / "sheet.png"

    @property
    def stills(self) -> Path:
        """Return the folder of stills and narration."""
        return self.made / "stills"

    def kept(self) -> dict[str, Path]:
        """Return the stills and the narration that there are, by name."""
        with suppress(OSError):
            return {path.name: path for path in sorted(self.stills.iterdir()) if path.is_file()}
        return {}

    def assets(self) -> dict[str, Path]:
        """Return the files that the spec may use, by their names in it."""
        files = {path.relative_to(self.work).as_posix(): path for path in _files(self.work)}
        own = (f"{SOURCES}/", f"{DRAFT}/")
        fit = (name for name in files if not name.startswith(own) and not refused_name(name))
        return {name: files[name] for name in sorted(fit)[:MOST_ASSETS]}

    def captions(self) -> Path | None:
        """Return the captions that lie beside the film, or None."""
        found = (self.film.with_suffix(kind) for kind in (".vtt", ".srt"))
        return next((path for path in found if path.is_file()), None)


def job_files(base: Path, name: str) -> JobFiles:
    """Return the files of a job; raises ValueError where the name is no id of ours."""
    if not IDENTITY.fullmatch(name):
        raise ValueError("no id of a job")
    return JobFiles(base / "jobs" / name)


def upload_place(base: Path, digest: str) -> Path:
    """Return where an upload of a SHA-256 lies; raises ValueError where it is none."""
    if not ASSET.fullmatch(digest):
        raise ValueError("no SHA-256")
    return base / "uploads" / digest


def refused_name(name: str) -> Problem | None:
    """Return why an asset may not have a name in its job's folder, or None."""
    if not _NAME.fullmatch(name) or ".." in name or name.lower() == SPEC:
        says = f"'{name[:80]}' is no name for an asset"
        hint = "write letters, digits, `.`, `-` and `_`, with `/` between folders: images/sun.png"
        return Problem("bad-path", says, hint=hint)
    return None


def size(folder: Path) -> int:
    """Return how many bytes the files below a folder take."""
    return sum(path.stat().st_size for path in _files(folder))


def remove(folder: Path) -> None:
    """Remove a folder and all in it; what cannot be removed is left."""
    shutil.rmtree(folder, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (path for path in folder.rglob("*") if path.is_file())
