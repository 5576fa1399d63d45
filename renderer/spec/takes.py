"""Recordings found by name: `<scene>-<n>` for a line, `<scene>` for all that a scene says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from renderer.errors import Problem, UsageError, did_you_mean
from renderer.inputs import SOUNDS, NotRead, digest_input, sound_files
from renderer.nouns import Line, Scene, Take
from renderer.spec.speech import together


@dataclass(frozen=True, slots=True)
class Takes:
    """A folder of recordings under the root, and the file of each name in it."""

    root: Path
    folder: Path
    files: Mapping[str, str]

    def take(self, name: str) -> Take | None:
        """Return the recording of a name, None where there is none; raises UsageError."""
        if name not in self.files:
            return None
        try:
            found = digest_input(self.root, self.folder, self.files[name])
        except NotRead as refused:
            raise UsageError(Problem(refused.code, refused.says, hint=refused.hint)) from refused
        return Take(found.path, found.sha256)


def takes_in(folder: Path, root: Path) -> Takes:
    """Return the recordings in a folder; raises UsageError where there is no such folder.

    Of several with one name the kind counts that comes first in `SOUNDS`.
    """
    if not folder.is_dir():
        near = [each.name for each in folder.parent.glob("*/")] if folder.parent.is_dir() else []
        says = f"there is no folder '{folder}' of recordings"
        raise UsageError(Problem("usage", says, hint=did_you_mean(folder.name, near)))
    there = sound_files(folder)
    ordered = sorted(there, key=lambda file: SOUNDS.index(file.suffix.lower()), reverse=True)
    return Takes(root, folder.resolve(), {file.stem: file.name for file in ordered})


def with_takes(scenes: Sequence[Scene], takes: Takes) -> tuple[Scene, ...]:
    """Return the scenes with the recordings that there are; what is not recorded is spoken.

    Recordings of single lines count more than one of the whole scene; a line that has a recording
    of its own in the spec keeps that.
    """
    return tuple(replace(scene, lines=tuple(_recorded(scene, takes))) for scene in scenes)


def _recorded(scene: Scene, takes: Takes) -> Iterator[Line]:
    own = any(line.take for line in scene.lines)
    single = [takes.take(name) for name, _ in numbered(scene)]
    whole = None if own or any(single) or not scene.lines else takes.take(scene.id)
    if whole:
        yield replace(together(scene.lines), take=whole)
        return
    for line, take in zip(scene.lines, single, strict=True):
        yield line if line.take or take is None else replace(line, take=take)


def numbered(scene: Scene) -> list[tuple[str, Line]]:
    """Return the lines of a scene with the names of their recordings, without an ending."""
    return [(f"{scene.id}-{number}", line) for number, line in enumerate(scene.lines, 1)]
