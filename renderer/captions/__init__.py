"""What is said → captions: pages of a few lines, each with its frames, and the layers they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from renderer.captions.cautions import cautions
from renderer.captions.narration import Narration, narration
from renderer.captions.pages import FASTEST, PAUSE, SHORTEST, Page, Room, pages
from renderer.captions.states import Shown, layers
from renderer.memory import recalled
from renderer.nouns import CAPTIONS_EDGE, Captions, Cue, Item, Spec
from renderer.scripts import joins
from renderer.timeline import Canvas, Caption, Layer
from renderer.times import frame_at

__all__ = ["Captioned", "captioned", "cautions", "exporting"]

COLUMNS, ARABIC_COLUMNS = 42, 38
"""Columns that a line holds at the most, in general and in Arabic script."""

_COLUMN = 0.52
"""Width of a column in sizes of the type: that of letters and spaces of running text."""

_SIZE = 0.044
"""Size of captions that are read and not shown, as a share of what type is measured by."""

_LINGER = Fraction(1, 2)
"""Seconds that a caption stays after what it says."""


@dataclass(frozen=True, slots=True)
class Captioned:
    """A scene's captions: the layers that show them, and what is read, both in frames of the shot.

    `estimated` says that words were to be marked whose times the voice did not give, `shared` that
    letters are marked at times that lie between two that it gave.
    """

    layers: tuple[Layer, ...] = ()
    captions: tuple[Caption, ...] = ()
    estimated: bool = False
    shared: bool = False


def exporting(spec: Spec, kinds: tuple[str, ...]) -> Spec:
    """Return a film all of whose scenes export what they say, shown or not, in these formats."""
    side = min(spec.size) if spec.size[0] > spec.size[1] else spec.size[0]
    look = {"size": _SIZE * side}
    scenes = (
        replace(
            scene,
            captions=replace(
                scene.captions,
                export=kinds,
                look=scene.captions.look or Item("text", look, {}, scene.place),
            ),
        )
        for scene in spec.scenes
    )
    return replace(spec, scenes=tuple(scenes))


def captioned(
    asked: Captions, cues: Sequence[tuple[Cue, Fraction]], canvas: Canvas, frames: int
) -> Captioned:
    """Return the captions of cues, each with its start in seconds of a scene of so many frames."""
    if not cues or (asked.mode == "off" and not asked.export) or asked.look is None:
        return Captioned()
    key = ("captioned", canvas, frames, *cues)
    return recalled(key, (asked,), lambda: _captioned(asked, cues, canvas, frames))


def _captioned(
    asked: Captions, cues: Sequence[tuple[Cue, Fraction]], canvas: Canvas, frames: int
) -> Captioned:
    said = narration(cues)
    shown = list(_shown(said, pages(said, _room(said, asked, canvas)), canvas, frames))
    read = tuple(Caption(one.lines_of(said), one.first, one.last) for one in shown)
    if asked.mode == "off":
        return Captioned((), read)
    painted = tuple(layer for one in shown for layer in layers(asked, said, one, canvas))
    guessed = any(word.estimated for word in said.words)
    marked = asked.mode == "karaoke"
    shared = any(cue.shared for cue, _ in cues)
    return Captioned(painted, read, marked and guessed, marked and shared)


def _room(said: Narration, asked: Captions, canvas: Canvas) -> Room:
    """Return how much one caption holds at the size of its type."""
    most = ARABIC_COLUMNS if any(map(joins, said.text)) else COLUMNS
    size = float(asked.look.params["size"]) if asked.look else 1.0
    fits = int(canvas.width * (1 - 2 * CAPTIONS_EDGE) / (size * _COLUMN))
    return Room(max(8, min(most, fits)), asked.max_lines)


def _shown(said: Narration, found: Sequence[Page], canvas: Canvas, frames: int) -> Iterator[Shown]:
    """Yield each page with its frames: it stays till the next one, or a moment after its words."""
    for page, following in pairwise([*found, None]):
        if page is None:
            continue
        first = frame_at(said.units[page.first].begin, canvas.fps)
        last = frame_at(_end(said, page, following), canvas.fps)
        if first < min(last, frames):
            yield Shown(page.lines, first, min(last, frames))


def _end(said: Narration, page: Page, following: Page | None) -> Fraction:
    """Return when a page goes, in seconds of the scene."""
    begin, end = said.units[page.first].begin, said.units[page.last - 1].end
    columns = said.wide(page.first, page.last)
    wanted = max(end + _LINGER, begin + max(SHORTEST, Fraction(columns, FASTEST)))
    if following is None:
        return wanted
    later = said.units[following.first].begin
    return later if later - end <= PAUSE else min(wanted, later)
