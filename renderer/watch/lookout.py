"""Who waits for saves: woken by events, it looks at what the paths hold, once that is quiet."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from renderer.inputs import Content, Noted, content_of
from renderer.paths import templates
from renderer.watch.contents import Contents, doubtful, surely_whole
from renderer.watch.folders import Folders

QUIET = 0.15
"""Seconds without an event after which a save is taken to be over."""

HASTE = 0.02
"""Seconds after which it is, where the file surely is whole and none was saved before it."""

CALM = 0.4
"""Seconds without an event after which the next save is the first of its kind."""

LONGEST = 3.0
"""Seconds after which events that never end are looked at all the same."""

GRACE = 2.0
"""Seconds that a file may be missing, empty or cut off before that is what it holds."""

_TICK = 0.1
_SHIPPED = templates("scenes").parent

_Contents = dict[Path, Content]

Changed = Callable[[Mapping[Path, Iterable[Path]]], None]
"""Told of specs, each with the paths that it reads and that have changed."""


class Lookout:
    """A thread that calls `changed` when what specs read has changed, and `ended` at its own end.

    It ends when `stop` is set or when folders cannot be watched; `ended` takes the reason.
    """

    def __init__(
        self,
        specs: Iterable[Path],
        changed: Changed,
        ended: Callable[[Exception | None], None],
        stop: threading.Event,
        poll: float | None,
    ) -> None:
        self._changed, self._ended, self._stop = changed, ended, stop
        self._tops = {spec.resolve().parent for spec in specs}
        self._read: dict[Path, dict[Path, Content]] = {}
        self._lock = threading.Lock()
        self._contents = Contents()
        self._since: dict[Path, float] = {}
        self._bell, self._heard = threading.Event(), 0.0
        self._stirred, self._first = 0.0, False
        self._left = threading.Event()
        self._folders = Folders(self._stir, poll)
        self._thread = threading.Thread(target=self._run, name="lookout", daemon=True)

    def __enter__(self) -> Lookout:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()
        self._bell.set()
        self._thread.join()
        self._folders.stop()

    def learn(self, spec: Path, noted: Noted) -> None:
        """Watch what a spec was made of from now on, and look whether it still is that."""
        read = {path: content for path, content in noted.items() if not _shipped(path)}
        known = {path: content_of(path) if c is None else c for path, c in read.items()}
        with self._lock:
            self._read[spec] = known
        self._ring()

    def _stir(self) -> None:
        """Hear an event of the system."""
        now = time.monotonic()
        self._first = self._first or now - self._stirred > CALM
        self._stirred = now
        self._ring()

    def _ring(self) -> None:
        self._heard = time.monotonic()
        self._bell.set()

    def _run(self) -> None:
        try:
            while not self._over():
                if self._bell.wait(_TICK) or self._due():
                    self._wake()
        except Exception as error:
            self._ended(error)
        else:
            self._ended(None)

    def _over(self) -> bool:
        return self._stop.is_set() or self._left.is_set()

    def _due(self) -> bool:
        """Return whether some doubt has lasted for its grace."""
        return any(time.monotonic() - since >= GRACE for since in self._since.values())

    def _wake(self) -> None:
        """Tell of what is saved; of the first save as soon as it is sure to be whole."""
        self._attend(self._known())
        self._settle(QUIET)
        while self._first and not self._over():
            self._settle(HASTE)
            self._first = False
            self._glance()
            self._settle(QUIET)
        self._look()

    def _settle(self, quiet: float) -> None:
        """Wait until nothing has stirred for so many seconds, or a first save wants haste."""
        began = time.monotonic()
        while time.monotonic() - began < LONGEST and not self._over():
            self._bell.clear()
            rest = self._heard + quiet - time.monotonic()
            if rest <= 0 or (self._first and quiet > HASTE):
                return
            self._bell.wait(min(rest, _TICK))

    def _known(self) -> dict[Path, dict[Path, Content]]:
        """Return of each spec what it was made of."""
        with self._lock:
            return {spec: dict(known) for spec, known in self._read.items()}

    def _attend(self, read: Mapping[Path, Mapping[Path, Content]]) -> set[Path]:
        """Watch every path that specs read, and return them."""
        every = {path for known in read.values() for path in known}
        self._folders.attend(every, self._tops)
        return every

    def _found(self, read: Mapping[Path, Mapping[Path, Content]]) -> dict[Path, _Contents]:
        """Return of each spec what has changed."""
        return {spec: self._contents.changed(known) for spec, known in read.items()}

    def _glance(self) -> None:
        """Tell of the specs of which every change is sure to be whole."""
        read = self._known()
        self._tell(
            {
                spec: now
                for spec, now in self._found(read).items()
                if all(surely_whole(read[spec][path], content) for path, content in now.items())
            }
        )

    def _look(self) -> None:
        """Tell of every change that is no longer in doubt."""
        read = self._known()
        every = self._attend(read)
        found = self._found(read)
        self._contents.keep(every)
        self._weigh(read, found)
        self._tell({spec: now for spec, now in found.items() if not self._unsure(now)})

    def _tell(self, found: Mapping[Path, _Contents]) -> None:
        told = {spec: now for spec, now in found.items() if now}
        with self._lock:
            for spec, now in told.items():
                self._read[spec] |= now
        if told:
            self._changed({spec: sorted(now) for spec, now in told.items()})

    def _weigh(
        self,
        read: Mapping[Path, Mapping[Path, Content]],
        found: Mapping[Path, Mapping[Path, Content]],
    ) -> None:
        """Note of each path since when it is in doubt."""
        doubts = {
            path
            for spec, now in found.items()
            for path, content in now.items()
            if doubtful(read[spec][path], content)
        }
        self._since = {path: self._since.get(path, time.monotonic()) for path in doubts}

    def _unsure(self, paths: Iterable[Path]) -> bool:
        since = [self._since[path] for path in paths if path in self._since]
        return any(time.monotonic() - each < GRACE for each in since)


def _shipped(path: Path) -> bool:
    return path.is_relative_to(_SHIPPED)
