"""A watch in a thread of the test, and its events in the order in which they came."""

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from renderer.render import Options
from renderer.rounds import Broken, Event, Planned, Rendered, Saved
from renderer.watch import watch

PATIENCE = 60.0
Seen = TypeVar("Seen", Saved, Planned, Rendered, Broken)


class Watching:
    """Films beside their specs, kept up to date until `stop`."""

    def __init__(self, *specs: Path, options: Options, poll: float | None) -> None:
        self.events: queue.Queue[Event] = queue.Queue()
        self.stop = threading.Event()
        films = {spec: spec.with_suffix(".mp4") for spec in specs}
        self.thread = threading.Thread(
            target=watch,
            args=(films, options, self.events.put, self.stop),
            kwargs={"poll": poll},
        )

    def next(self) -> Event:
        return self.events.get(timeout=PATIENCE)

    def good(self) -> Event:
        event = self.next()
        assert not isinstance(event, Broken), event.problems
        return event

    def until(self, kind: type[Seen]) -> Seen:
        """Return the next event of a kind; what comes before it may be anything."""
        while not isinstance(event := self.next(), kind):
            pass
        return event

    def round(self) -> tuple[Saved, Rendered]:
        """Return the ends of the next round, which nothing may cut off."""
        saved, planned, rendered = self.good(), self.good(), self.good()
        assert (Saved, Planned, Rendered) == (type(saved), type(planned), type(rendered))
        assert isinstance(saved, Saved)
        assert isinstance(rendered, Rendered)
        return saved, rendered

    def broken(self) -> tuple[Saved, Broken]:
        """Return the ends of the next round, which has to fail."""
        saved, broken = self.next(), self.next()
        assert (Saved, Broken) == (type(saved), type(broken))
        assert isinstance(saved, Saved)
        assert isinstance(broken, Broken)
        return saved, broken

    def rest(self, seconds: float = 0.5) -> list[Event]:
        """Return what comes within some seconds in which nothing should."""
        time.sleep(seconds)
        return [self.events.get() for _ in range(self.events.qsize())]


@contextmanager
def watching(
    *specs: Path, options: Options | None = None, poll: float | None = None
) -> Iterator[Watching]:
    """Give a watch that has ended on leaving."""
    made = Watching(*specs, options=options or Options(), poll=poll)
    made.thread.start()
    try:
        yield made
    finally:
        made.stop.set()
        made.thread.join(PATIENCE)
        assert not made.thread.is_alive()


def texts(event: Rendered | Planned) -> list[str]:
    """Return every text of the film, in order."""
    compiled = event.made.compiled if isinstance(event, Rendered) else event.compiled
    layers = [layer for shot in compiled.timeline.shots for layer in shot.layers]
    return [layer.params["text"] for layer in layers if layer.kind == "text"]
