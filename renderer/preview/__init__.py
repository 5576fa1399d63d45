"""The film in a browser while it is written: a page on this machine that follows the watch.

Needs the extra `preview`; the only door to Starlette and Uvicorn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from renderer.preview.app import app
from renderer.preview.board import Board, Copy, Plan, Shown
from renderer.preview.browser import show
from renderer.preview.guard import Guard
from renderer.preview.painter import Painter
from renderer.preview.server import serving
from renderer.render import Made
from renderer.rounds import Broken, Event, Planned, Rendered
from renderer.store import Store

__all__ = ["Preview", "preview", "show"]

_GRACE = 0.4
"""Seconds that rendering is kept waiting, at the most, for the picture under the playhead."""


@dataclass(slots=True)
class Preview:
    """A page that is being served: its address, and what takes the events of the watch."""

    url: str
    _board: Board = field(repr=False)

    def tell(self, event: Event) -> None:
        """Show what an event says, in every browser that is open."""
        shown = self._board.shown
        if isinstance(event, Broken):
            self._board.change(problems=event.problems, busy=False)
        elif isinstance(event, Planned):
            number = shown.plan.number + 1 if shown.plan else 1
            self._board.change(plan=Plan(number, event.compiled), problems=())
            self._board.wait_until_seen(number, _GRACE)
        elif isinstance(event, Rendered):
            self._board.change(films=self._films(event.made, shown), problems=(), busy=False)
        else:
            self._board.change(busy=True)

    def _films(self, made: Made, shown: Shown) -> tuple[Copy, ...]:
        """Return the new film, which is that of the newest plan, before the one that was shown."""
        path = _kept(made)
        new = Copy(path, made.built.entry.digest, shown.plan.number if shown.plan else 0)
        old = (each for each in shown.films if each.digest != new.digest)
        return (new, *list(old)[:1])


def _kept(made: Made) -> Path:
    """Return the film's file in the store, which never changes, or where it was published."""
    kept = made.built.entry.path
    return kept if kept.is_file() else made.path


@contextmanager
def preview(store: Store) -> Iterator[Preview]:
    """Serve the page on 127.0.0.1 at a free port as long as the block runs.

    Stills are kept in the store. Raises OSError where no port can be had.
    """
    board, painter = Board(), Painter(store)
    try:
        with serving(lambda port: Guard(app(board, painter), port), board.close) as port:
            yield Preview(f"http://127.0.0.1:{port}/", board)
    finally:
        painter.close()
