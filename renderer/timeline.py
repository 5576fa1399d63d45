"""The compiled film as data: whole frames and samples, lengths in pixels, no pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import accumulate
from typing import Any, Literal

from renderer.errors import Place
from renderer.media.parts import Chapter
from renderer.motion import Key, Motion
from renderer.nouns import Cue, Music
from renderer.plain import plain
from renderer.soundtrack import Heard, Played, Soundtrack, Underlay
from renderer.times import sample_at


@dataclass(frozen=True, slots=True)
class Canvas:
    """The picture's size in pixels, its rate in frames a second, its language and direction.

    Layers are laid out and painted at that size; what is shown is smaller by the factor `reduced`.
    """

    width: int
    height: int
    fps: Fraction
    lang: str
    rtl: bool
    reduced: int = 1

    @property
    def shown(self) -> tuple[int, int]:
        """Return width and height of the pictures that are shown, in pixels; both are even."""
        return self.width // self.reduced & ~1, self.height // self.reduced & ~1

    def shares(self, name: str) -> tuple[float, float]:
        """Return a named point, such as `top-start`, as shares of a box's width and height."""
        parts = name.split("-")
        start = 1.0 if self.rtl else 0.0
        across = start if "start" in parts else 1.0 - start if "end" in parts else 0.5
        return across, 0.0 if "top" in parts else 1.0 if "bottom" in parts else 0.5


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
    `position` is where the point `anchor` (0–1 of the layer's own box) lies on the canvas. `moves`
    are the first frame in which its kind may draw another picture than in the one before, and the
    one after the last such; before and beyond them it is as at their ends. `pace` is in how many
    frames it does what its parameters say, all of them if None. `animate` has tracks of `opacity`,
    `rotate`, `scale`, `width`, `height` (one number) and `position` (x, y, and the anchor's two
    shares).
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
    moves: tuple[int, int | None] | None = None
    pace: int | None = None
    enter: Motion | None = None
    exit: Motion | None = None
    animate: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
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
    frame 0 of the transition. `over` are layers of the same shot that are painted after the blend.
    A still is one picture, whatever its length. A run has `states`, stills that follow one another,
    and no layers of its own; `gop` has it coded as
    x264 writes every frame of it.
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
    over: tuple[Layer, ...] = ()
    states: tuple[Segment, ...] = ()
    gop: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A cue and the sample of the film, at 48 kHz, at which it begins."""

    cue: Cue
    start: int


@dataclass(frozen=True, slots=True)
class Caption:
    """What is read while it is said: its lines, its first frame and the one after its last."""

    lines: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Shot:
    """A scene resolved: `body` and `hold` are frames, `enter` is None for a cut.

    `over` lies over the scene and its transition: the film's overlay and the captions. `captions`
    are what is read, whether it is in the picture or not; `export` are the formats that they are
    written in beside the film. All are in frames of the shot.
    """

    id: str
    title: str
    layers: tuple[Layer, ...]
    body: int
    hold: int = 0
    enter: Transition | None = None
    cues: tuple[Spoken, ...] = ()
    over: tuple[Layer, ...] = ()
    captions: tuple[Caption, ...] = ()
    export: tuple[str, ...] = ()
    sounds: tuple[Played, ...] = ()

    @property
    def frames(self) -> int:
        """Return the shot's length in frames, its hold included."""
        return self.body + self.hold


@dataclass(frozen=True, slots=True)
class Timeline:
    """The film: what is on screen in each frame and what is heard at each sample.

    `window` is the part of it that is made, as its first frame and the one after its last; None
    is all of it.
    """

    title: str
    description: str
    author: str
    canvas: Canvas
    shots: tuple[Shot, ...]
    loudness: float
    music: Music | None = None
    window: tuple[int, int] | None = None

    @property
    def made(self) -> tuple[int, int]:
        """Return the first frame that is made and the one after the last."""
        return self.window or (0, sum(shot.frames for shot in self.shots))

    @property
    def frames(self) -> int:
        """Return the length in frames of what is made."""
        return self.made[1] - self.made[0]

    @property
    def starts(self) -> tuple[int, ...]:
        """Return the first frame of each shot."""
        return tuple(accumulate((shot.frames for shot in self.shots[:-1]), initial=0))

    @property
    def cues(self) -> tuple[Spoken, ...]:
        """Return every cue in the order in which it is spoken."""
        return tuple(spoken for shot in self.shots for spoken in shot.cues)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Return one chapter for each shot that is made, from the first frame of its transition."""
        begin, end = self.made
        spans = (
            (shot.title, max(first, begin) - begin, min(first + shot.frames, end) - begin)
            for shot, first in zip(self.shots, self.starts, strict=True)
        )
        return tuple(Chapter(title, first, last) for title, first, last in spans if first < last)

    @property
    def exports(self) -> tuple[str, ...]:
        """Return the formats that captions are written in beside the film."""
        return tuple(sorted({kind for shot in self.shots for kind in shot.export}))

    def subtitles(self, kind: str = "") -> tuple[Caption, ...]:
        """Return the captions of what is made that are exported, in a format if one is named.

        Their frames are counted from the first that is made.
        """
        begin, end = self.made
        found = (
            Caption(
                one.lines, max(start + one.first, begin) - begin, min(start + one.last, end) - begin
            )
            for shot, start in zip(self.shots, self.starts, strict=True)
            for one in shot.captions
            if (kind in shot.export if kind else shot.export)
        )
        return tuple(one for one in found if one.first < one.last)

    @property
    def soundtrack(self) -> Soundtrack:
        """Return what the mix of what is made depends on."""
        begin, end = (sample_at(frame, self.canvas.fps) for frame in self.made)
        heard = tuple(
            Heard(said.cue.sound, said.cue.digest, said.start - begin)
            for said in self.cues
            if said.start < end and said.start + said.cue.samples > begin
        )
        sounds = tuple(
            replace(one, start=one.start - begin)
            for shot in self.shots
            for one in shot.sounds
            if one.start < end and one.start + one.most > begin
        )
        return Soundtrack(heard, end - begin, self.loudness, sounds, self._underlay(begin))

    def _underlay(self, begin: int) -> Underlay | None:
        """Return the music as it lies under a mix that begins at a sample of the film."""
        if self.music is None:
            return None
        whole = sample_at(sum(shot.frames for shot in self.shots), self.canvas.fps)
        spans = ((said.start, said.start + said.cue.samples) for said in self.cues)
        speech = tuple((first - begin, last - begin) for first, last in spans)
        return Underlay(self.music, -begin, whole - begin, speech)

    def to_json(self) -> dict[str, Any]:
        """Return the timeline as JSON values, in the form of schemas/timeline.json."""
        head = {"version": 1, "frames": self.frames}
        return head | {name: value for name, value in plain(self).items() if value != ""}
