"""A process of the author that waits, loaded, for what it is to write."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from reelspec.service.passing import to_jobs
from renderer import environ

_MODULE = "reelspec.author.cli.ahead"


@dataclass(slots=True)
class Ahead:
    """One process, started before it is wanted or, where nobody did, when it is.

    It leaves when this process does, for its standard input ends then.
    """

    _process: subprocess.Popen[str] | None = None
    _over: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        """Start it, unless that comes too late."""
        with self._lock:
            if self._process is None and not self._over:
                self._process = _started()

    def given(
        self, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.Popen[str]:
        """Return the process, which is now doing what the command `author` does."""
        line = json.dumps({"arguments": [*arguments], "environment": dict(environment)})
        process = self._taken()
        assert process.stdin is not None
        with suppress(OSError):
            process.stdin.write(line + "\n")
            process.stdin.close()
        return process

    def stop(self) -> None:
        """End the process that nobody wants any more; none is started after this."""
        with self._lock:
            self._over = True
            if self._process:
                self._process.kill()
                self._process.communicate()

    def _taken(self) -> subprocess.Popen[str]:
        with self._lock:
            process, self._process, self._over = self._process, None, True
        if process is not None and process.poll() is None:
            return process
        return _started()


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env=environ.kept(to_jobs()),
    )
