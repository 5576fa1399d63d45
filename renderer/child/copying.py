"""What the nursery does: it loads libraries and, whenever it is asked to, starts a copy of itself.

Requests come in at standard input, a socket. Each is one message, JSON, with the descriptors of
pipes: to the first it is written how the copy fares, in `FACT`s; the others are the copy's own. A
copy writes when it begins and, for the nursery may be busy, when it ends by itself; the nursery
when it finds that it has ended. The nursery ends when nobody can ask any more.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from importlib import import_module
from typing import Any, NoReturn

SPEECH = ("renderer.utter",)
"""What is loaded first, for whoever speaks begins while the rest is loaded."""

LOADED = (
    *SPEECH,
    *("renderer.work", "cv2", "PIL.Image", "fontTools.ttLib", "renderer.text", "renderer.paint"),
    *("renderer.encode", "renderer.sound", "renderer.formats.mp4", "renderer.layers.text"),
    *("renderer.layers.fill", "uniseg.linebreak", "renderer.primed"),
)
"""What the nursery loads: what nearly every film needs, in pieces that take some milliseconds."""

FACT = struct.Struct("q?q")
"""The number of a copy, whether it has ended, and then its exit status."""

_MOST, _PIPES = 1 << 18, 2
"""Bytes of a message, and how many descriptors come with it."""


@dataclass(frozen=True, slots=True)
class Request:
    """A copy that is wanted: it calls a module's function with connections and arguments.

    It waits until the first `needs` of `LOADED` are there. What is not found where the nursery
    looks is looked for at `places`.
    """

    module: str
    function: str
    arguments: Sequence[Any]
    needs: int
    places: Sequence[str]

    def written(self) -> bytes:
        """Return the message that asks for it."""
        return json.dumps(astuple(self)).encode()


def serve() -> NoReturn:
    """Be the nursery of whoever is at the other end of standard input, until they are gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    asked = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    _Nursery(asked, *_bell()).run()
    os._exit(0)  # taking everything down one by one takes longer


def _bell() -> tuple[int, int]:
    """Return a pipe of which something can be read whenever a copy has ended."""
    heard, rung = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(rung, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return heard, rung


@dataclass(slots=True)
class _Nursery:
    """Who asks, what rings when a copy ends, who waits with which pipes, what is to be loaded.

    `told` are the pipes to which it is written how copies fare, by their numbers.
    """

    asked: socket.socket
    heard: int
    rung: int
    waiting: list[tuple[Request, list[int]]] = field(default_factory=list)
    told: dict[int, int] = field(default_factory=dict)
    loading: Iterator[str] = field(default_factory=lambda: iter(LOADED))
    loaded: int = 0

    def run(self) -> None:
        """Answer requests, and between them load one library after the other."""
        while True:
            patience = 0 if self.loaded < len(LOADED) else None
            ready, _, _ = select.select([self.asked.fileno(), self.heard], [], [], patience)
            if self.heard in ready:
                self.bury()
            if self.asked.fileno() in ready and not self.listen():
                return
            if not ready:
                self.load()
            self.start_who_can()

    def load(self) -> None:
        """Load the next library; whoever needs one that cannot be loaded will say so."""
        with suppress(Exception):
            import_module(next(self.loading))
        self.loaded += 1

    def listen(self) -> bool:
        """Note the next request and return whether there was one, or is nobody left to ask."""
        message, pipes, _, _ = socket.recv_fds(self.asked, _MOST, _PIPES)
        for pipe in pipes:
            os.set_inheritable(pipe, False)
        if message:
            self.waiting.append((Request(*json.loads(message)), pipes))
        return bool(message)

    def start_who_can(self) -> None:
        """Start the copies whose libraries are there."""
        for request, pipes in [one for one in self.waiting if one[0].needs <= self.loaded]:
            self.waiting.remove((request, pipes))
            self.start(request, pipes)

    def start(self, request: Request, pipes: list[int]) -> None:
        """Start a copy; where there is no process to be had, its pipe is closed unwritten."""
        try:
            copy = os.fork()
        except OSError:
            os.close(pipes[0])
        else:
            if not copy:
                self.leave()
                _be(request, *pipes)
            self.told[copy] = pipes[0]
        for pipe in pipes[1:]:
            os.close(pipe)

    def leave(self) -> None:
        """Let go, in a copy, of all that is the nursery's own; it is not interrupted either."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.asked.close()
        others = (pipe for _, pipes in self.waiting for pipe in pipes)
        for each in (self.heard, self.rung, *self.told.values(), *others):
            os.close(each)

    def bury(self) -> None:
        """Tell how the copies have ended that have."""
        with suppress(BlockingIOError):
            os.read(self.heard, _MOST)
        while self.told:
            copy, status = os.waitpid(-1, os.WNOHANG)
            if not copy:
                return
            if copy in self.told:
                pipe = self.told.pop(copy)
                _tell(pipe, copy, os.waitstatus_to_exitcode(status))
                os.close(pipe)


def _tell(pipe: int, copy: int, status: int | None = None) -> None:
    with suppress(BrokenPipeError):  # nobody wants to know any more
        os.write(pipe, FACT.pack(copy, status is not None, status or 0))


def _be(request: Request, told: int, *pipes: int) -> NoReturn:
    """Be a copy: do what is asked for, and end with the status that a program would have.

    Whatever happens it tells that it begins, and how it ends.
    """
    status = 1
    _tell(told, os.getpid())
    try:
        sys.path += [place for place in request.places if place not in sys.path]
        function = getattr(import_module(request.module), request.function)
        function(*_connections(pipes), *request.arguments)
        status = 0
    except SystemExit as left:
        status = _status(left.code)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        _tell(told, os.getpid(), status)
        os._exit(status)


def _connections(pipes: Sequence[int]) -> list[Any]:
    if not pipes:
        return []
    from multiprocessing.connection import Connection  # who has none does not wait for it

    return [Connection(pipe) for pipe in pipes]


def run_program(
    module: str, arguments: list[str], log: str, environment: dict[str, str]
) -> NoReturn:
    """Be a program, the `main` of a module, in a group of its own.

    Its streams go to the file `log`; it has the environment that is given.
    """
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(output, stream)
    sys.exit(import_module(module).main(arguments))


def _status(code: object) -> int:
    """Return the status of a program that leaves with a code, which may be words to say."""
    if code is None or isinstance(code, int):
        return (code or 0) & 0xFF
    sys.stderr.write(f"{code}\n")
    return 1
