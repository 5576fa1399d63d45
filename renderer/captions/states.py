"""A caption → layers: one while its lines stand, or one for each word that is marked in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from renderer.captions.narration import Narration, Span, Timed
from renderer.nouns import CAPTIONS_EDGE, Captions
from renderer.timeline import Canvas, Layer
from renderer.times import frame_at

_PALER = 0.6
"""Opacity of the words that are not spoken, where no accent of the style marks the spoken one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Lines of a narration, from a frame of the shot to the one after the last."""

    lines: tuple[Span, ...]
    first: int
    last: int

    def lines_of(self, said: Narration) -> tuple[str, ...]:
        """Return the text of each line."""
        return tuple(said.text[first:last] for first, last in self.lines)


def layers(asked: Captions, said: Narration, shown: Shown, canvas: Canvas) -> Iterator[Layer]:
    """Yield the layers of a caption, one after the other; they differ in the marked word alone.

    Where the time of a word is estimated no word is marked.
    """
    begin, end = shown.lines[0][0], shown.lines[-1][1]
    words = [word for word in said.words if word.span[1] > begin and word.span[0] < end]
    marks = asked.mode == "karaoke" and not any(word.estimated for word in words)
    spans = [(max(a, begin), min(b, end)) for a, b in (word.span for word in words)]
    params = _params(asked, said, shown, spans if marks else [], canvas)
    states = _states(words, shown, canvas) if marks else [(None, shown.first, shown.last)]
    for marked, first, last in states:
        caption = {**params["caption"], "marked": marked}
        yield _layer(asked, {**params, "caption": caption}, (first, last), canvas)


def _states(
    words: list[Timed], shown: Shown, canvas: Canvas
) -> Iterator[tuple[int | None, int, int]]:
    """Yield which word is marked from which frame to which; between sentences it is none."""
    changes: dict[int, int | None] = {shown.first: None}
    for number, word in enumerate(words):
        changes[max(shown.first, frame_at(word.end, canvas.fps))] = None
        changes[max(shown.first, frame_at(word.begin, canvas.fps))] = number
    frames = sorted(frame for frame in changes if frame < shown.last)
    for first, last in pairwise([*frames, shown.last]):
        yield changes[first], first, last


def _params(
    asked: Captions, said: Narration, shown: Shown, words: list[Span], canvas: Canvas
) -> dict[str, Any]:
    """Return a text layer's parameters; places in `caption` are counted from its first letter."""
    begin, end = shown.lines[0][0], shown.lines[-1][1]
    look = asked.look.params if asked.look else {}
    own = {
        "lines": [[a - begin, b - begin] for a, b in shown.lines],
        "words": [[a - begin, b - begin] for a, b in words],
    }
    told = {"lang": canvas.lang, "direction": "rtl" if canvas.rtl else "ltr"}
    colours = _colours(look) if words else {}
    text = said.text[begin:end]
    return {**look, **told, **colours, "text": text, "max_lines": asked.max_lines, "caption": own}


def _colours(look: Mapping[str, Any]) -> dict[str, str]:
    """Return the colours of the words and of the marked one, where the accent is no other."""
    colour, accent = look["color"], look.get("accent")
    if accent not in (None, colour):
        return {}
    alpha = round(int(colour[7:] or "ff", 16) * _PALER)
    return {"color": f"{colour[:7]}{alpha:02x}", "accent": colour}


def _layer(asked: Captions, params: dict[str, Any], when: tuple[int, int], canvas: Canvas) -> Layer:
    look = asked.look
    room = float((params.get("background") or {}).get("padding", 0))
    across, down = canvas.shares(asked.position)
    edges = CAPTIONS_EDGE * canvas.width - room, CAPTIONS_EDGE * canvas.height - room
    x = edges[0] + across * (canvas.width - 2 * edges[0])
    y = edges[1] + down * (canvas.height - 2 * edges[1])
    return Layer(
        kind="text",
        params=params,
        position=(round(x, 3), round(y, 3)),
        anchor=(across, down),
        width=round(canvas.width - 2 * edges[0], 3),
        opacity=float(look.keys.get("opacity", 1)) if look else 1.0,
        first=when[0],
        last=when[1],
        name="captions",
        place=look.place if look else None,
    )
