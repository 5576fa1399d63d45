"""A sign of life from long work: whoever works calls `beat`, whoever watches has said `listen`."""

from __future__ import annotations

from collections.abc import Callable


def _nobody() -> None:
    """Take no note of a beat."""


_listeners: list[Callable[[], None]] = [_nobody]


def listen(heard: Callable[[], None]) -> None:
    """Have `heard` called at every beat of this process from now on, in place of who listened."""
    _listeners[0] = heard


def beat() -> None:
    """Say that the work goes on; cheap enough for every frame."""
    _listeners[0]()
