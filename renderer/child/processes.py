"""Processes that were started: what every one of them can be asked, and those of the nursery."""

from __future__ import annotations

import os
import select
import signal
import threading
import weakref
from contextlib import suppress
from typing import Protocol

from renderer.child.copying import FACT

_LOST = 255
"""The status of a copy of which nobody can tell how it ended."""


class Process(Protocol):
    """A process that was started, with the methods of those of `multiprocessing`."""

    @property
    def pid(self) -> int | None:
        """Return its number."""

    @property
    def exitcode(self) -> int | None:
        """Return its status, negative for a signal, None while it runs."""

    def is_alive(self) -> bool:
        """Return whether it runs."""

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended, for so many seconds at the most."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""


class Copy:
    """A copy of the nursery, known by the pipe `told`, in which it is told how it fares.

    Raises EOFError where there is no copy. The pipe is closed with it.
    """

    def __init__(self, told: int) -> None:
        self._told, self._reading = told, threading.Lock()
        weakref.finalize(self, os.close, told)
        self.pid, self._status = self._fact()

    @property
    def exitcode(self) -> int | None:
        """Return its status, 255 where nobody can tell it, None while it runs."""
        self.join(0)
        return self._status

    def is_alive(self) -> bool:
        """Return whether it runs."""
        return self.exitcode is None

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended, for so many seconds at the most."""
        if self._status is not None or not _readable(self._told, timeout):
            return
        with self._reading:
            if self._status is None:
                self._status = self._ending()

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._send(signal.SIGKILL)

    def _fact(self) -> tuple[int, int | None]:
        """Return its number, and its status if it has ended, as soon as that is told."""
        if not (fact := os.read(self._told, FACT.size)):
            raise EOFError
        copy, ended, status = FACT.unpack(fact)
        return copy, status if ended else None

    def _ending(self) -> int | None:
        try:
            return self._fact()[1]
        except EOFError:
            return _LOST

    def _send(self, number: int) -> None:
        if self.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


def _readable(file: int, seconds: float | None) -> bool:
    """Return whether something can be read, or nothing any more, after so many seconds."""
    asked = select.poll()
    asked.register(file, select.POLLIN)
    return bool(asked.poll(None if seconds is None else 1000 * seconds))
