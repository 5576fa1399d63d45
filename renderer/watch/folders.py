"""The folders around watched paths, and the bell that rings when something stirs there.

An event says no more than that; what has changed is found by looking. The only door to watchdog.
"""

from __future__ import annotations

import logging
import os
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from renderer.errors import MissingError, Problem
from renderer.inputs import found_by_name

_KINDS = ("created", "modified", "moved", "deleted", "closed")
"""Kinds of events that tell of writing; reading makes events too, and ours would wake us."""

_LOGGER = logging.getLogger("watchdog")

_Identity = tuple[int, int]


class _Overheard(logging.Handler):
    """Takes what watchdog logs: that events were lost, or at its end that it is ending."""

    def __init__(self, ring: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._ring = ring

    def emit(self, record: logging.LogRecord) -> None:
        """Ring, since what was lost may concern us; nothing is written."""
        self._ring()


class Folders(FileSystemEventHandler):
    """Calls `ring` when a watched path, or a folder on the way to one, may have changed.

    With `poll` the folders are looked through every so many seconds, for those of networks.
    """

    def __init__(self, ring: Callable[[], None], poll: float | None) -> None:
        self._ring, self._overheard = ring, _Overheard(ring)
        _LOGGER.addHandler(self._overheard)
        self._observer: BaseObserver = PollingObserver(timeout=poll) if poll else Observer()
        self._watches: dict[Path, tuple[_Identity, ObservedWatch]] = {}
        self._names: frozenset[str] = frozenset()
        self._observer.start()

    def attend(self, paths: Collection[Path], tops: Collection[Path]) -> None:
        """Watch the folders of these paths from now on, and no others.

        Those between a path and one of `tops` too; of a folder that is not there, what is above
        it. Raises MissingError where the system watches no more folders.
        """
        every = {*paths, *(Path(os.path.realpath(path)) for path in paths)}
        self._names = frozenset(_plain(path.name) for path in every)
        wanted = dict(_existing({folder for path in every for folder in _around(path, tops)}))
        for folder, (identity, watch) in list(self._watches.items()):
            if wanted.get(folder) != identity:
                del self._watches[folder]
                with suppress(KeyError, OSError):
                    self._observer.unschedule(watch)
        for folder in wanted.keys() - self._watches.keys():
            self._begin(folder, wanted[folder])

    def _begin(self, folder: Path, identity: _Identity) -> None:
        try:
            watch = self._observer.schedule(self, str(folder))
        except (FileNotFoundError, NotADirectoryError):
            self._ring()
        except OSError as error:
            says = f"the folder '{folder}' cannot be watched: {error.strerror or error}"
            raise MissingError(Problem("no-watch", says, hint="try --poll")) from error
        else:
            self._watches[folder] = identity, watch

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Ring where an event may concern us; names tell, for systems spell paths differently."""
        if event.event_type not in _KINDS:
            return
        if event.is_directory and event.event_type != "modified":
            self._ring()
        paths = (os.fsdecode(path) for path in (event.src_path, event.dest_path) if path)
        if any(map(self._concerns, paths)):
            self._ring()

    def _concerns(self, path: str) -> bool:
        name = _plain(Path(path).name)
        return name in self._names or found_by_name(name)

    def stop(self) -> None:
        """Watch nothing any more."""
        self._observer.stop()
        self._observer.join()
        _LOGGER.removeHandler(self._overheard)


def _around(path: Path, tops: Collection[Path]) -> list[Path]:
    """Return the folders to watch for one path: its own, those above it up to one of the tops."""
    within = [folder for folder in path.parents if any(map(folder.is_relative_to, tops))]
    return [path, *(within or path.parents[:1])]


def _existing(folders: Iterable[Path]) -> Iterator[tuple[Path, _Identity]]:
    """Yield those folders that are there, and for each other one the nearest above it."""
    for folder in folders:
        for candidate in (folder, *folder.parents):
            if candidate.is_dir():
                with suppress(OSError):
                    found = candidate.stat()
                    yield candidate, (found.st_dev, found.st_ino)
                break


def _plain(name: str) -> str:
    """Return a name without differences that some file systems make or hide."""
    return unicodedata.normalize("NFC", name).casefold()
