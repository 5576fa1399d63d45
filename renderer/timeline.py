"""The compiled film as data: whole frames, whole pixels where it matters, no pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from renderer.errors import Place


@dataclass(frozen=True, slots=True)
class Canvas:
    """The picture's size in pixels, its rate in frames a second, its language and direction."""

    width: int
    height: int
    fps: Fraction
    lang: str
    rtl: bool


@dataclass(frozen=True, slots=True)
class Stack:
    """`relation` is `below`, `above` or `beside`; `target` is the index of another layer of the
    shot; `gap` is in pixels.
    """

    relation: Literal["below", "above", "beside"]
    target: int
    gap: float


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer, its lengths in pixels and its times in frames of the shot; no pixels.

    On screen from `first` up to but not including `last`; None is until the end and beyond it.
    `position` is where the point `anchor` (0–1 of the layer's own box) lies on the canvas.
    """

    kind: str
    params: Mapping[str, Any]
    position: tuple[float, float] = (0.0, 0.0)
    anchor: tuple[float, float] = (0.0, 0.0)
    width: float | None = None
    height: float | None = None
    opacity: float = 1.0
    rotate: float = 0.0
    scale: float = 1.0
    stack: Stack | None = None
    first: int = 0
    last: int | None = None
    name: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Transition:
    """How a shot enters: the module's name, its length in frames, its ease and its parameters."""

    kind: str
    over: int
    ease: str = "in-out"
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of frames encoded and cached as one file: one still, or a chunk of moving frames.

    Frame `n` of the segment is frame `first + n` of the shot that `layers` belong to. In an
    overlap, `behind` are the layers of the shot that leaves and `behind_first` is its frame at
    frame 0 of the transition. A still is one picture, whatever its length.
    """

    name: str
    canvas: Canvas
    layers: tuple[Layer, ...]
    first: int
    frames: int
    still: bool
    transition: Transition | None = None
    behind: tuple[Layer, ...] = ()
    behind_first: int = 0
